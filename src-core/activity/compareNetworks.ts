/** What several networks that were shown the same samples differ in, and whether they were. */
import type { InspectedNetwork, InspectedSplit, InspectedTest, SampleRecording } from '../contracts/inspection.ts'
import { timeUnitOf } from './spikeTable.ts'

export interface LayerRate {
  readonly layer: string
  readonly neurons: number
  /** Mean spikes of a neuron in a sample. */
  readonly rate: number
  /** Neurons that never spiked. */
  readonly silent: number
}

/** Of every layer that was tested. */
export const layerRates = ({ rates }: Pick<InspectedTest, 'rates'>): LayerRate[] =>
  rates.map(({ layer, values }) => ({
    layer,
    neurons: values.length,
    rate: values.length === 0 ? 0 : values.reduce((sum, rate) => sum + rate, 0) / values.length,
    silent: values.reduce((count, rate) => count + (rate === 0 ? 1 : 0), 0),
  }))

interface Difference {
  readonly absolute: number
  /** Of the reference; null: that is 0. */
  readonly share: number | null
}

export const differenceOf = (value: number, reference: number): Difference => ({
  absolute: value - reference,
  share: reference === 0 ? null : value / reference - 1,
})

interface CumulativeShares {
  /** [values], rising; those that are no number are left out. */
  readonly values: Float64Array
  /** [values]: share of them that are no larger. */
  readonly shares: Float64Array
}

/** The distribution of values of which networks have different numbers: for each, how many are no larger. */
export const cumulativeShares = (all: ArrayLike<number>): CumulativeShares => {
  const values = Float64Array.from(all)
    .filter((value) => !Number.isNaN(value))
    .sort()
  const upTo = new Float64Array(values.length)
  for (let at = values.length - 1; at >= 0; at--) {
    upTo[at] = values[at] === values[at + 1] ? (upTo[at + 1] ?? 0) : (at + 1) / values.length
  }
  return { values, shares: upTo }
}

type Compared = Pick<InspectedNetwork, 'classes' | 'samples' | 'dtMs' | 'evolved'>

/** Why the samples of a split do not show one network what they show the other; null: they do, as far as is known before they are shown. */
export const whyNotComparable = (own: Compared, reference: Compared, split: InspectedSplit): string | null => {
  if (timeUnitOf(own) !== timeUnitOf(reference) || own.dtMs !== reference.dtMs)
    return 'Its steps are of another length than those of the reference.'
  if (own.classes !== reference.classes)
    return `It has ${own.classes} outputs, and the reference has ${reference.classes}.`
  if (own.samples[split] !== reference.samples[split])
    return `It has ${own.samples[split]} samples of this split, and the reference has ${reference.samples[split]}: their numbers mean others.`
  return null
}

const sameNumbers = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

/** Whether both networks were shown the same thing. Events are compared by their label: how they fall into steps is the network's. */
const sameSample = (own: SampleRecording, other: SampleRecording): boolean => {
  if (own.label !== other.label || own.sample !== other.sample || own.view.kind !== other.view.kind) return false
  if (own.view.kind === 'images' && other.view.kind === 'images') return sameNumbers(own.view.pixels, other.view.pixels)
  return own.view.kind !== 'values' || other.view.kind !== 'values' || sameNumbers(own.view.values, other.view.values)
}

/** The first sample that is another one for one of two networks; null: none is. Both in the order of the request. */
export const firstOtherSample = (
  own: readonly SampleRecording[],
  reference: readonly SampleRecording[],
): number | null => {
  const place = own.findIndex((recording, at) => {
    const other = reference[at]
    return other !== undefined && !sameSample(recording, other)
  })
  return place < 0 ? null : (own[place]?.sample ?? null)
}
