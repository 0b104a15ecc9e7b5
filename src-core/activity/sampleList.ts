/** Which samples of a split are shown, as a person writes them. */

export type ChosenSamples = { readonly samples: readonly number[] } | { readonly problem: string }

/** Samples in one presentation at most. */
export const presentedAtMost = 500

/**
 * Reads "0-9, 15, 40-42".
 * @param available samples of the split
 * @param atMost samples that may be named
 */
export const parseSampleList = (text: string, available: number, atMost = presentedAtMost): ChosenSamples => {
  const samples: number[] = []
  if (available === 0) return { problem: 'This split has no samples.' }
  for (const part of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const range = /^(\d{1,9})(?:[-–](\d{1,9}))?$/.exec(part)
    if (range === null) return { problem: `“${part}” is no sample. Write numbers and ranges, such as 0-9, 15.` }
    const first = Number(range[1])
    const last = Number(range[2] ?? range[1])
    if (last < first) return { problem: `${part}: a range begins with its smaller number.` }
    if (last >= available)
      return { problem: `${part}: the samples of this split are 0 to ${(available - 1).toLocaleString('en')}.` }
    if (samples.length + last - first + 1 > atMost)
      return { problem: `At most ${atMost} samples can be shown at once.` }
    for (let sample = first; sample <= last; sample++) samples.push(sample)
  }
  return samples.length === 0 ? { problem: 'Write the numbers of samples, such as 0-9, 15.' } : { samples }
}

/** "0-9, 15": the shortest writing of samples in the order given. */
export const writeSampleList = (samples: readonly number[]): string => {
  const parts: string[] = []
  for (let start = 0; start < samples.length;) {
    let end = start
    while (samples[end + 1] === (samples[end] ?? 0) + 1) end++
    parts.push(end > start + 1 ? `${samples[start]}-${samples[end]}` : samples.slice(start, end + 1).join(', '))
    start = end + 1
  }
  return parts.join(', ')
}
