/** Which columns of the trial table are drawn, where and how wide: what a person chose, put over what a study has. */
import { z } from 'zod'
import type { TableColumn } from './columns.ts'

export const columnLayoutSchema = z.strictObject({
  /** Keys in the order that a person gave them; columns that are not named keep their place behind their neighbour. */
  order: z.array(z.string()),
  /** Only what differs from the first choice. */
  visible: z.record(z.string(), z.boolean()),
  /** CSS pixels. */
  widths: z.record(z.string(), z.number()),
  /** Columns that stay at the left when the table is scrolled sideways. */
  pinned: z.array(z.string()),
  /** Of hyperparameters alone. */
  hideConstant: z.boolean(),
})
export type ColumnLayout = z.infer<typeof columnLayoutSchema>

export const initialLayout: ColumnLayout = {
  order: [],
  visible: {},
  widths: {},
  pinned: ['number'],
  hideConstant: true,
}

export interface PlacedColumn {
  readonly column: TableColumn
  readonly width: number
  /** Distance from the left edge where it stays; null: it scrolls. */
  readonly left: number | null
}

export const narrowest = 48
const widest = 600

/** All columns in the order of the layout. */
export const orderedColumns = (columns: readonly TableColumn[], { order }: ColumnLayout): TableColumn[] => {
  const named = new Set(order)
  const result = order.flatMap((key) => columns.find((column) => column.key === key) ?? [])
  for (const [at, column] of columns.entries()) {
    if (named.has(column.key)) continue
    const before = columns[at - 1]
    const place = before === undefined ? 0 : result.indexOf(before) + 1
    result.splice(place, 0, column)
  }
  return result
}

/**
 * The hyperparameters of which nobody has said whether to show them, and that are the same in all trials. What trials came
 * to is shown even where it is the same for all: its columns would come and go while a study runs.
 */
export const constantHyperparameters = (
  columns: readonly TableColumn[],
  { visible }: ColumnLayout,
  constant: ReadonlySet<string>,
): TableColumn[] =>
  columns.filter(
    ({ key, group, initial }) =>
      group === 'Hyperparameters' && initial && constant.has(key) && visible[key] === undefined,
  )

export const isVisible = (column: TableColumn, layout: ColumnLayout, constant: ReadonlySet<string>): boolean =>
  layout.visible[column.key] ??
  (column.initial && !(layout.hideConstant && constantHyperparameters([column], layout, constant).length > 0))

/** The columns to draw, pinned ones first. */
export const placeColumns = (
  columns: readonly TableColumn[],
  layout: ColumnLayout,
  constant: ReadonlySet<string>,
): PlacedColumn[] => {
  const visible = orderedColumns(columns, layout).filter((column) => isVisible(column, layout, constant))
  const pinned = visible.filter(({ key }) => layout.pinned.includes(key))
  const rest = visible.filter(({ key }) => !layout.pinned.includes(key))
  const widthOf = ({ key, width }: TableColumn): number => layout.widths[key] ?? width
  let left = 0
  const atLeft = pinned.map((column) => {
    const placed = { column, width: widthOf(column), left }
    left += placed.width
    return placed
  })
  return [...atLeft, ...rest.map((column) => ({ column, width: widthOf(column), left: null }))]
}

export const withWidth = (layout: ColumnLayout, key: string, width: number): ColumnLayout => ({
  ...layout,
  widths: { ...layout.widths, [key]: Math.round(Math.min(widest, Math.max(narrowest, width))) },
})

export const withVisible = (layout: ColumnLayout, key: string, visible: boolean): ColumnLayout => ({
  ...layout,
  visible: { ...layout.visible, [key]: visible },
})

export const withPinned = (layout: ColumnLayout, key: string, pinned: boolean): ColumnLayout => ({
  ...layout,
  pinned: pinned ? [...layout.pinned.filter((other) => other !== key), key] : layout.pinned.filter((o) => o !== key),
})

/** Moves a column to the place of another, which makes room on the side that it came from. */
export const withMoved = (
  layout: ColumnLayout,
  columns: readonly TableColumn[],
  key: string,
  target: string,
): ColumnLayout => {
  const keys = orderedColumns(columns, layout).map((column) => column.key)
  const from = keys.indexOf(key)
  const to = keys.indexOf(target)
  if (from === -1 || to === -1 || from === to) return layout
  keys.splice(to, 0, ...keys.splice(from, 1))
  return { ...layout, order: keys }
}
