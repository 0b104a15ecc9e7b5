/**
 * Kernels of a Parzen estimator, one parameter at a time, on its unit scale.
 *
 *   real         N(u; mu, sigma) / (Phi((1 - mu) / sigma) - Phi(-mu / sigma)) on [0, 1]
 *   integer      the integral of that over the interval that the integer stands for
 *   categorical  Aitchison & Aitken 1976: 1 - b for the same choice, b / (C - 1) for each other of C, with
 *                b = (C - 1) / (n + 1 + C) for n trials, a count of one trial, and 1 / (n + 1) of each choice
 *   prior        1 on [0, 1], or 1 / C: also of a trial in which the parameter did not apply, so that its kernel says
 *                nothing about it
 *
 * Bergstra et al. 2011 (NIPS 24), section 4; Watanabe 2023 (arXiv 2304.11127), section 3.
 */
import { normalCumulative, normalQuantile } from '../../gaussianProcess/normalDistribution.ts'
import type { RandomGenerator } from '../../random/generator.ts'
import type { CategoricalParameter, NumericParameter } from '../../space/parameter.ts'
import { numberFromUnit, scaleOf, unitFromNumber } from '../../space/scale.ts'

/** A value as kernels see it: the interval of an integer; else `from` = `to`, a real's place or a choice's index. */
export interface Place {
  readonly from: number
  readonly to: number
}

export interface Kernel {
  /** ln of the density of a real, or of the probability of an integer or a choice. */
  logAt(place: Place): number
  /** A value drawn from the kernel: a place in [0, 1], or the index of a choice. */
  draw(generator: RandomGenerator): number
}

/** Below it the density changes so little over an interval that its middle is exact to 1e-7. */
const narrow = 1e-3
const logSqrtTwoPi = 0.5 * Math.log(2 * Math.PI)

/** @param width ln of the width of an interval; 0 for a place */
const logWidth = ({ from, to }: Place): number => (from < to ? Math.log(to - from) : 0)

export const uniformKernel: Kernel = {
  logAt: logWidth,
  draw: (generator) => generator.next(),
}

/** @param mean in [0, 1]; @param deviation above 0, of the Gaussian before it is cut */
export const gaussianKernel = (mean: number, deviation: number): Kernel => {
  const low = normalCumulative(-mean / deviation)
  const inside = normalCumulative((1 - mean) / deviation) - low
  const logFactor = -Math.log(inside)
  const logDensity = (unit: number): number =>
    -0.5 * ((unit - mean) / deviation) ** 2 - logSqrtTwoPi - Math.log(deviation) + logFactor
  return {
    logAt(place) {
      const { from, to } = place
      if (to - from < narrow * deviation) return logDensity((from + to) / 2) + logWidth(place)
      const mass = massBetween((from - mean) / deviation, (to - mean) / deviation)
      // Farther out than Phi can tell from 0, the middle has to do.
      return mass > 0 ? Math.log(mass) + logFactor : logDensity((from + to) / 2) + logWidth(place)
    },
    draw(generator) {
      const unit = mean + deviation * normalQuantile(low + generator.next() * inside)
      return Math.min(1, Math.max(0, unit))
    },
  }
}

/** Phi(b) - Phi(a) for a < b, in the lower tail, where there are more digits. */
const massBetween = (a: number, b: number): number =>
  a > 0 ? normalCumulative(-a) - normalCumulative(-b) : normalCumulative(b) - normalCumulative(a)

export const uniformChoiceKernel = (choices: number): Kernel => {
  const logShare = -Math.log(choices)
  return { logAt: () => logShare, draw: (generator) => generator.below(choices) }
}

/** @param trials the number of trials in the estimator */
export const choiceKernel = (choice: number, choices: number, trials: number): Kernel => {
  const other = 1 / (trials + 1 + choices)
  const same = 1 - (choices - 1) * other
  const logSame = Math.log(same)
  const logOther = Math.log(other)
  return {
    logAt: ({ from }) => (from === choice ? logSame : logOther),
    draw: (generator) => {
      // With `same`, the choice itself; the rest is shared evenly by the others.
      const left = generator.next() - same
      if (left < 0) return choice
      const index = Math.min(choices - 2, Math.floor(left / other))
      return index < choice ? index : index + 1
    },
  }
}

/** The smallest interval that has a width: neighbours among integers beyond 2^52 have the same place. */
const leastWidth = 2 ** -53

/** Where a number of a parameter lies on its unit scale. */
export const placeOfNumber = (parameter: NumericParameter, value: number): Place => {
  const scale = scaleOf(parameter)
  if (parameter.type === 'real') {
    const unit = unitFromNumber(parameter, scale, value)
    return { from: unit, to: unit }
  }
  const from = unitFromNumber(parameter, scale, value - 0.5)
  return { from, to: Math.max(from + leastWidth, unitFromNumber(parameter, scale, value + 0.5)) }
}

export const numberAt = (parameter: NumericParameter, unit: number): number =>
  numberFromUnit(parameter, scaleOf(parameter), unit)

export const placeOfChoice = ({ choices }: CategoricalParameter, value: string): Place => {
  const index = choices.indexOf(value)
  if (index < 0) throw new Error(`${value} is none of ${choices.join(', ')}`)
  return { from: index, to: index }
}
