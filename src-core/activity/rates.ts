/** Rates and intervals of spikes. Rates are per neuron, in Hz; dtMs: length of a step. */
import { type Activity, type LayerActivity, spikesBefore, type StepRange } from './activity.ts'

export interface RateSeries {
  /** Width of a bin in steps, at least 1. */
  readonly binSteps: number
  /** First step of the first bin; a multiple of `binSteps`, so that bins stay in place while the view moves. */
  readonly from: number
  readonly rates: Float32Array
}

/** Widths that people can read: 1, 2 or 5 times a power of ten. */
export const roundBin = (atLeast: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, atLeast)))
  const factor = [1, 2, 5, 10].find((one) => one * power >= atLeast) ?? 10
  return Math.max(1, Math.round(factor * power))
}

/**
 * Population rate (PSTH): mean rate of the neurons of a layer in each bin that touches `range`.
 * @param before [steps + 1]: spikes before each step
 */
export const populationRate = (
  before: Uint32Array,
  neurons: number,
  { from, to }: StepRange,
  { binSteps, dtMs }: { readonly binSteps: number; readonly dtMs: number },
): RateSeries => {
  const first = Math.max(0, Math.floor(from / binSteps))
  const last = before.length - 1
  const bins = Math.max(0, Math.ceil(Math.min(to, last) / binSteps) - first)
  const rates = new Float32Array(bins)
  const start = first * binSteps
  for (let bin = 0; bin < bins; bin++) {
    const left = start + bin * binSteps
    const right = Math.min(last, left + binSteps)
    const spikes = (before[right] ?? 0) - (before[left] ?? 0)
    rates[bin] = right > left && neurons > 0 ? (spikes * 1000) / (neurons * (right - left) * dtMs) : 0
  }
  return { binSteps, from: start, rates }
}

export interface ClassSpikes {
  /** [classes]: neurons that are assigned to each class. */
  readonly neurons: readonly number[]
  /** [classes][steps + 1]: spikes of those before each step. */
  readonly before: readonly Uint32Array[]
}

/** Spikes of a layer by the class that their neurons are assigned to (-1: none, left out). */
export const spikesByClass = (activity: LayerActivity, assigned: ArrayLike<number>, classes: number): ClassSpikes => {
  const neurons = Array.from({ length: classes }, () => 0)
  for (let neuron = 0; neuron < activity.layer.neurons; neuron++) {
    const own = assigned[neuron] ?? -1
    if (own >= 0) neurons[own] = (neurons[own] ?? 0) + 1
  }
  const before = neurons.map(() => new Uint32Array(activity.before.length))
  for (let spike = 0; spike < activity.steps.length; spike++) {
    const own = before[assigned[activity.neurons[spike] ?? 0] ?? -1]
    const step = (activity.steps[spike] ?? 0) + 1
    if (own !== undefined) own[step] = (own[step] ?? 0) + 1
  }
  for (const own of before)
    for (let step = 1; step < own.length; step++) own[step] = (own[step] ?? 0) + (own[step - 1] ?? 0)
  return { neurons, before }
}

/**
 * Inter-spike intervals in steps of every neuron of a layer within `range`. Intervals over the edge of a recording are
 * left out: the network rests between two samples.
 */
export const interSpikeIntervals = (
  activity: LayerActivity,
  places: Activity['places'],
  { from, to }: StepRange,
): Uint32Array => {
  const last = new Int32Array(activity.layer.neurons).fill(-1)
  const intervals: number[] = []
  const end = spikesBefore(activity, to)
  let place = 0
  let starts = 0
  for (let spike = spikesBefore(activity, from); spike < end; spike++) {
    const step = activity.steps[spike] ?? 0
    const neuron = activity.neurons[spike] ?? 0
    while (place < places.length && step >= (places[place]?.to ?? Infinity)) place++
    starts = places[place]?.from ?? 0
    const previous = last[neuron] ?? -1
    if (previous >= starts && previous >= 0) intervals.push(step - previous)
    last[neuron] = step
  }
  return Uint32Array.from(intervals)
}

export interface IntervalHistogram {
  /** [bins + 1], ms. */
  readonly edgesMs: Float64Array
  /** [bins] */
  readonly counts: Uint32Array
  readonly meanMs: number | null
  /** Standard deviation over mean; 1 for a Poisson process. */
  readonly coefficientOfVariation: number | null
}

/** Histogram of intervals, in bins of equal width, or of equal ratio where `logarithmic`. */
export const intervalHistogram = (
  intervals: Uint32Array,
  dtMs: number,
  { bins, logarithmic, longest }: { bins: number; logarithmic: boolean; longest: number },
): IntervalHistogram => {
  const edgesMs = Float64Array.from({ length: bins + 1 }, (_, edge) =>
    logarithmic ? dtMs * 0.5 * (2 * longest + 1) ** (edge / bins) : dtMs * (0.5 + (longest * edge) / bins),
  )
  const counts = new Uint32Array(bins)
  let sum = 0
  let squares = 0
  for (const interval of intervals) {
    const share = logarithmic ? Math.log(2 * interval) / Math.log(2 * longest + 1) : (interval - 0.5) / longest
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(share * bins)))
    counts[bin] = (counts[bin] ?? 0) + 1
    sum += interval
    squares += interval * interval
  }
  const mean = intervals.length === 0 ? null : sum / intervals.length
  const variance = mean === null ? null : Math.max(0, squares / intervals.length - mean * mean)
  return {
    edgesMs,
    counts,
    meanMs: mean === null ? null : mean * dtMs,
    coefficientOfVariation:
      mean === null || variance === null || intervals.length < 2 ? null : Math.sqrt(variance) / mean,
  }
}
