/** Draws a confusion matrix with its numbers. */
import { formatCount } from '../../trials/format.ts'
import type { FigureSize } from '../../state/figure.ts'
import type { ChartColours } from '../../charts/colours.ts'
import { colourTable } from '../../charts/ramp.ts'
import { type Confusion, largestCount, type Normalisation, normalised } from './confusion.ts'

const cssOf = (pixel: number): string => `rgb(${pixel & 255} ${(pixel >>> 8) & 255} ${(pixel >>> 16) & 255})`
const lightness = (pixel: number): number =>
  (0.299 * (pixel & 255) + 0.587 * ((pixel >>> 8) & 255) + 0.114 * ((pixel >>> 16) & 255)) / 255

interface Cells {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export const cellsOfConfusion = ({ counts }: Confusion, { width, height }: FigureSize): Cells => {
  const columns = counts[0]?.length ?? 1
  const room = { width: width - 44, height: height - 42 }
  const side = Math.max(2, Math.min(room.width / columns, room.height / counts.length))
  return { left: 40 + Math.max(0, (room.width - side * columns) / 2), top: 4, width: side, height: side }
}

interface ConfusionPicture {
  readonly confusion: Confusion
  readonly by: Normalisation
  /** The count of the darkest colour, where several matrices have one scale; absent: its own largest. */
  readonly most?: number | undefined
}

export const drawConfusion = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  colours: ChartColours,
  { confusion, by, most: mostCount }: ConfusionPicture,
): void => {
  const { counts, classes } = confusion
  const shares = normalised(confusion, by)
  const most = by === 'counts' ? (mostCount ?? largestCount(confusion)) : 1
  const table = colourTable(colours.map)
  const cell = cellsOfConfusion(confusion, size)
  const columns = counts[0]?.length ?? 0
  context.fillStyle = colours.surface
  context.fillRect(0, 0, size.width, size.height)
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const font = Math.max(8, Math.min(13, cell.width * 0.32))
  for (const [label, row] of shares.entries()) {
    for (const [answer, value] of row.entries()) {
      const pixel = table[Math.round(Math.min(1, value / most) * 255)] ?? 0
      const left = cell.left + answer * cell.width
      const top = cell.top + label * cell.height
      context.fillStyle = cssOf(pixel)
      context.fillRect(left, top, cell.width - 1, cell.height - 1)
      const text = by === 'counts' ? formatCount(value) : (100 * value).toFixed(value > 0 && value < 0.1 ? 1 : 0)
      if (value > 0 && cell.width >= 18) {
        context.fillStyle = lightness(pixel) > 0.55 ? '#10161f' : '#ffffff'
        context.font = `${label === answer ? 700 : 400} ${font}px ${colours.font}`
        context.fillText(text, left + cell.width / 2 - 0.5, top + cell.height / 2)
      }
      if (label === answer) {
        context.strokeStyle = colours.mutedText
        context.lineWidth = 1
        context.strokeRect(left + 0.5, top + 0.5, cell.width - 2, cell.height - 2)
      }
    }
  }
  context.fillStyle = colours.mutedText
  context.font = `400 11px ${colours.font}`
  const bottom = cell.top + counts.length * cell.height
  // As many numbers as stand clear of one another.
  const every = Math.ceil(12 / cell.height)
  for (let label = 0; label < counts.length; label += every) {
    context.fillText(String(label), cell.left - 10, cell.top + (label + 0.5) * cell.height)
  }
  for (let answer = 0; answer < columns; answer += every) {
    context.fillText(answer < classes ? String(answer) : 'none', cell.left + (answer + 0.5) * cell.width, bottom + 10)
  }
  context.fillText('Answer', cell.left + (columns * cell.width) / 2, bottom + 26)
  context.save()
  context.translate(cell.left - 28, cell.top + (counts.length * cell.height) / 2)
  context.rotate(-Math.PI / 2)
  context.fillText('Label', 0, 0)
  context.restore()
}
