/**
 * How a parameter is drawn, as a curve over its range. With F the cumulative distribution of the sampler, x a native
 * value, and s the chosen axis (native, or the scale of the models), the height at s is dF(x(s))/ds.
 *
 *   uniform               p(x) = 1 / (b - a)
 *   log-uniform           p(x) = 1 / (x ln(b / a))
 *   reversed-log-uniform  p(x) = 1 / ((a + b - x) ln(b / a))
 */
import type { NumericParameter, Scale } from '../../src-core/space/parameter.ts'
import { scaleOfSampler, unitFromNumber } from '../../src-core/space/scale.ts'

/** The probability of a value up to `value`, in [0, 1]. */
export const cumulative = (parameter: NumericParameter, value: number): number =>
  unitFromNumber({ ...parameter, type: 'real' }, scaleOfSampler[parameter.sampler], value)

/** The probability density at a native value, per unit of the value. */
export const densityAt = ({ low, high, sampler }: NumericParameter, value: number): number => {
  switch (sampler) {
    case 'uniform':
      return 1 / (high - low)
    case 'log-uniform':
      return 1 / (value * Math.log(high / low))
    case 'reversed-log-uniform':
      return 1 / ((low + high - value) * Math.log(high / low))
  }
}

/** dx/ds: native units per unit of the axis, which runs from 0 to 1. */
const stretchAt = ({ low, high }: NumericParameter, scale: Scale, value: number): number => {
  switch (scale) {
    case 'linear':
      return high - low
    case 'log':
      return value * Math.log(high / low)
    case 'reversed-log':
      return (low + high - value) * Math.log(high / low)
  }
}

const valueAt = ({ low, high }: NumericParameter, scale: Scale, place: number): number => {
  switch (scale) {
    case 'linear':
      return low + place * (high - low)
    case 'log':
      return low * (high / low) ** place
    case 'reversed-log':
      return low + high - low * (high / low) ** (1 - place)
  }
}

/** Can this be drawn at all? */
export const isDrawable = ({ low, high, sampler, scale }: NumericParameter): boolean =>
  Number.isFinite(low) &&
  Number.isFinite(high) &&
  low < high &&
  (low > 0 || (sampler === 'uniform' && (scale ?? 'linear') === 'linear'))

/** Heights at `count` evenly spaced places of the axis, the ends included, the highest 1. */
export const densityCurve = (parameter: NumericParameter, axis: Scale, count: number): readonly number[] => {
  const heights = Array.from({ length: count }, (_, index) => {
    const value = valueAt(parameter, axis, index / (count - 1))
    return densityAt(parameter, value) * stretchAt(parameter, axis, value)
  })
  const highest = Math.max(...heights)
  return heights.map((height) => height / highest)
}

/** In words, for those who do not see the curve. */
export const densityText = (parameter: NumericParameter): string => {
  const { low, high } = parameter
  const half = cumulative(parameter, (low + high) / 2)
  const share = `${Math.round(half * 100)} % of the draws lie in the lower half of the range`
  return `${parameter.sampler}: ${share}`
}
