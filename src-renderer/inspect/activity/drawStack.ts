/** Draws the strips around and under the rasters: on the screen, and for figures that are saved. */
import { formatCount, formatMeasured } from '../../trials/format.ts'
import { spikesBefore } from '../../../src-core/activity/activity.ts'
import { drawClassRates, drawRates } from './drawRates.ts'
import { drawSamples } from './drawSamples.ts'
import { drawTrace } from './drawTrace.ts'
import { labelRight, type StackDrawing } from './stackDrawing.ts'
import type { StackLayout, Strip } from './stackLayout.ts'
import { colourOfPalette, font, label, xOf } from './stripParts.ts'
import { ticksOf } from './timeView.ts'

export const drawStack = (drawing: StackDrawing): void => {
  drawBrush(drawing, 'under')
  for (const strip of drawing.layout.strips) {
    if (strip.kind === 'samples') drawSamples(drawing, strip)
    else if (strip.kind === 'axis') drawAxis(drawing, strip)
    else {
      drawFrame(drawing, strip)
      if (strip.kind === 'raster') {
        drawRasterLabels(drawing, strip)
        drawAnswers(drawing, strip)
      }
      if (strip.kind === 'rates') drawRates(drawing, strip)
      if (strip.kind === 'classes') drawClassRates(drawing, strip)
      const trace = drawing.model.traces[strip.index]
      if (strip.kind === 'trace' && trace !== undefined) drawTrace(drawing, strip, trace)
    }
  }
  drawBrush(drawing, 'over')
}

const plotStrips = ({ strips }: StackLayout): { top: number; bottom: number } => {
  const inner = strips.filter(({ kind }) => kind !== 'samples' && kind !== 'axis')
  const last = inner.at(-1)
  return { top: inner[0]?.top ?? 0, bottom: last === undefined ? 0 : last.top + last.height }
}

const drawBrush = ({ context, layout, view, colours }: StackDrawing, pass: 'under' | 'over'): void => {
  const { top, bottom } = plotStrips(layout)
  const inside = (x: number): number => Math.max(layout.left, Math.min(layout.left + layout.plotWidth, x))
  if (view.brush !== null) {
    const left = inside(xOf(layout, view, view.brush.from))
    const right = inside(xOf(layout, view, view.brush.to))
    if (pass === 'under') {
      context.fillStyle = colours.accentSoft
      context.fillRect(left, top, right - left, bottom - top)
    } else {
      context.fillStyle = colours.accent
      for (const x of [left, right]) context.fillRect(x - 0.5, top, 1, bottom - top)
    }
  }
  if (pass === 'over' && view.cursor !== null) {
    context.fillStyle = colours.mutedText
    context.globalAlpha = 0.5
    context.fillRect(inside(xOf(layout, view, view.cursor)), top, 1, bottom - top)
    context.globalAlpha = 1
  }
}

const drawFrame = ({ context, layout, model, view, colours }: StackDrawing, { top, height }: Strip): void => {
  const { left, plotWidth } = layout
  context.fillStyle = colours.line
  context.fillRect(left - 1, top, 1, height)
  context.fillRect(left - 1, top + height, plotWidth + 1, 1)
  // Lines between samples, as long as they can be told apart.
  const visible = model.activity.places.filter(({ from }) => from > view.time.from && from < view.time.to)
  if (visible.length > plotWidth / 12) return
  context.fillStyle = colours.grid
  for (const { from } of visible) context.fillRect(Math.round(xOf(layout, view, from)), top, 1, height)
}

const drawRasterLabels = (drawing: StackDrawing, strip: Strip): void => {
  const { context, layout, model, view, colours } = drawing
  const layer = model.layers[strip.index]
  const rows = view.rows[strip.index]
  const own = model.activity.layers[strip.index]
  if (layer === undefined || rows === undefined || own === undefined) return
  const [head, below] = layer.heads ?? [layer.raster.name, `${formatCount(layer.raster.rows)} neurons`]
  label(drawing, strip, head, below)
  const spikes = spikesBefore(own, view.time.to) - spikesBefore(own, view.time.from)
  // Of a low strip the last line would stand in the next one.
  if (strip.height >= 38) context.fillText(`${formatCount(spikes)} spikes`, labelRight, strip.top + 28)
  context.fillStyle = colourOfPalette(colours, layer.colour)
  context.fillRect(layout.left - 5, strip.top, 3, strip.height)
  // Traced neurons are marked at the edge of their row.
  context.fillStyle = colours.accent
  for (const { layer: name, neuron } of model.traces) {
    const row = layer.rows[neuron]
    if (name !== layer.raster.name || row === undefined || row < rows.from || row >= rows.to) continue
    const y = strip.top + ((row + 0.5 - rows.from) / (rows.to - rows.from)) * strip.height
    context.beginPath()
    context.moveTo(layout.left, y)
    context.lineTo(layout.left - 7, y - 4)
    context.lineTo(layout.left - 7, y + 4)
    context.fill()
    context.globalAlpha = 0.35
    context.fillRect(layout.left, y - 0.5, layout.plotWidth, 1)
    context.globalAlpha = 1
  }
}

/** What the network of a raster answers, above the beginning of each sample, as long as it fits there. */
const drawAnswers = ({ context, layout, model, view, colours }: StackDrawing, { index, top }: Strip): void => {
  context.font = font(colours, 10, 600)
  context.textAlign = 'left'
  context.textBaseline = 'bottom'
  for (const { from, to, text, correct } of model.layers[index]?.answers ?? []) {
    const left = Math.max(layout.left, xOf(layout, view, from))
    const room = Math.min(layout.left + layout.plotWidth, xOf(layout, view, to)) - left
    if (room < context.measureText(text).width + 4) continue
    context.fillStyle = correct ? colours.good : colours.threshold
    context.fillText(text, left + 2, top - 1)
  }
}

const drawAxis = ({ context, layout, model, view, colours }: StackDrawing, { top }: Strip): void => {
  const ms = { from: view.time.from * model.dtMs, to: view.time.to * model.dtMs }
  context.font = font(colours, 11)
  context.textAlign = 'center'
  context.textBaseline = 'top'
  for (const tick of ticksOf(ms, layout.plotWidth / 90)) {
    const x = xOf(layout, view, tick / model.dtMs)
    context.fillStyle = colours.line
    context.fillRect(Math.round(x), top, 1, 4)
    context.fillStyle = colours.mutedText
    context.fillText(formatMeasured(Number(tick.toPrecision(6))), x, top + 6)
  }
  context.textAlign = 'right'
  context.fillText(`time, ${model.timeUnit}`, labelRight, top + 6)
  if (view.cursor === null) return
  const text = `${formatMeasured(Number((view.cursor * model.dtMs).toFixed(1)))} ${model.timeUnit}`
  const half = context.measureText(text).width / 2 + 4
  const x = Math.max(
    layout.left + half,
    Math.min(layout.left + layout.plotWidth - half, xOf(layout, view, view.cursor)),
  )
  context.fillStyle = colours.text
  context.fillRect(x - half, top + 3, 2 * half, 17)
  context.fillStyle = colours.surface
  context.textAlign = 'center'
  context.fillText(text, x, top + 6)
}
