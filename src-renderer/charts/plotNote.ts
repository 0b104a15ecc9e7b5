/** What a plot says of its marks in its corner. */
import { soFarWords } from '../../src-core/progress/soFar.ts'
import { drawMark } from './drawMark.ts'
import { isLive, type Marks } from './marks.ts'
import type { Plot, PlotFrame, PlotNote } from './plot.ts'
import { freestBox } from './plotLabels.ts'

/** Running trials stand where no result does: as long as some are drawn, the plot says what they are drawn by. */
export const soFarNote = ({ kinds }: Pick<Marks, 'kinds'>): PlotNote | null =>
  kinds.some(isLive) ? { kind: 'running', text: soFarWords } : null

const height = 16

/** In the corner with the fewest marks; of equal ones where training ends last: few trials are good and silent at once. */
export const paintNote = (context: CanvasRenderingContext2D, frame: PlotFrame, note: PlotNote, plot: Plot): void => {
  const { area, colours } = frame
  context.font = `11px ${colours.font}`
  const width = context.measureText(note.text).width + 22
  const tops = [area.bottom - height - 3, area.top + 3]
  const corners = tops.flatMap((top) =>
    [area.right - width - 3, area.left + 3].map((left) => ({ left, top, right: left + width, bottom: top + height })),
  )
  const { left, top } = freestBox(frame, plot, corners)
  context.globalAlpha = 0.85
  context.fillStyle = colours.surface
  context.fillRect(left, top, width, height)
  context.globalAlpha = 1
  drawMark(context, note.kind, { x: left + 9, y: top + height / 2, size: 0.8 }, colours)
  context.fillStyle = colours.mutedText
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillText(note.text, left + 18, top + height / 2)
}
