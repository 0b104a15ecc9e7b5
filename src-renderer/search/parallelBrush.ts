/** Brushes on parallel axes: one range of places on any number of axes; a trial passes when it lies in all of them. */
import { unitAtPlace, valuesBetween } from '../charts/axes.ts'
import type { TrialFilter } from '../trials/trialFilter.ts'
import type { TrialAxis } from './trialAxes.ts'

export interface PlaceRange {
  readonly low: number
  readonly high: number
}
export type Brushes = Readonly<Record<string, PlaceRange>>

/** Rounding of a place to 32 bits must not put a trial outside of a range that ends at it. */
const tolerance = 1e-6

/**
 * Rows whose places lie in every brushed range; null when nothing is brushed.
 * @param places rows x fields; NaN, which no range holds, where there is no value
 */
export const brushedRows = (
  places: Float32Array,
  fields: readonly string[],
  brushes: Brushes,
): readonly number[] | null => {
  const ranges = fields.flatMap((field, column) => {
    const range = brushes[field]
    return range === undefined ? [] : [{ column, ...range }]
  })
  if (ranges.length === 0) return null
  const rows: number[] = []
  for (let row = 0; row < places.length / fields.length; row++) {
    const inside = ranges.every(({ column, low, high }) => {
      const place = places[row * fields.length + column] ?? NaN
      return place >= low - tolerance && place <= high + tolerance
    })
    if (inside) rows.push(row)
  }
  return rows
}

/** A range between two places, within the axis. */
export const rangeBetween = (one: number, other: number): PlaceRange => ({
  low: Math.max(0, Math.min(one, other)),
  high: Math.min(1, Math.max(one, other)),
})

/** The range moved along the axis as far as it goes. */
export const movedRange = ({ low, high }: PlaceRange, by: number): PlaceRange => {
  const step = Math.min(1 - high, Math.max(-low, by))
  return { low: low + step, high: high + step }
}

/** What a press at a place takes hold of: an end of the range, the range, or nothing. */
export const grip = (
  range: PlaceRange | undefined,
  place: number,
  slack: number,
): 'low' | 'high' | 'whole' | 'nothing' => {
  if (range === undefined) return 'nothing'
  if (Math.abs(place - range.high) <= slack) return 'high'
  if (Math.abs(place - range.low) <= slack) return 'low'
  return place > range.low && place < range.high ? 'whole' : 'nothing'
}

/** A brush that is being drawn or moved along the axis of a field. */
export interface BrushDrag {
  readonly field: string
  /** Where it was pressed. */
  readonly from: number
  /** The range that there was. */
  readonly range: PlaceRange | null
  readonly part: ReturnType<typeof grip>
}

/** The range of a drag that has come to `place`. */
export const draggedRange = ({ from, range, part }: BrushDrag, place: number): PlaceRange => {
  if (range === null || part === 'nothing') return rangeBetween(from, place)
  if (part === 'whole') return movedRange(range, place - from)
  return rangeBetween(part === 'low' ? range.high : range.low, place)
}

/** The brushes but that of one field. */
export const withoutBrush = (brushes: Brushes, field: string): Brushes =>
  Object.fromEntries(Object.entries(brushes).filter(([other]) => other !== field))

/** `filter`, and within it what the brushes hold. */
export const filterOfBrushes = (
  filter: TrialFilter,
  axes: readonly Pick<TrialAxis, 'field' | 'axis'>[],
  brushes: Brushes,
): TrialFilter => {
  const ranges = { ...filter.ranges }
  const categories = { ...filter.categories }
  for (const { field, axis } of axes) {
    const range = brushes[field]
    if (range === undefined) continue
    const held = valuesBetween(axis, unitAtPlace(axis, range.low), unitAtPlace(axis, range.high))
    if ('low' in held) ranges[field] = held
    else categories[field] = [...held]
  }
  return { ...filter, ranges, categories }
}

/** `order` with `field` moved to the place of `target`. */
export const reordered = (order: readonly string[], field: string, target: string): string[] => {
  const to = order.indexOf(target)
  if (to < 0 || !order.includes(field)) return [...order]
  const others = order.filter((other) => other !== field)
  others.splice(to, 0, field)
  return others
}

/** The chosen order of those fields that there are, others behind them in their own order. */
export const completedOrder = (chosen: readonly string[], fields: readonly string[]): string[] => [
  ...chosen.filter((field) => fields.includes(field)),
  ...fields.filter((field) => !chosen.includes(field)),
]
