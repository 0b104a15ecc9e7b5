/** A row for each hyperparameter, and plots over them beside each other: the first has the names for all. */
import { categoryAxis } from '../charts/axes.ts'
import type { PlotFrame, PlotGuide } from '../charts/plot.ts'

/** CSS pixels left of a plot, of the first for the names, by the width of all plots. */
const gap = 12
const nameRoom = (width: number): number => (width < 420 ? 112 : width > 600 ? 160 : 132)

/** What the plot at this place is wider than others. */
export const extraLeft = (place: number, width: number): number => (place === 0 ? nameRoom(width) - gap : 0)

/** CSS pixels that so many rows have at least, with a horizontal axis below. */
export const leastHeightOf = (rows: number): number => 48 + 15 * rows

/**
 * The vertical axis of the plot at this place, with every other row shaded.
 * @param width of all plots
 */
export const parameterRows = (names: readonly string[], place: number, width: number) => ({
  y: { ...categoryAxis('', place === 0 ? names : names.map(() => '')), reversed: true },
  room: { left: gap + extraLeft(place, width), right: 12 },
  guides: names.flatMap((_, row): PlotGuide[] =>
    row % 2 === 0 ? [] : [{ kind: 'area', axis: 'y', from: row - 0.5, to: row + 0.5, fill: 'quiet' }],
  ),
})

/** The row at a pixel; -1 beside the axes. */
export const rowAt = ({ area, yAt }: PlotFrame, x: number, y: number): number =>
  x < area.left || x > area.right || y < area.top || y > area.bottom ? -1 : Math.round(yAt(y))
