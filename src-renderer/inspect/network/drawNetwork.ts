/** Draws a network: synapses by the sign and the size of their weights, neurons by their kind, spikes on their way. */
import type { Evolved } from '../../../src-core/contracts/evolvedInspection.ts'
import type { ChartColours } from '../../charts/colours.ts'
import type { FigureSize } from '../../state/figure.ts'
import { geometryOf, type NetworkZoom, type Pointed, pointOn } from './networkGeometry.ts'
import type { NetworkLayout, NeuronKind } from './networkLayout.ts'
import type { SpikesOnTheWay } from './networkSpikes.ts'

interface NetworkPicture {
  readonly evolved: Evolved
  readonly layout: NetworkLayout
  readonly zoom: NetworkZoom
  /** What happens at the time that is shown; null: nothing is played. */
  readonly moment: ReturnType<SpikesOnTheWay['at']> | null
  /** In full, with what is connected with it; the others faint. */
  readonly chosen: Pointed | null
  /** Whether delays are written beside the synapses. */
  readonly delays: boolean
}

/** Places in the palette, those of the layers in the rasters. */
const colourPlaces: Readonly<Record<NeuronKind, number>> = { input: 0, hidden: 1, output: 2 }
/** More than these have no arrows: they would be all that is seen. */
const arrowsAtMost = 400
const faint = 0.12

const colourOfKind = ({ palette, text }: ChartColours, kind: NeuronKind): string => palette[colourPlaces[kind]] ?? text

const colourOfWeight = ({ accent, threshold }: ChartColours, weight: number): string =>
  weight < 0 ? threshold : accent

export const drawNetwork = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  colours: ChartColours,
  picture: NetworkPicture,
): void => {
  const { layout, zoom, chosen, moment } = picture
  const geometry = geometryOf(layout, size, zoom)
  const { radius, x, y, curves } = geometry
  context.fillStyle = colours.surface
  context.fillRect(0, 0, size.width, size.height)
  const largest = layout.synapses.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0) || 1
  const concerns = (synapse: number): boolean => {
    const { from, to } = layout.synapses[synapse] ?? {}
    if (chosen === null) return true
    return chosen.kind === 'synapse' ? chosen.place === synapse : chosen.place === from || chosen.place === to
  }
  const dense = layout.synapses.length > 150 ? 0.45 : 0.75
  for (const [synapse, { weight }] of layout.synapses.entries()) {
    const curve = curves[synapse]
    if (curve === undefined) continue
    const share = Math.abs(weight) / largest
    context.globalAlpha = concerns(synapse) ? (chosen === null ? dense : 1) : faint
    context.strokeStyle = colourOfWeight(colours, weight)
    context.lineWidth = 0.6 + 2.6 * share
    // Signs are told without colours too.
    context.setLineDash(weight < 0 ? [5, 3] : [])
    context.beginPath()
    const [x0, y0, x1, y1, x2, y2, x3, y3] = curve
    context.moveTo(x0, y0)
    context.bezierCurveTo(x1, y1, x2, y2, x3, y3)
    context.stroke()
    if (layout.synapses.length <= arrowsAtMost) {
      context.setLineDash([])
      context.fillStyle = colourOfWeight(colours, weight)
      drawArrow(context, { dx: x3 - x2, dy: y3 - y2, x: x3, y: y3, size: 3 + 3 * share })
    }
  }
  context.setLineDash([])
  context.globalAlpha = 1
  if (picture.delays) drawDelays(context, colours, picture, { curves, concerns })
  for (const { synapse, share } of moment?.running ?? []) {
    const curve = curves[synapse]
    const weight = layout.synapses[synapse]?.weight ?? 0
    if (curve === undefined) continue
    const [px, py] = pointOn(curve, share)
    context.beginPath()
    context.arc(px, py, Math.max(2.5, Math.min(5, radius * 0.45)), 0, 2 * Math.PI)
    context.fillStyle = colourOfWeight(colours, weight)
    context.fill()
    context.lineWidth = 1
    context.strokeStyle = colours.surface
    context.stroke()
  }
  drawNeurons(context, colours, picture, { radius, x, y })
  drawHeads(context, size, colours, picture)
}

const drawNeurons = (
  context: CanvasRenderingContext2D,
  colours: ChartColours,
  { layout, moment, chosen }: NetworkPicture,
  { radius, x, y }: { readonly radius: number; readonly x: Float64Array; readonly y: Float64Array },
): void => {
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const [place, { id, kind }] of layout.neurons.entries()) {
    const [px, py] = [x[place] ?? 0, y[place] ?? 0]
    const colour = colourOfKind(colours, kind)
    const fires = moment?.fired.has(place) === true
    if (fires) {
      context.globalAlpha = 0.35
      context.fillStyle = colour
      context.beginPath()
      context.arc(px, py, radius * 1.7, 0, 2 * Math.PI)
      context.fill()
      context.globalAlpha = 1
    }
    context.beginPath()
    context.arc(px, py, radius, 0, 2 * Math.PI)
    context.fillStyle = fires ? colour : colours.surface
    context.fill()
    context.lineWidth = chosen?.kind === 'neuron' && chosen.place === place ? 3.5 : 1.75
    context.strokeStyle = colour
    context.stroke()
    if (radius < 6.5) continue
    context.font = `600 ${Math.min(13, radius * 0.95)}px ${colours.font}`
    context.fillStyle = fires ? colours.surface : colours.text
    context.fillText(String(id), px, py)
  }
}

const drawDelays = (
  context: CanvasRenderingContext2D,
  colours: ChartColours,
  { layout }: NetworkPicture,
  {
    curves,
    concerns,
  }: Pick<ReturnType<typeof geometryOf>, 'curves'> & { readonly concerns: (synapse: number) => boolean },
): void => {
  context.font = `10px ${colours.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const [synapse, { delay }] of layout.synapses.entries()) {
    const curve = curves[synapse]
    if (curve === undefined || !concerns(synapse)) continue
    const [px, py] = pointOn(curve, 0.42)
    const width = context.measureText(String(delay)).width + 4
    context.globalAlpha = 0.85
    context.fillStyle = colours.surface
    context.fillRect(px - width / 2, py - 6, width, 12)
    context.globalAlpha = 1
    context.fillStyle = colours.text
    context.fillText(String(delay), px, py)
  }
}

/** At the end of a curve, in the direction of its last part, in the colour of the context. */
const drawArrow = (
  context: CanvasRenderingContext2D,
  { dx, dy, x, y, size }: Readonly<Record<'dx' | 'dy' | 'x' | 'y' | 'size', number>>,
): void => {
  const length = Math.hypot(dx, dy) || 1
  const [ux, uy] = [dx / length, dy / length]
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(x - ux * size * 1.6 - uy * size * 0.7, y - uy * size * 1.6 + ux * size * 0.7)
  context.lineTo(x - ux * size * 1.6 + uy * size * 0.7, y - uy * size * 1.6 - ux * size * 0.7)
  context.fill()
}

/** Names of the kinds above their columns, and what lines mean below. */
const drawHeads = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  colours: ChartColours,
  { layout }: NetworkPicture,
): void => {
  context.textBaseline = 'top'
  // Where several stand beside each other there is little room.
  context.font = `600 ${width < 260 ? 9 : 11}px ${colours.font}`
  const count = (kind: NeuronKind): number => layout.neurons.filter((one) => one.kind === kind).length
  const heads = [
    ['input', 8, 'left'],
    ['hidden', width / 2, 'center'],
    ['output', width - 8, 'right'],
  ] as const
  for (const [kind, at, align] of heads) {
    if (count(kind) === 0) continue
    context.textAlign = align
    context.fillStyle = colourOfKind(colours, kind)
    context.fillText(`${count(kind)} ${kind}`, at, 8)
  }
  context.font = `11px ${colours.font}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  for (const [text, weight, at] of [
    ['excites', 1, 8],
    ['inhibits', -1, 92],
  ] as const) {
    context.strokeStyle = colourOfWeight(colours, weight)
    context.lineWidth = 2
    context.setLineDash(weight < 0 ? [5, 3] : [])
    context.beginPath()
    context.moveTo(at, height - 10)
    context.lineTo(at + 24, height - 10)
    context.stroke()
    context.fillStyle = colours.mutedText
    context.fillText(text, at + 30, height - 10)
  }
  context.setLineDash([])
}
