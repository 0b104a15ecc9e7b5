import type { RandomGenerator } from '../random/generator.ts'
import type { Neuron, Synapse } from './draft.ts'

/** What a value may be: integers or any numbers from `low` to `high`, both included. */
export interface ValueRange {
  readonly low: number
  readonly high: number
  readonly integer: boolean
}

/** What a processor allows of each value of a network; where `low` is `high`, there is nothing to evolve. */
export interface NetworkRanges {
  readonly threshold: ValueRange
  readonly leak: ValueRange
  readonly axonalDelay: ValueRange
  readonly weight: ValueRange
  readonly delay: ValueRange
}

/** A value of the range, each as likely. */
const drawValue = ({ low, high, integer }: ValueRange, generator: RandomGenerator): number =>
  integer ? low + generator.below(high - low + 1) : low + (high - low) * generator.next()

/** Another value of the range than the one it has, each as likely; the same where there is no other. */
export const drawOther = (range: ValueRange, present: number, generator: RandomGenerator): number => {
  const { low, high, integer } = range
  if (!integer || present < low || present > high || low === high) return drawValue(range, generator)
  const drawn = low + generator.below(high - low)
  return drawn < present ? drawn : drawn + 1
}

export const drawNeuron = (id: number, ranges: NetworkRanges, generator: RandomGenerator): Neuron => ({
  id,
  threshold: drawValue(ranges.threshold, generator),
  leak: drawValue(ranges.leak, generator),
  axonalDelay: drawValue(ranges.axonalDelay, generator),
})

export const drawSynapse = (from: number, to: number, ranges: NetworkRanges, generator: RandomGenerator): Synapse => ({
  from,
  to,
  weight: drawValue(ranges.weight, generator),
  delay: drawValue(ranges.delay, generator),
})
