/** What the drawings of the strips share: places on the axis, names, ticks and keys. */
import type { ChartColours } from '../../charts/colours.ts'
import { labelRight, type StackDrawing, type StackView } from './stackDrawing.ts'
import type { RateSeries } from '../../../src-core/activity/rates.ts'
import type { StackLayout, Strip } from './stackLayout.ts'

export const font = (colours: ChartColours, size = 11, weight = 400): string => `${weight} ${size}px ${colours.font}`

/** Position of a step. */
export const xOf = ({ left, plotWidth }: StackLayout, { time }: StackView, step: number): number =>
  left + ((step - time.from) / (time.to - time.from)) * plotWidth

/** Step at a position, in parts of steps. */
export const stepAt = ({ left, plotWidth }: StackLayout, { time }: StackView, x: number): number =>
  time.from + ((x - left) / plotWidth) * (time.to - time.from)

export const label = ({ context, colours }: StackDrawing, strip: Strip, title: string, lower: string): void => {
  context.textAlign = 'right'
  context.textBaseline = 'top'
  context.fillStyle = colours.text
  context.font = font(colours, 11, 600)
  context.fillText(title, labelRight, strip.top + 2)
  context.fillStyle = colours.mutedText
  context.font = font(colours, 10)
  context.fillText(lower, labelRight, strip.top + 16, labelRight - 2)
}

export const colourOfPalette = ({ palette, text }: ChartColours, place: number): string => palette[place] ?? text

/** A value at the left edge inside the plot, where names are not in its way. */
export const drawTick = ({ context, layout, colours }: StackDrawing, text: string, y: number): void => {
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.font = font(colours, 9)
  context.fillStyle = colours.mutedText
  context.fillRect(layout.left - 4, Math.round(y), 3, 1)
  context.strokeStyle = colours.surface
  context.lineWidth = 3
  context.strokeText(text, layout.left + 3, y + 5)
  context.fillText(text, layout.left + 3, y + 5)
}

export interface Line {
  readonly series: RateSeries
  readonly colour: string
  readonly name: string
}

/** Pixels at the top of a strip that its key has for itself: a peak under it would not be seen. */
const keyHeight = 15

/** The part of a strip with a key that lines are drawn in. */
export const belowKey = ({ top, height }: Strip): Pick<Strip, 'top' | 'height'> => {
  const room = Math.min(keyHeight, height / 3)
  return { top: top + room, height: height - room }
}

/** Names of the lines in their colours at the right of the strip, above its lines. */
export const drawKey = ({ context, layout, colours }: StackDrawing, strip: Strip, lines: readonly Line[]): void => {
  context.font = font(colours, 10, 600)
  context.textAlign = 'left'
  context.textBaseline = 'top'
  const widths = lines.map(({ name }) => context.measureText(name).width + 16)
  let x = layout.left + layout.plotWidth - widths.reduce((sum, width) => sum + width, 0)
  for (const [index, { name, colour }] of lines.entries()) {
    context.fillStyle = colours.surface
    context.globalAlpha = 0.75
    context.fillRect(x - 2, strip.top + 1, (widths[index] ?? 0) - 1, 13)
    context.globalAlpha = 1
    context.fillStyle = colour
    context.fillRect(x, strip.top + 6, 8, 2.5)
    context.fillText(name, x + 10, strip.top + 2)
    x += widths[index] ?? 0
  }
}

export const clip = ({ context, layout }: StackDrawing, { top, height }: Strip): void => {
  context.save()
  context.beginPath()
  context.rect(layout.left, top, layout.plotWidth, height + 1)
  context.clip()
}
