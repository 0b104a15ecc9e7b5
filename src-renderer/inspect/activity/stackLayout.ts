/** Places of the strips that share one axis of time, in CSS pixels. */

type StripKind = 'samples' | 'raster' | 'rates' | 'classes' | 'trace' | 'axis'

export interface Strip {
  readonly kind: StripKind
  /** Place among the strips of its kind. */
  readonly index: number
  readonly top: number
  readonly height: number
}

export interface StackLayout {
  readonly width: number
  readonly height: number
  /** Left edge and width of the plot that all strips share. */
  readonly left: number
  readonly plotWidth: number
  readonly strips: readonly Strip[]
}

interface StackContent {
  /** Neurons of each layer. */
  readonly layers: readonly number[]
  readonly classes: boolean
  readonly traces: number
  /** Height of a raster at least; absent: as much as is easily read. */
  readonly leastRaster?: number | undefined
  /** CSS pixels above each raster that it is not drawn in; absent: none. */
  readonly above?: readonly number[]
}

/** Of a line of answers above a raster. */
export const answersHeight = 14

const gutter = 94
const rightEdge = 18
const gap = 6
const heights = { samples: 46, rates: 74, classes: 74, trace: 66, axis: 30 } as const
const easilyRead = 56

/** The least height that shows everything. */
export const leastHeight = ({ layers, classes, traces, leastRaster = easilyRead, above = [] }: StackContent): number =>
  heights.samples +
  above.reduce((sum, own) => sum + own, 0) +
  layers.length * (leastRaster + gap) +
  (heights.rates + gap) +
  (classes ? heights.classes + gap : 0) +
  traces * (heights.trace + gap) +
  heights.axis

/**
 * Rasters take most of what is left, larger layers more of it, by the root of their size; in a large room the other strips
 * grow as well.
 */
export const layoutStack = (width: number, wantedHeight: number, content: StackContent): StackLayout => {
  const { layers, classes, traces, leastRaster = easilyRead, above = [] } = content
  const height = Math.max(wantedHeight, leastHeight(content))
  const left = height - leastHeight(content)
  const lower = heights.rates + (classes ? heights.classes : 0) + traces * heights.trace
  const grown = Math.min(0.8, left / 1500, left / (2 * lower))
  const spare = left - lower * grown
  const weights = layers.map((neurons) => Math.sqrt(neurons))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const strips: Strip[] = []
  let top = 0
  const add = (kind: StripKind, index: number, stripHeight: number): void => {
    strips.push({ kind, index, top, height: stripHeight })
    top += stripHeight + (kind === 'samples' ? 0 : gap)
  }
  add('samples', 0, heights.samples)
  for (const [index, weight] of weights.entries()) {
    top += above[index] ?? 0
    add('raster', index, leastRaster + (spare * weight) / total)
  }
  add('rates', 0, heights.rates * (1 + grown))
  if (classes) add('classes', 0, heights.classes * (1 + grown))
  for (let trace = 0; trace < traces; trace++) add('trace', trace, heights.trace * (1 + grown))
  strips.push({ kind: 'axis', index: 0, top: top - gap, height: heights.axis })
  return { width, height, left: gutter, plotWidth: Math.max(1, width - gutter - rightEdge), strips }
}

export const stripAt = ({ strips }: StackLayout, y: number): Strip | null =>
  strips.find(({ top, height }) => y >= top && y < top + height) ?? null
