/** Axes: values, the units in which an axis is even, places along it from 0 to 1, and where its ticks go. */
import type { Parameter } from '../../src-core/space/parameter.ts'
import { numberFromUnit, scaleOf, unitFromNumber } from '../../src-core/space/scale.ts'
import { formatValue } from '../trials/format.ts'
import type { AxisRange, ChartArea } from './zoom.ts'
import type { Plot, PlotAxis } from './plot.ts'

/** Zooms are in these units: logarithms on a log axis, the share of the range on a scale of its own. */
export const toUnit = ({ scale }: PlotAxis, value: number): number =>
  scale === 'linear' ? value : scale === 'log' ? Math.log10(value) : scale.unit(value)
export const fromUnit = ({ scale }: PlotAxis, unit: number): number =>
  scale === 'linear' ? unit : scale === 'log' ? 10 ** unit : scale.value(unit)

/** Everything that an axis can show, in units. */
export const wholeAxis = (axis: PlotAxis): AxisRange =>
  typeof axis.scale === 'object' ? { min: 0, max: 1 } : { min: toUnit(axis, axis.min), max: toUnit(axis, axis.max) }

/** Everything that a plot can show, in units. */
export const wholeOf = ({ x, y }: Pick<Plot, 'x' | 'y'>): ChartArea => ({ x: wholeAxis(x), y: wholeAxis(y) })

/** What is shown of a plot: the zoom, where an axis can be zoomed. */
export const shownOf = (plot: Pick<Plot, 'x' | 'y'>, zoom: ChartArea | null): ChartArea => {
  const whole = wholeOf(plot)
  return {
    x: zoom === null || plot.x.zoomed === false ? whole.x : zoom.x,
    y: zoom === null || plot.y.zoomed === false ? whole.y : zoom.y,
  }
}

/** The number that stands for a value on an axis: of a category its place among them; NaN: it has none there. */
export const numberOn = ({ categories, scale }: PlotAxis, value: number | string | null | undefined): number => {
  if (categories !== undefined) {
    const index = value === null || value === undefined ? -1 : categories.indexOf(String(value))
    return index < 0 ? NaN : index
  }
  return typeof value === 'number' && Number.isFinite(value) && (scale !== 'log' || value > 0) ? value : NaN
}

/** Place of a value along the whole axis, 0 to 1, beyond that where it lies beyond the axis; NaN where it has none. */
export const placeOn = (axis: PlotAxis, value: number | string | null | undefined): number => {
  const { min, max } = wholeAxis(axis)
  return (toUnit(axis, numberOn(axis, value)) - min) / (max - min)
}

/** The unit at a place along the whole axis. */
export const unitAtPlace = (axis: PlotAxis, place: number): number => {
  const { min, max } = wholeAxis(axis)
  return min + place * (max - min)
}

/** The value at a place along the whole axis: a category, where it has categories. */
export const valueAtPlace = (axis: PlotAxis, place: number): number | string => {
  const value = fromUnit(axis, unitAtPlace(axis, place))
  const { categories } = axis
  return categories === undefined
    ? value
    : (categories[Math.min(categories.length - 1, Math.max(0, Math.round(value)))] ?? '')
}

/** Rounding of a place must not put a value outside of a range that ends at it. */
const rounding = 1e-6

/** Of whole numbers the next one within. */
const endWithin = (axis: PlotAxis, unit: number, inward: 1 | -1): number => {
  const value = fromUnit(axis, unit)
  return axis.whole === true && (toUnit(axis, value) - unit) * inward < -rounding ? value + inward : value
}

/** What lies between two units of an axis: the ends of a range of numbers, both within, or categories. */
export const valuesBetween = (
  axis: PlotAxis,
  low: number,
  high: number,
): { readonly low: number; readonly high: number } | readonly string[] =>
  axis.categories === undefined
    ? { low: endWithin(axis, low, 1), high: endWithin(axis, high, -1) }
    : axis.categories.filter((_, place) => place >= low - rounding && place <= high + rounding)

const multiplesWithin = (low: number, high: number, step: number): number[] => {
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)) + 0)
}

/** Round numbers from `low` to `high`, about `wanted` of them, and two at least: from one alone no scale can be read. */
export const roundNumbers = (low: number, high: number, wanted = 5): number[] => {
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return [low]
  const rough = span / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10].map((factor) => factor * power)
  const wide = steps.slice(0, steps.findIndex((step) => step >= rough * 0.999) + 1).reverse()
  const step = wide.find((candidate) => multiplesWithin(low, high, candidate).length >= 2)
  return multiplesWithin(low, high, step ?? rough)
}

/** Round numbers for a logarithmic axis: powers of ten, with 2 and 5 between them where these are few. */
const roundNumbersOfLogarithms = (low: number, high: number): number[] => {
  const factors = high / low > 1e3 ? [1] : [1, 2, 5]
  const numbers: number[] = []
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`)
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) numbers.push(value)
    }
  }
  return numbers.length >= 2 ? numbers : roundNumbers(low, high)
}

/** Values of the ticks within a part of an axis, given in units; about `wanted` of them where they are round numbers. */
export const ticksOf = (axis: PlotAxis, { min, max }: AxisRange, wanted = 5): readonly number[] => {
  if (axis.categories !== undefined) {
    return Array.from(axis.categories.keys()).filter((place) => place >= min && place <= max)
  }
  const [low, high] = [fromUnit(axis, min), fromUnit(axis, max)]
  const ticks =
    axis.ticks?.(low, high, wanted) ??
    (axis.scale === 'log' ? roundNumbersOfLogarithms(low, high) : roundNumbers(low, high, wanted))
  return ticks.filter((value) => value >= low - Math.abs(low) * 1e-9 && value <= high + Math.abs(high) * 1e-9)
}

/**
 * The same, without those that stand closer to others than a share of what is shown: of numbers that bunch, as at the end of a
 * reversed logarithm, the ends come before those between.
 */
export const ticksApart = (axis: PlotAxis, { min, max }: AxisRange, wanted: number, gap: number): readonly number[] => {
  const ticks = ticksOf(axis, { min, max }, wanted)
  if (axis.categories !== undefined) return ticks
  const place = (value: number): number => (toUnit(axis, value) - min) / (max - min)
  const kept: number[] = []
  for (const tick of [...ticks.slice(0, 1), ...ticks.slice(1).slice(-1), ...ticks.slice(1, -1)]) {
    if (kept.every((other) => Math.abs(place(other) - place(tick)) >= gap)) kept.push(tick)
  }
  return kept.sort((a, b) => a - b)
}

/** What is written beside a tick. */
export const tickLabel = ({ categories, label }: PlotAxis, value: number): string =>
  categories === undefined ? label(value) : (categories[value] ?? '')

/** An axis of evenly spaced numbers from `low` to `high`. */
export const linearAxis = (
  title: string,
  low: number,
  high: number,
  label: (value: number) => string = formatValue,
): PlotAxis => ({ title, scale: 'linear', min: low, max: high > low ? high : low + 1, label })

/** An axis of categories, each with the same width. */
export const categoryAxis = (title: string, categories: readonly string[]): PlotAxis => ({
  title,
  scale: 'linear',
  min: -0.5,
  max: Math.max(1, categories.length) - 0.5,
  label: String,
  categories,
  zoomed: false,
})

/** The axis of a hyperparameter, over its range, on the scale of the optimiser's models. */
export const parameterAxis = (title: string, parameter: Parameter): PlotAxis => {
  if (parameter.type === 'categorical') return { ...categoryAxis(title, parameter.choices), field: title }
  const { type, low: min, high: max } = parameter
  const scale = scaleOf(parameter)
  return {
    title,
    field: title,
    whole: type === 'integer',
    scale: {
      unit: (value) => unitFromNumber(parameter, scale, value),
      value: (unit) => numberFromUnit(parameter, scale, Math.min(1, Math.max(0, unit))),
    },
    min,
    max,
    label: formatValue,
    ticks: (low, high, wanted) =>
      (scale === 'log' && low > 0 ? roundNumbersOfLogarithms(low, high) : roundNumbers(low, high, wanted)).filter(
        (value) => type === 'real' || Number.isInteger(value),
      ),
  }
}
