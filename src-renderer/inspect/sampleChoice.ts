/** Which samples of a split are shown to a network. */
import { type ChosenSamples, parseSampleList } from '../../src-core/activity/sampleList.ts'
import type { InspectedTest } from '../../src-core/contracts/inspection.ts'

export type SampleChoice =
  | { readonly kind: 'list'; readonly text: string }
  | { readonly kind: 'random' }
  | { readonly kind: 'class'; readonly label: number }
  | { readonly kind: 'worst' }

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
