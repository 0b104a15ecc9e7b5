/** A plot of curves with bands as SVG text, readable on light and on dark pages. */

export interface CurvePoint {
  readonly x: number
  readonly lower: number
  readonly median: number
  readonly upper: number
}

export interface Series {
  readonly name: string
  /** Place in the palette. */
  readonly colour: number
  readonly points: readonly CurvePoint[]
}

export interface Plot {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly series: readonly Series[]
  /** Where the curves leave room for it. */
  readonly legendAt: 'top' | 'bottom'
  /** Drawn as a dashed line when it lies on the plot. */
  readonly reference?: { readonly name: string; readonly y: number }
}

/** Okabe & Ito (2008): told apart by colour-blind readers, on white and on black. */
const palette = ['#999999', '#56b4e9', '#e69f00', '#0072b2', '#d55e00', '#009e73', '#cc79a7']
const ink = '#808080'
const width = 640
const height = 400
const left = 72
const right = 16
const top = 36
const bottom = 48

/** Medians as lines, quartiles as bands; where a median is infinite there is no line. */
export const plotSvg = ({ title, xLabel, yLabel, series, legendAt, reference }: Plot): string => {
  const drawn = series.flatMap(({ points }) => points.filter(({ median }) => Number.isFinite(median)))
  const values = drawn.flatMap(({ lower, median, upper }) => [lower, median, upper]).filter(Number.isFinite)
  const y = axis(values.length === 0 ? [0, 1] : values, height - bottom, top)
  const lastX = Math.max(1, ...series.flatMap(({ points }) => points.map(({ x }) => x)))
  const xTicks = linearTicks(0, lastX)
  const placeX = (value: number): number => left + (value / lastX) * (width - left - right)
  const parts = [
    ...y.ticks.map((tick) => gridLine(left, y.place(tick), width - right, y.place(tick))),
    ...y.ticks.map((tick) => text(left - 6, y.place(tick) + 4, tickText(tick), 'end')),
    ...xTicks.map((tick) => text(placeX(tick), height - bottom + 18, tickText(tick), 'middle')),
    gridLine(left, height - bottom, width - right, height - bottom),
    text(left, 20, title, 'start', 'font-size="14" font-weight="bold"'),
    text((left + width - right) / 2, height - 10, xLabel, 'middle'),
    text(0, 0, yLabel, 'middle', `transform="translate(16 ${(top + height - bottom) / 2}) rotate(-90)"`),
    ...series.map((one) => band(one, placeX, y)),
    ...series.map((one) => line(one, placeX, y)),
    ...referenceLine(reference, y),
    ...legend(series, legendAt),
  ]
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`
  return [head, ...parts, '</svg>', ''].join('\n')
}

interface Axis {
  place(value: number): number
  readonly ticks: readonly number[]
}

/** Logarithmic where positive values span more than a factor of five. */
const axis = (values: readonly number[], start: number, end: number): Axis => {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const logarithmic = low > 0 && high / low > 5
  const [from, to] = logarithmic ? [Math.log10(low), Math.log10(high)] : [low, high]
  const margin = 0.04 * (to - from || Math.abs(to) || 1)
  const [first, last] = [from - margin, to + margin]
  const place = (scaled: number): number => start + ((scaled - first) / (last - first)) * (end - start)
  return {
    place: (value) => clamped(place(logarithmic ? Math.log10(value) : value), end, start),
    ticks: logarithmic ? logarithmicTicks(first, last) : linearTicks(first, last),
  }
}

const clamped = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

const linearTicks = (from: number, to: number): number[] => {
  const rough = (to - from) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  const ticks: number[] = []
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + step * 1e-9; index++) ticks.push(index * step)
  return ticks
}

const logarithmicTicks = (from: number, to: number): number[] => {
  const factors = to - from > 3 ? [1] : to - from > 1.5 ? [1, 3] : [1, 2, 5]
  const ticks: number[] = []
  for (let exponent = Math.floor(from); exponent <= to; exponent++) {
    ticks.push(...factors.map((factor) => factor * 10 ** exponent))
  }
  return ticks.filter((tick) => Math.log10(tick) >= from && Math.log10(tick) <= to)
}

const tickText = (value: number): string => {
  const magnitude = Math.abs(value)
  if (magnitude >= 1e6 || (magnitude < 1e-3 && value !== 0)) return value.toExponential().replace('e+', 'e')
  return Number(value.toPrecision(6)).toLocaleString('en-GB', { maximumFractionDigits: 6 })
}

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const text = (x: number, y: number, words: string, anchor: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${ink}" text-anchor="${anchor}" ${more}>${escaped(words)}</text>`
const gridLine = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line x1="${x1}" y1="${y1.toFixed(1)}" x2="${x2}" y2="${y2.toFixed(1)}" stroke="${ink}" stroke-opacity="0.3"/>`

const colourOf = ({ colour }: Series): string => palette[colour % palette.length] ?? ink
const visible = ({ points }: Series): CurvePoint[] => points.filter(({ median }) => Number.isFinite(median))
const path = (points: readonly (readonly [x: number, y: number])[]): string =>
  points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')

const line = (series: Series, placeX: (x: number) => number, y: Axis): string => {
  const points = visible(series).map(({ x, median }) => [placeX(x), y.place(median)] as const)
  return `<polyline points="${path(points)}" fill="none" stroke="${colourOf(series)}" stroke-width="2"/>`
}

const band = (series: Series, placeX: (x: number) => number, y: Axis): string => {
  const points = visible(series)
  const edge = (key: 'lower' | 'upper') => points.map((point) => [placeX(point.x), y.place(point[key])] as const)
  const outline = path([...edge('lower'), ...edge('upper').reverse()])
  return `<polygon points="${outline}" fill="${colourOf(series)}" fill-opacity="0.18"/>`
}

const referenceLine = (reference: Plot['reference'], y: Axis): string[] => {
  if (reference === undefined) return []
  const at = y.place(reference.y)
  if (!Number.isFinite(at)) return []
  const dashed = `stroke="${ink}" stroke-dasharray="5 4"`
  return [
    `<line x1="${left}" y1="${at.toFixed(1)}" x2="${width - right}" y2="${at.toFixed(1)}" ${dashed}/>`,
    text(left + 6, at - 4, reference.name, 'start'),
  ]
}

const legend = (series: readonly Series[], at: Plot['legendAt']): string[] => {
  const first = at === 'top' ? top + 14 : height - bottom - 10 - 17 * (series.length - 1)
  return series.flatMap((one, index) => {
    const y = first + 17 * index
    const x = width - right - 8
    const swatch = `<line x1="${x - 22}" y1="${y - 4}" x2="${x}" y2="${y - 4}" stroke="${colourOf(one)}" stroke-width="3"/>`
    return [swatch, text(x - 28, y, visible(one).length === 0 ? `${one.name} (none feasible)` : one.name, 'end')]
  })
}
