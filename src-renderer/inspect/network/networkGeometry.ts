/** A laid out network in the pixels of a picture: circles, curves, and what lies under the pointer. */
import type { FigureSize } from '../../state/figure.ts'
import type { NetworkLayout, PlacedSynapse } from './networkLayout.ts'

/** What of the network is in view: its middle moved by so much of the picture, and so many times as large. */
export interface NetworkZoom {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export const wholeNetwork: NetworkZoom = { scale: 1, x: 0, y: 0 }

/** Ends and control points of a cubic curve. */
type Curve = readonly [number, number, number, number, number, number, number, number]

interface NetworkGeometry {
  readonly radius: number
  /** [neurons] */
  readonly x: Float64Array
  readonly y: Float64Array
  /** [synapses] */
  readonly curves: readonly Curve[]
}

const margin = { side: 56, top: 44, bottom: 28 }
/** Share of a narrow picture that is left free on each side. */
const narrowSide = 0.16

export const geometryOf = (
  layout: NetworkLayout,
  { width, height }: FigureSize,
  zoom: NetworkZoom,
): NetworkGeometry => {
  const side = Math.min(margin.side, narrowSide * width)
  const [across, down] = [Math.max(1, width - 2 * side), Math.max(1, height - margin.top - margin.bottom)]
  const x = Float64Array.from(layout.neurons, (one) => seen(side + one.x * across, width, zoom.scale, zoom.x))
  const y = Float64Array.from(layout.neurons, (one) => seen(margin.top + one.y * down, height, zoom.scale, zoom.y))
  const room = Math.min(down / layout.tallest, across / Math.max(1, layout.columns - 1))
  const radius = Math.min(13, Math.max(2, room * 0.32)) * Math.sqrt(zoom.scale)
  const curves = layout.synapses.map((synapse) => curveOf(synapse, x, y, { radius, mostBend: side + 2 }))
  return { radius, x, y, curves }
}

/** Where a pixel of the whole picture is seen. */
const seen = (pixel: number, size: number, scale: number, moved: number): number =>
  (pixel - size / 2) * scale + size / 2 + moved * size

/** Curved to its right, so that of two that lead there and back each is seen; one onto its own neuron is a loop above it. */
const curveOf = (
  { from, to }: PlacedSynapse,
  xs: Float64Array,
  ys: Float64Array,
  // Of a curve within a column: those of the first and the last stay in the picture.
  { radius, mostBend }: { readonly radius: number; readonly mostBend: number },
): Curve => {
  const [x0, y0, x3, y3] = [xs[from] ?? 0, ys[from] ?? 0, xs[to] ?? 0, ys[to] ?? 0]
  if (from === to) {
    const [wide, high] = [radius * 2.6, radius * 3.6]
    return [
      x0 - radius * 0.6,
      y0 - radius * 0.8,
      x0 - wide,
      y0 - high,
      x0 + wide,
      y0 - high,
      x0 + radius * 0.6,
      y0 - radius * 0.8,
    ]
  }
  const [dx, dy] = [x3 - x0, y3 - y0]
  const length = Math.hypot(dx, dy) || 1
  // Within a column a straight line would run through the neurons between.
  const bend = Math.abs(dx) < radius ? Math.min(0.22 * length, mostBend) : (dx < 0 ? 0.16 : 0.07) * length
  const [nx, ny] = [(-dy / length) * bend, (dx / length) * bend]
  const trim = Math.min(radius / length, 0.45)
  const [ax, ay, bx, by] = [x0 + dx * trim, y0 + dy * trim, x3 - dx * trim, y3 - dy * trim]
  return [ax, ay, ax + dx / 3 + nx, ay + dy / 3 + ny, bx - dx / 3 + nx, by - dy / 3 + ny, bx, by]
}

/** The point of a curve at a share of its way. */
export const pointOn = ([x0, y0, x1, y1, x2, y2, x3, y3]: Curve, share: number): readonly [x: number, y: number] => {
  const rest = 1 - share
  const [a, b, c, d] = [rest ** 3, 3 * rest * rest * share, 3 * rest * share * share, share ** 3]
  return [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3]
}

export type Pointed =
  { readonly kind: 'neuron'; readonly place: number } | { readonly kind: 'synapse'; readonly place: number }

const reach = 5
/** Pieces that a curve is measured by. */
const pieces = 24

/** The neuron at a pixel, or else the nearest synapse; null: neither is near. */
export const pointedAt = ({ radius, x, y, curves }: NetworkGeometry, px: number, py: number): Pointed | null => {
  for (const place of x.keys()) {
    if (Math.hypot((x[place] ?? 0) - px, (y[place] ?? 0) - py) <= radius + 2) return { kind: 'neuron', place }
  }
  let nearest: Pointed | null = null
  let least = reach
  for (const [place, curve] of curves.entries()) {
    for (let piece = 0; piece <= pieces; piece++) {
      const [cx, cy] = pointOn(curve, piece / pieces)
      const distance = Math.hypot(cx - px, cy - py)
      // Between two points of a long curve the pointer is further from both.
      if (distance < least) {
        least = distance
        nearest = { kind: 'synapse', place }
      }
    }
  }
  return nearest
}

/** Larger by a factor, so that what is at a pixel stays there. */
export const zoomedAt = (
  zoom: NetworkZoom,
  factor: number,
  at: { readonly x: number; readonly y: number },
  { width, height }: FigureSize,
): NetworkZoom => {
  const scale = Math.min(20, Math.max(1, zoom.scale * factor))
  const own = scale / zoom.scale
  const move = (moved: number, pixel: number, size: number): number => {
    const fromMiddle = pixel / size - 0.5
    return fromMiddle - (fromMiddle - moved) * own
  }
  return kept({ scale, x: move(zoom.x, at.x, width), y: move(zoom.y, at.y, height) })
}

/** Moved no further than its edge. */
export const kept = ({ scale, x, y }: NetworkZoom): NetworkZoom => {
  const most = (scale - 1) / 2
  const within = (value: number): number => Math.min(most, Math.max(-most, value))
  return { scale, x: within(x), y: within(y) }
}
