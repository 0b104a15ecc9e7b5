/** Draws the strips around and under the rasters: on the screen, and for figures that are saved. */
import { formatCount, formatValue } from '../../model/format.ts'
import type { InspectColours } from '../parts/inspectColours.ts'
import { spikesBefore } from './activity.ts'
import type { StepRange } from './activity.ts'
import { drawSamples } from './drawSamples.ts'
import { labelRight } from './labels.ts'
import { populationRate, roundBin } from './rates.ts'
import type { RateSeries } from './rates.ts'
import type { StackDrawing, StackView } from './stackDrawing.ts'
import type { StackLayout, Strip } from './stackLayout.ts'
import { colourOfClass, colourOfLayer } from './stackModel.ts'
import type { StackTrace } from './stackModel.ts'
import { ticksOf } from './timeView.ts'

const font = (colours: InspectColours, size = 11, weight = 400): string => `${weight} ${size}px ${colours.font}`

/** Position of a step. */
export const xOf = ({ left, plotWidth }: StackLayout, { time }: StackView, step: number): number =>
  left + ((step - time.from) / (time.to - time.from)) * plotWidth

/** Step at a position, in parts of steps. */
export const stepAt = ({ left, plotWidth }: StackLayout, { time }: StackView, x: number): number =>
  time.from + ((x - left) / plotWidth) * (time.to - time.from)

export const drawStack = (drawing: StackDrawing): void => {
  drawBrush(drawing, 'under')
  for (const strip of drawing.layout.strips) {
    if (strip.kind === 'samples') drawSamples(drawing, strip)
    else if (strip.kind === 'axis') drawAxis(drawing, strip)
    else {
      drawFrame(drawing, strip)
      if (strip.kind === 'raster') drawRasterLabels(drawing, strip)
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

const label = ({ context, colours }: StackDrawing, strip: Strip, title: string, lower: string): void => {
  context.textAlign = 'right'
  context.textBaseline = 'top'
  context.fillStyle = colours.text
  context.font = font(colours, 11, 600)
  context.fillText(title, labelRight, strip.top + 2)
  context.fillStyle = colours.mutedText
  context.font = font(colours, 10)
  context.fillText(lower, labelRight, strip.top + 16)
}

const drawRasterLabels = (drawing: StackDrawing, strip: Strip): void => {
  const { context, layout, model, view, colours } = drawing
  const layer = model.layers[strip.index]
  const rows = view.rows[strip.index]
  const own = model.activity.layers[strip.index]
  if (layer === undefined || rows === undefined || own === undefined) return
  label(drawing, strip, layer.raster.name, `${formatCount(layer.raster.rows)} neurons`)
  const spikes = spikesBefore(own, view.time.to) - spikesBefore(own, view.time.from)
  context.fillText(`${formatCount(spikes)} spikes`, labelRight, strip.top + 28)
  context.fillStyle = colourOfPalette(colours, colourOfLayer(strip.index))
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

const colourOfPalette = ({ palette, text }: InspectColours, place: number): string => palette[place] ?? text

/** Bins about four pixels wide: narrower ones are noise, wider ones hide what can be seen. */
const binFor = ({ layout, view }: StackDrawing): number =>
  roundBin(((view.time.to - view.time.from) / layout.plotWidth) * 4)

/** A value at the left edge inside the plot, where names are not in its way. */
const drawTick = ({ context, layout, colours }: StackDrawing, text: string, y: number): void => {
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.font = font(colours, 9)
  context.fillStyle = colours.mutedText
  context.fillRect(layout.left - 4, Math.round(y), 3, 1)
  context.fillText(text, layout.left + 3, y + 5)
}

interface Line {
  readonly series: RateSeries
  readonly colour: string
  readonly name: string
}

const drawLines = (drawing: StackDrawing, strip: Strip, lines: readonly Line[]): void => {
  const { context, layout, view, colours } = drawing
  const top = lines.reduce(
    (most, { series }) =>
      Math.max(
        most,
        series.rates.reduce((a, b) => Math.max(a, b), 0),
      ),
    0,
  )
  const most = top === 0 ? 1 : top * 1.08
  const yOf = (rate: number): number => strip.top + strip.height * (1 - rate / most)
  for (const tick of ticksOf({ from: 0, to: most }, 3).slice(1)) {
    context.fillStyle = colours.grid
    context.fillRect(layout.left, Math.round(yOf(tick)), layout.plotWidth, 1)
    drawTick(drawing, formatValue(tick), yOf(tick))
  }
  clip(drawing, strip)
  context.lineWidth = 1.25
  for (const { series, colour } of lines) {
    context.strokeStyle = colour
    context.beginPath()
    for (const [bin, rate] of series.rates.entries()) {
      const start = series.from + bin * series.binSteps
      const y = yOf(rate)
      if (bin === 0) context.moveTo(xOf(layout, view, start), y)
      else context.lineTo(xOf(layout, view, start), y)
      context.lineTo(xOf(layout, view, start + series.binSteps), y)
    }
    context.stroke()
  }
  context.restore()
  drawKey(drawing, strip, lines)
}

/** Names of the lines in their colours at the right of the strip. */
const drawKey = ({ context, layout, colours }: StackDrawing, strip: Strip, lines: readonly Line[]): void => {
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

const clip = ({ context, layout }: StackDrawing, { top, height }: Strip): void => {
  context.save()
  context.beginPath()
  context.rect(layout.left, top, layout.plotWidth, height + 1)
  context.clip()
}

const drawRates = (drawing: StackDrawing, strip: Strip): void => {
  const { model, view, colours } = drawing
  const binSteps = binFor(drawing)
  label(drawing, strip, 'rate, Hz', `bins of ${formatValue(binSteps * model.dtMs)} ms`)
  const lines = model.activity.layers.map(({ before, layer }, index) => ({
    series: populationRate(before, layer.neurons, view.time, binSteps, model.dtMs),
    colour: colourOfPalette(colours, colourOfLayer(index)),
    name: layer.name,
  }))
  drawLines(drawing, strip, lines)
}

const drawClassRates = (drawing: StackDrawing, strip: Strip): void => {
  const { model, view, colours } = drawing
  if (model.classes === null) return
  const binSteps = Math.max(binFor(drawing), roundBin((view.time.to - view.time.from) / 60))
  label(drawing, strip, 'class, Hz', `bins of ${formatValue(binSteps * model.dtMs)} ms`)
  const { neurons, before } = model.classes
  const lines = before.map((own, index) => ({
    series: populationRate(own, neurons[index] ?? 0, view.time, binSteps, model.dtMs),
    colour: colourOfPalette(colours, colourOfClass(index)),
    name: String(index),
  }))
  drawLines(
    drawing,
    strip,
    lines.filter((_, index) => (neurons[index] ?? 0) > 0),
  )
}

const drawTrace = (drawing: StackDrawing, strip: Strip, trace: StackTrace): void => {
  const { context, layout, model, view, colours } = drawing
  label(drawing, strip, `${trace.layer.slice(0, 3)}. ${trace.neuron}`, 'potential, mV')
  const from = Math.max(0, Math.floor(view.time.from))
  const to = Math.min(trace.thresholdMv.length, Math.ceil(view.time.to) + 1)
  let low = Infinity
  let high = -Infinity
  for (let step = from; step < to; step++) {
    const potential = trace.membranePotentialMv[step] ?? Number.NaN
    const threshold = trace.thresholdMv[step] ?? Number.NaN
    if (potential < low) low = potential
    if (potential > high) high = potential
    if (threshold > high) high = threshold
  }
  if (!(high > low)) return
  // Inhibition may drive a potential far down; what matters happens near the threshold.
  const rest = trace.membranePotentialMv[model.activity.places.find((place) => place.to > from)?.from ?? 0] ?? low
  const cut = view.wholePotential ? low : Math.min(rest, high) - 1.5 * Math.max(1, high - rest)
  low = Math.max(low, cut)
  const margin = (high - low) * 0.08
  const yOf = (value: number): number =>
    strip.top + strip.height * (1 - (value - low + margin) / (high - low + 2 * margin))
  for (const tick of ticksOf({ from: low, to: high }, 3)) drawTick(drawing, formatValue(tick), yOf(tick))
  clip(drawing, strip)
  context.lineWidth = 1.25
  for (const [values, colour, dash] of [
    [trace.thresholdMv, colours.bad, [4, 3]],
    [trace.membranePotentialMv, colours.accent, []],
  ] as const) {
    context.strokeStyle = colour
    context.setLineDash([...dash])
    strokeSteps(drawing, values, { from, to }, yOf)
  }
  context.setLineDash([])
  context.fillStyle = colours.text
  for (const step of trace.spikes) {
    if (step < from || step >= to) continue
    context.fillRect(xOf(layout, view, step + 0.5) - 0.75, strip.top, 1.5, 9)
  }
  context.restore()
  drawKey(drawing, strip, [
    { name: 'threshold', colour: colours.bad, series: { binSteps: 1, from: 0, rates: new Float32Array(0) } },
  ])
}

/** A line through every step, or from the lowest to the highest value of each pixel where steps are narrower. */
const strokeSteps = (
  { context, layout, view }: StackDrawing,
  values: Float32Array,
  { from, to }: StepRange,
  yOf: (value: number) => number,
): void => {
  const perPixel = (view.time.to - view.time.from) / layout.plotWidth
  const stride = Math.max(1, Math.floor(perPixel))
  context.beginPath()
  let drawing = false
  for (let step = from; step < to; step += stride) {
    let low = Infinity
    let high = -Infinity
    for (let one = step; one < Math.min(to, step + stride); one++) {
      const value = values[one] ?? Number.NaN
      if (value < low) low = value
      if (value > high) high = value
    }
    if (low > high) {
      drawing = false
      continue
    }
    const x = xOf(layout, view, step + stride / 2)
    if (drawing) context.lineTo(x, yOf(low))
    else context.moveTo(x, yOf(low))
    if (high > low) context.lineTo(x, yOf(high))
    drawing = true
  }
  context.stroke()
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
    context.fillText(String(Number(tick.toPrecision(6))), x, top + 6)
  }
  context.textAlign = 'right'
  context.fillText('time, ms', labelRight, top + 6)
  if (view.cursor === null) return
  const text = `${String(Number((view.cursor * model.dtMs).toFixed(1)))} ms`
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
