/** Axes of plots: increasing maps from values to [0, 1] along the axis, with round numbers to write beside it. */
import type { CategoricalParameter, NumericParameter, Parameter } from '../../src-core/space/parameter.ts'
import { numberFromUnit, scaleOf, unitFromNumber } from '../../src-core/space/scale.ts'
import { roundNumbers, roundNumbersOfLogarithms } from '../charts/axes.ts'
import { formatValue } from '../trials/format.ts'

interface Tick {
  /** Place along the axis, 0 to 1. */
  readonly at: number
  readonly text: string
}

export interface PlotAxis {
  readonly title: string
  readonly ticks: readonly Tick[]
  /** The categories, each with the same width; null on an axis of numbers. */
  readonly categories: readonly string[] | null
  /** Place of a value, beyond [0, 1] where it lies beyond the axis; null where it has none. */
  place(value: number | string | null | undefined): number | null
  /** The value at a place. */
  valueAt(place: number): number | string
}

/** Ticks that do not stand closer than `gap`, the first and the last before those between. */
const spread = (ticks: readonly Tick[], gap: number): Tick[] => {
  const kept: Tick[] = []
  const [first, ...others] = [...ticks].sort((a, b) => a.at - b.at)
  const end = others.pop()
  for (const tick of first === undefined ? [] : end === undefined ? [first] : [first, end, ...others]) {
    if (kept.every(({ at }) => Math.abs(at - tick.at) >= gap)) kept.push(tick)
  }
  return kept.sort((a, b) => a.at - b.at)
}

/** An axis of evenly spaced numbers from `low` to `high`. */
export const linearAxis = (
  title: string,
  low: number,
  high: number,
  format: (value: number) => string = formatValue,
): PlotAxis => {
  const span = high > low ? high - low : 1
  return {
    title,
    categories: null,
    ticks: roundNumbers(low, low + span).map((value) => ({ at: (value - low) / span, text: format(value) })),
    place: (value) => (typeof value === 'number' && Number.isFinite(value) ? (value - low) / span : null),
    valueAt: (place) => low + place * span,
  }
}

const numericAxis = (title: string, parameter: NumericParameter): PlotAxis => {
  const { low, high } = parameter
  const scale = scaleOf(parameter)
  const place = (value: number): number => unitFromNumber(parameter, scale, value)
  const values = scale === 'log' && low > 0 ? roundNumbersOfLogarithms(low, high) : roundNumbers(low, high)
  const ticks = values
    .filter((value) => parameter.type === 'real' || Number.isInteger(value))
    .map((value) => ({ at: place(value), text: formatValue(value) }))
  return {
    title,
    categories: null,
    ticks: spread(ticks, 0.09),
    place: (value) => (typeof value === 'number' ? place(value) : null),
    valueAt: (at) => numberFromUnit(parameter, scale, Math.min(1, Math.max(0, at))),
  }
}

/** An axis of categories, each with the same width. */
export const categoryAxis = (title: string, categories: readonly string[]): PlotAxis => {
  const middle = (index: number): number => (index + 0.5) / categories.length
  return {
    title,
    categories,
    ticks: categories.map((text, index) => ({ at: middle(index), text })),
    place: (value) => {
      const index = categories.indexOf(String(value))
      return index < 0 ? null : middle(index)
    },
    valueAt: (at) => categories[Math.min(categories.length - 1, Math.max(0, Math.floor(at * categories.length)))] ?? '',
  }
}

const categoricalAxis = (title: string, { choices }: CategoricalParameter): PlotAxis => categoryAxis(title, choices)

/** The axis of a hyperparameter, over its range, on the scale of the optimiser's models. */
export const parameterAxis = (name: string, parameter: Parameter): PlotAxis =>
  parameter.type === 'categorical' ? categoricalAxis(name, parameter) : numericAxis(name, parameter)
