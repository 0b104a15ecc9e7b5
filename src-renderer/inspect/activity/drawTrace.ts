/** Draws the membrane potential of a neuron with its adaptive threshold. */
import { formatValue } from '../../trials/format.ts'
import type { StepRange } from '../../../src-core/activity/activity.ts'
import type { StackDrawing } from './stackDrawing.ts'
import type { Strip } from './stackLayout.ts'
import type { StackTrace } from './stackModel.ts'
import { belowKey, clip, drawKey, drawTick, label, xOf } from './stripParts.ts'
import { ticksOf } from './timeView.ts'

/** As much of a name as there is room for: "exc.", "conv1". */
const shortLayer = (name: string): string => (name.length <= 6 ? name : `${name.slice(0, 3)}.`)

export const drawTrace = (drawing: StackDrawing, strip: Strip, trace: StackTrace): void => {
  const { context, layout, model, view, colours } = drawing
  label(
    drawing,
    strip,
    `${shortLayer(trace.layer)} ${trace.neuron}`,
    `potential${model.potentialUnit === null ? '' : `, ${model.potentialUnit}`}`,
  )
  const from = Math.max(0, Math.floor(view.time.from))
  const to = Math.min(trace.threshold.length, Math.ceil(view.time.to) + 1)
  let low = Infinity
  let high = -Infinity
  for (let step = from; step < to; step++) {
    const potential = trace.membranePotential[step] ?? Number.NaN
    const threshold = trace.threshold[step] ?? Number.NaN
    if (potential < low) low = potential
    if (potential > high) high = potential
    if (threshold > high) high = threshold
  }
  if (!(high > low)) return
  // Inhibition may drive a potential far down; what matters happens near the threshold.
  const rest = trace.membranePotential[model.activity.places.find((place) => place.to > from)?.from ?? 0] ?? low
  const cut = view.wholePotential
    ? low
    : Math.min(rest, high) - 1.5 * Math.max(model.potentialUnit === null ? 1e-3 : 1, high - rest)
  low = Math.max(low, cut)
  const margin = (high - low) * 0.08
  const { top, height } = belowKey(strip)
  const yOf = (value: number): number => top + height * (1 - (value - low + margin) / (high - low + 2 * margin))
  clip(drawing, strip)
  context.lineWidth = 1.25
  for (const [values, colour, dash] of [
    [trace.threshold, colours.threshold, [4, 3]],
    [trace.membranePotential, colours.accent, []],
  ] as const) {
    context.strokeStyle = colour
    context.setLineDash([...dash])
    strokeSteps(drawing, values, { from, to }, yOf)
  }
  context.setLineDash([])
  context.fillStyle = colours.text
  for (const step of trace.spikes) {
    if (step < from || step >= to) continue
    context.fillRect(xOf(layout, view, step + 0.5) - 0.75, top, 1.5, 9)
  }
  context.restore()
  for (const tick of ticksOf({ from: low, to: high }, 3)) drawTick(drawing, formatValue(tick), yOf(tick))
  drawKey(drawing, strip, [
    { name: 'threshold', colour: colours.threshold, series: { binSteps: 1, from: 0, rates: new Float32Array(0) } },
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
