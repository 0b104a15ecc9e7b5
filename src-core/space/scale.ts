/**
 * Scales: increasing maps between a parameter's native values and [0, 1].
 *
 *   linear        u = (x - low) / (high - low)
 *   log           u = ln(x / low) / ln(high / low)
 *   reversed-log  u = 1 - log(low + high - x): as the log scale, but fine near `high`
 *
 * An integer k stands for the interval [k - 1/2, k + 1/2], so that on a linear scale every integer has the same width.
 */
import type { CategoricalParameter, NumericParameter, Sampler, Scale } from './parameter.ts'

/** The scale on which each sampler is uniform; also its inverse cumulative distribution. */
export const scaleOfSampler: Readonly<Record<Sampler, Scale>> = {
  uniform: 'linear',
  'log-uniform': 'log',
  'reversed-log-uniform': 'reversed-log',
}

/** The scale of a parameter for the optimiser's models; by default the one on which its sampler is uniform. */
export const scaleOf = ({ scale, sampler }: NumericParameter): Scale => scale ?? scaleOfSampler[sampler]

/** The native value at `unit` in [0, 1]. */
export const numberFromUnit = (parameter: NumericParameter, scale: Scale, unit: number): number => {
  const { low, high } = parameter
  const { from, to } = interval(parameter)
  const value = stretch(from, to, scale, unit)
  // Rounding gives -0 too, which no file keeps: + 0 is 0.
  return Math.min(high, Math.max(low, parameter.type === 'integer' ? Math.round(value) : value)) + 0
}

/** The place of a native value in [0, 1]; integers lie inside of their interval, the only value in the middle. */
export const unitFromNumber = (parameter: NumericParameter, scale: Scale, value: number): number => {
  const { from, to } = interval(parameter)
  return from < to ? Math.min(1, Math.max(0, shrink(from, to, scale, value))) : 0.5
}

/** Whether a real range holds a million numbers or so: a narrower one is as good as a single value. */
export const holdsManyNumbers = (low: number, high: number): boolean =>
  high - low > 2 ** -33 * Math.max(Math.abs(low), Math.abs(high))

/** The choice at `unit` in [0, 1]; all choices have the same width. */
export const choiceFromUnit = ({ choices }: CategoricalParameter, unit: number): string => {
  const choice = choices[Math.min(choices.length - 1, Math.floor(unit * choices.length))]
  if (choice === undefined) throw new Error(`no choice at ${unit}`)
  return choice
}

/** The middle of the interval of a choice. */
export const unitFromChoice = ({ choices }: CategoricalParameter, choice: string): number => {
  const index = choices.indexOf(choice)
  if (index < 0) throw new Error(`${choice} is none of ${choices.join(', ')}`)
  return (index + 0.5) / choices.length
}

const mix = (from: number, to: number, unit: number): number => from + unit * (to - from)

const interval = ({ type, low, high }: NumericParameter): { readonly from: number; readonly to: number } =>
  type === 'integer' ? { from: low - 0.5, to: high + 0.5 } : { from: low, to: high }

const stretch = (from: number, to: number, scale: Scale, unit: number): number => {
  // The formulas only come near to the ends.
  if (unit === 0) return from
  if (unit === 1) return to
  switch (scale) {
    case 'linear':
      return from + unit * (to - from)
    case 'log':
      return Number.isFinite(to / from) ? from * (to / from) ** unit : Math.exp(mix(Math.log(from), Math.log(to), unit))
    case 'reversed-log':
      return from + to - stretch(from, to, 'log', 1 - unit)
  }
}

const shrink = (from: number, to: number, scale: Scale, value: number): number => {
  switch (scale) {
    case 'linear':
      return (value - from) / (to - from)
    case 'log':
      return Number.isFinite(to / from)
        ? Math.log(value / from) / Math.log(to / from)
        : (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
    case 'reversed-log':
      return 1 - shrink(from, to, 'log', from + to - value)
  }
}
