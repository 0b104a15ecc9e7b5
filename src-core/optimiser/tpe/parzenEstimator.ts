/**
 * A density over configurations, estimated from some of them:
 *
 *   p(x) = 1 / (n + 1) (prior(x) + sum_i prod_j k_ij(x_j)),  j over the parameters that apply in x
 *
 * with the kernels of kernels.ts. The kernels of a trial are multiplied: interactions are modelled (multivariate,
 * Falkner et al. 2018; Watanabe 2023: better than a product of one-dimensional estimates). A parameter that
 * does not apply in x is left out, which is its integral; one that did not apply in trial i has the prior there.
 */
import type { RandomGenerator } from '../../random/generator.ts'
import type { Configuration, Parameter, SearchSpace } from '../../space/parameter.ts'
import { applicable } from '../../space/space.ts'
import {
  choiceKernel,
  gaussianKernel,
  type Kernel,
  numberAt,
  type Place,
  placeOfChoice,
  placeOfNumber,
  uniformChoiceKernel,
  uniformKernel,
} from './kernels.ts'

/** No kernel is narrower than this share of the range ("magic clipping", Watanabe 2023, section 3). */
const leastShare = 0.03

/**
 * The standard deviations of the kernels along one parameter: for each place the distance to the farther of its two
 * neighbours, where the ends of [0, 1] count as neighbours (Bergstra et al. 2011, section 4.2), so that kernels are
 * narrow where trials crowd; never below 1 / (n + 1) of the range, nor 3 %, nor above all of it.
 * @param places in [0, 1], in any order
 * @returns one for each place, in the same order
 */
export const bandwidths = (places: readonly number[]): readonly number[] => {
  const least = Math.max(leastShare, 1 / (places.length + 1))
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  const result = places.map(() => least)
  for (const [rank, index] of order.entries()) {
    const here = places[index] ?? 0
    const before = places[order[rank - 1] ?? -1] ?? 0
    const after = places[order[rank + 1] ?? -1] ?? 1
    result[index] = Math.min(1, Math.max(least, here - before, after - here))
  }
  return result
}

interface ParzenEstimator {
  /** ln p: densities of reals on their unit scale, probabilities of integers and choices. */
  logDensity(configuration: Configuration): number
  /** A configuration drawn from the estimate. */
  draw(generator: RandomGenerator): Configuration
}

/** The estimate from these configurations of a space; from none it is the prior. */
export const parzenEstimator = (space: SearchSpace, configurations: readonly Configuration[]): ParzenEstimator => {
  const parameters = Object.entries(space)
  const trials = configurations.length
  /** For each parameter the kernels of all trials, the prior last. */
  const kernels = parameters.map(([name, parameter]) =>
    kernelsOf(
      parameter,
      configurations.map((configuration) => placeOf(parameter, configuration[name])),
    ),
  )

  return {
    logDensity(configuration) {
      const sums = Array.from({ length: trials + 1 }, () => 0)
      for (const [index, [name, parameter]] of parameters.entries()) {
        const place = placeOf(parameter, configuration[name])
        if (place === null) continue
        for (const [trial, kernel] of (kernels[index] ?? []).entries())
          sums[trial] = (sums[trial] ?? 0) + kernel.logAt(place)
      }
      return logSum(sums) - Math.log(trials + 1)
    },
    draw(generator) {
      const trial = generator.below(trials + 1)
      const all = Object.fromEntries(
        parameters.map(([name, parameter], index): [string, number | string] => {
          const drawn = kernels[index]?.[trial]?.draw(generator) ?? NaN
          return [name, valueAt(parameter, drawn)]
        }),
      )
      const applies = applicable(space, all)
      return Object.fromEntries(Object.entries(all).filter(([name]) => applies.has(name)))
    },
  }
}

const kernelsOf = (parameter: Parameter, places: readonly (Place | null)[]): readonly Kernel[] => {
  if (parameter.type === 'categorical') {
    const { length: count } = parameter.choices
    const prior = uniformChoiceKernel(count)
    return [...places.map((place) => (place === null ? prior : choiceKernel(place.from, count, places.length))), prior]
  }
  const present = places.flatMap((place) => (place === null ? [] : [(place.from + place.to) / 2]))
  const widths = bandwidths(present).values()
  return [
    ...places.map((place) =>
      place === null ? uniformKernel : gaussianKernel((place.from + place.to) / 2, widths.next().value ?? 1),
    ),
    uniformKernel,
  ]
}

/** Null where the parameter does not apply. */
const placeOf = (parameter: Parameter, value: number | string | undefined): Place | null => {
  if (value === undefined) return null
  if (parameter.type === 'categorical') return placeOfChoice(parameter, String(value))
  return placeOfNumber(parameter, Number(value))
}

const valueAt = (parameter: Parameter, drawn: number): number | string => {
  if (parameter.type !== 'categorical') return numberAt(parameter, drawn)
  const choice = parameter.choices[drawn]
  if (choice === undefined) throw new Error(`no choice ${drawn}`)
  return choice
}

/** ln of the sum of exponentials. */
const logSum = (logs: readonly number[]): number => {
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity)
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0))
}
