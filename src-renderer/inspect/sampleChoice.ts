/** Which samples of a split are shown to a network. */
import type { InspectedTest } from '../../src-core/contracts/inspection.ts'
import { formatCount } from '../trials/format.ts'

export type SampleChoice =
  | { readonly kind: 'list'; readonly text: string }
  | { readonly kind: 'random' }
  | { readonly kind: 'class'; readonly label: number }
  | { readonly kind: 'worst' }

type ChosenSamples = { readonly samples: readonly number[] } | { readonly problem: string }

/** Samples in one presentation at most. */
export const presentedAtMost = 500

/** Reads "0-9, 15, 40-42". */
export const parseSampleList = (text: string, available: number): ChosenSamples => {
  const samples: number[] = []
  for (const part of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const range = /^(\d{1,9})(?:[-–](\d{1,9}))?$/.exec(part)
    if (range === null) return { problem: `“${part}” is no sample. Write numbers and ranges, such as 0-9, 15.` }
    const first = Number(range[1])
    const last = Number(range[2] ?? range[1])
    if (last < first) return { problem: `${part}: a range begins with its smaller number.` }
    if (last >= available)
      return { problem: `${part}: the samples of this split are 0 to ${formatCount(available - 1)}.` }
    if (samples.length + last - first + 1 > presentedAtMost) {
      return { problem: `At most ${presentedAtMost} samples can be shown at once.` }
    }
    for (let sample = first; sample <= last; sample++) samples.push(sample)
  }
  return samples.length === 0 ? { problem: 'Write the numbers of samples, such as 0-9, 15.' } : { samples }
}

/**
 * Samples that the network answers wrongly, the worst first: those without an answer, the most silent first, then those
 * whose wrong answer had the most spikes behind it.
 */
export const worstSamples = ({ samples, labels, predictions, outputSpikes }: InspectedTest): number[] => {
  const wrong: number[] = []
  for (let place = 0; place < samples.length; place++) if (predictions[place] !== labels[place]) wrong.push(place)
  const silent = (place: number): boolean => (predictions[place] ?? -1) < 0
  const spikes = (place: number): number => outputSpikes[place] ?? 0
  wrong.sort(
    (a, b) =>
      Number(silent(b)) - Number(silent(a)) || (silent(a) ? spikes(a) - spikes(b) : spikes(b) - spikes(a)) || a - b,
  )
  return wrong.map((place) => samples[place] ?? 0)
}

interface Choosing {
  readonly count: number
  readonly available: number
  /** Answers that are known of the split; null: none. */
  readonly test: InspectedTest | null
  /** Uniform in [0, 1). */
  readonly random: () => number
}

export const chooseSamples = (choice: SampleChoice, { count, available, test, random }: Choosing): ChosenSamples => {
  if (choice.kind === 'list') return parseSampleList(choice.text, available)
  if (available === 0) return { problem: 'This split has no samples.' }
  if (choice.kind === 'random') return { samples: distinct(Math.min(count, available), available, random) }
  if (test === null) return { problem: 'The network is tested on this split first, to know labels and answers.' }
  const found =
    choice.kind === 'worst'
      ? worstSamples(test)
      : [...test.samples].filter((_, place) => test.labels[place] === choice.label)
  if (found.length > 0) return { samples: found.slice(0, count) }
  return {
    problem:
      choice.kind === 'worst' ? 'The network answers all of them correctly.' : 'No tested sample is of this class.',
  }
}

const distinct = (count: number, available: number, random: () => number): number[] => {
  const chosen = new Set<number>()
  while (chosen.size < count) {
    let sample = Math.min(available - 1, Math.floor(random() * available))
    while (chosen.has(sample)) sample = (sample + 1) % available
    chosen.add(sample)
  }
  return [...chosen].sort((a, b) => a - b)
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
