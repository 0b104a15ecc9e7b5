/** Draws population rates, and rates by class. */
import { formatValue } from '../../trials/format.ts'
import { populationRate, roundBin } from '../../../src-core/activity/rates.ts'
import type { StackDrawing } from './stackDrawing.ts'
import type { Strip } from './stackLayout.ts'
import { colourOfClass, type StackModel } from './stackModel.ts'
import { belowKey, clip, colourOfPalette, drawKey, drawTick, label, type Line, xOf } from './stripParts.ts'
import { ticksOf } from './timeView.ts'

/** Bins about four pixels wide: narrower ones are noise, wider ones hide what can be seen. */
const binFor = ({ layout, view }: StackDrawing): number =>
  roundBin(((view.time.to - view.time.from) / layout.plotWidth) * 4)

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
  const { top: upper, height } = belowKey(strip)
  const yOf = (rate: number): number => upper + height * (1 - rate / most)
  const ticks = ticksOf({ from: 0, to: most }, 3).slice(1)
  for (const tick of ticks) {
    context.fillStyle = colours.grid
    context.fillRect(layout.left, Math.round(yOf(tick)), layout.plotWidth, 1)
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
  // Over the lines, which begin where the numbers stand.
  for (const tick of ticks) drawTick(drawing, formatValue(tick), yOf(tick))
  drawKey(drawing, strip, lines)
}

/** Of steps without a length, the share of a thousand in which a neuron fires. */
const rateUnit = ({ timeUnit }: StackModel): string => (timeUnit === 'ms' ? 'Hz' : '‰')

const binWords = ({ dtMs, timeUnit }: StackModel, binSteps: number): string =>
  `bins of ${formatValue(binSteps * dtMs)} ${timeUnit === 'steps' && binSteps === 1 ? 'step' : timeUnit}`

export const drawRates = (drawing: StackDrawing, strip: Strip): void => {
  const { model, view, colours } = drawing
  const binSteps = binFor(drawing)
  label(drawing, strip, `rate, ${rateUnit(model)}`, binWords(model, binSteps))
  const lines = model.activity.layers.flatMap(({ before, layer }, index): Line[] => {
    const { colour = 0, hasRate = true, heads } = model.layers[index] ?? {}
    if (!hasRate) return []
    const series = populationRate(before, layer.neurons, view.time, { binSteps, dtMs: model.dtMs })
    return [{ series, colour: colourOfPalette(colours, colour), name: heads?.[0] ?? layer.name }]
  })
  drawLines(drawing, strip, lines)
}

export const drawClassRates = (drawing: StackDrawing, strip: Strip): void => {
  const { model, view, colours } = drawing
  if (model.classes === null) return
  const binSteps = Math.max(binFor(drawing), roundBin((view.time.to - view.time.from) / 60))
  label(drawing, strip, `class, ${rateUnit(model)}`, binWords(model, binSteps))
  const { neurons, before } = model.classes
  const lines = before.map((own, index) => ({
    series: populationRate(own, neurons[index] ?? 0, view.time, { binSteps, dtMs: model.dtMs }),
    colour: colourOfPalette(colours, colourOfClass(index)),
    name: String(index),
  }))
  drawLines(
    drawing,
    strip,
    lines.filter((_, index) => (neurons[index] ?? 0) > 0),
  )
}
