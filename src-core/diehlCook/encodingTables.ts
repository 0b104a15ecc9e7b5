/**
 * Interval tables of the rate encoders: for each grey level, how an interval between two input spikes is distributed.
 *
 *   poisson:   interval ~ Poisson(mean), mean = 1000 / (rate * dt) steps; 0 counts as 1 (BindsNET's `poisson`)
 *   bernoulli: interval ~ Geometric(rate * dt / 1000), which is a spike with that probability in every step
 *   rate = maximumRateHz * level / 255
 *
 * An interval is drawn from a 31-bit number u by inversion: the smallest k with u < cumulative[k], where cumulative[k] is
 * P(interval <= k) * 2^31, rounded; none up to `steps` means that the next spike lies beyond the presentation. The tables
 * need only + - * /, so they are the same on every host.
 * Departure: probabilities are multiples of 2^-31; levels that spike at all with less than half of that are silent.
 */
import type { Pcg32 } from '../random/pcg32.ts'
import type { RateEncoding } from './diehlCookNetwork.ts'

const greyLevels = 256
/** Draws have 31 bits, so that a probability of 1 still fits an unsigned 32-bit entry. */
export const drawRange = 0x80000000

export interface IntervalTables {
  readonly steps: number
  /** [greyLevels][steps]: entry [level][k - 1] belongs to P(interval <= k). */
  readonly cumulative: Uint32Array
  /** [greyLevels]: 1 when the level can spike within a presentation. */
  readonly audible: Uint8Array
}

/** P(interval <= k) for k = 1..steps, where the interval is Poisson-distributed and 0 counts as 1. */
export const poissonIntervalProbabilities = (meanSteps: number, steps: number): Float64Array => {
  // P(interval <= steps) < e^-100 by Chernoff's bound: nothing that 31 bits could show.
  if (meanSteps > 2 * steps + 200) return new Float64Array(steps)
  // Terms relative to the one at the mode: neither end underflows into a wrong sum, however large the mean.
  const mode = Math.floor(meanSteps)
  const relative = new Float64Array(steps + 1)
  let total = 0
  const count = (interval: number, term: number): void => {
    total += term
    if (interval <= steps) relative[interval] = term
  }
  for (let interval = mode, term = 1; interval >= 0 && term > 1e-40; interval--) {
    count(interval, term)
    term *= interval / meanSteps
  }
  for (let interval = mode + 1, term = meanSteps / (mode + 1); term > 1e-40; interval++) {
    count(interval, term)
    term *= meanSteps / (interval + 1)
  }
  const probabilities = new Float64Array(steps)
  let sum = relative[0] ?? 0
  for (let interval = 1; interval <= steps; interval++) {
    sum += relative[interval] ?? 0
    probabilities[interval - 1] = Math.min(1, sum / total)
  }
  return probabilities
}

/** P(interval <= k) for k = 1..steps, where every step spikes with `probability`. */
export const bernoulliIntervalProbabilities = (probability: number, steps: number): Float64Array => {
  const probabilities = new Float64Array(steps)
  let silent = 1
  for (let interval = 1; interval <= steps; interval++) {
    silent *= 1 - probability
    probabilities[interval - 1] = 1 - silent
  }
  return probabilities
}

/**
 * The tables of an encoding.
 * @throws {RangeError} when the rate is negative or not finite, or `steps` is not a positive integer
 */
export const intervalTables = (encoding: RateEncoding, dtMs: number): IntervalTables => {
  const { kind, maximumRateHz, steps } = encoding
  if (!Number.isInteger(steps) || steps < 1)
    throw new RangeError(`an encoding needs 1 or more whole steps, not ${steps}`)
  if (!(maximumRateHz >= 0 && maximumRateHz < Infinity)) {
    throw new RangeError(`an encoding needs a rate of 0 Hz or more, not ${maximumRateHz}`)
  }
  const cumulative = new Uint32Array(greyLevels * steps)
  const audible = new Uint8Array(greyLevels)
  for (let level = 1; level < greyLevels; level++) {
    const spikesPerStep = (maximumRateHz * level * dtMs) / (255 * 1000)
    if (spikesPerStep === 0) continue
    const probabilities =
      kind === 'poisson'
        ? poissonIntervalProbabilities(1 / spikesPerStep, steps)
        : bernoulliIntervalProbabilities(Math.min(1, spikesPerStep), steps)
    probabilities.forEach((probability, index) => {
      cumulative[level * steps + index] = Math.round(probability * drawRange)
    })
    audible[level] = (cumulative[level * steps + steps - 1] ?? 0) > 0 ? 1 : 0
  }
  return { steps, cumulative, audible }
}

/** Draws one interval of a grey level in steps; `steps + 1` stands for every longer one. */
export const drawInterval = (level: number, tables: IntervalTables, generator: Pcg32): number => {
  const draw = generator.nextUint32() >>> 1
  let interval = 1
  while (interval <= tables.steps && draw >= (tables.cumulative[level * tables.steps + interval - 1] ?? 0)) interval++
  return interval
}
