/** What part of a chart is shown. Pure: a zoom is a value that outlives every update of the chart. */

export interface AxisRange {
  readonly min: number
  readonly max: number
}
export interface ChartArea {
  readonly x: AxisRange
  readonly y: AxisRange
}

/** The smallest part of an axis that can be shown, as a share of the whole: points closer than that lie together. */
const smallestShare = 1e-4

const zoomAxis = ({ min, max }: AxisRange, factor: number, centre: number, whole: AxisRange): AxisRange => {
  const span = Math.min(whole.max - whole.min, Math.max((max - min) * factor, (whole.max - whole.min) * smallestShare))
  const share = max === min ? 0.5 : (centre - min) / (max - min)
  const low = Math.min(Math.max(whole.min, centre - span * share), whole.max - span)
  return { min: low, max: low + span }
}

/** Zooms by `factor` (below 1: closer) around a point, within the whole; null when that shows everything. */
export const zoomAround = (
  shown: ChartArea,
  factor: number,
  centre: { x: number; y: number },
  whole: ChartArea,
): ChartArea | null => {
  const x = zoomAxis(shown.x, factor, centre.x, whole.x)
  const y = zoomAxis(shown.y, factor, centre.y, whole.y)
  const all = (axis: AxisRange, of: AxisRange): boolean => axis.max - axis.min >= (of.max - of.min) * (1 - 1e-9)
  return all(x, whole.x) && all(y, whole.y) ? null : { x, y }
}

/** The rectangle between two corners, in any order, within the whole. */
export const areaBetween = (a: { x: number; y: number }, b: { x: number; y: number }, whole: ChartArea): ChartArea => {
  const axis = (p: number, q: number, { min, max }: AxisRange): AxisRange => ({
    min: Math.max(min, Math.min(p, q)),
    max: Math.min(max, Math.max(p, q)),
  })
  return { x: axis(a.x, b.x, whole.x), y: axis(a.y, b.y, whole.y) }
}

export const centreOf = ({ x, y }: ChartArea): { x: number; y: number } => ({
  x: (x.min + x.max) / 2,
  y: (y.min + y.max) / 2,
})
