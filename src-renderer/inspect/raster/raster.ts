/** A raster of spikes, as its renderers share it. Rows count from the top; steps are those of the shared axis. */
import type { StepRange } from '../../../src-core/activity/activity.ts'

export interface RasterLayer {
  readonly name: string
  readonly rows: number
  /** [spikes], rising. */
  readonly steps: Uint32Array
  /** [spikes]: row of each spike's neuron. */
  readonly spikeRows: Uint32Array
  /** [rows]: place in the palette. */
  readonly rowColours: Uint8Array
  /** [steps + 1]: spikes before each step. */
  readonly before: Uint32Array
}

/** Where a layer is drawn, in CSS pixels of the canvas, and which of its rows are seen. */
export interface RasterBand {
  readonly top: number
  readonly height: number
  readonly rows: StepRange
}

export interface RasterView {
  /** Size of the canvas in CSS pixels, and device pixels to each of them. */
  readonly width: number
  readonly height: number
  readonly pixelRatio: number
  readonly time: StepRange
  /** Spikes outside are drawn faint; null: nothing is brushed. */
  readonly brush: StepRange | null
  /** One for each layer. */
  readonly bands: readonly RasterBand[]
  /** sRGB, 0 to 1, of each place in the palette. */
  readonly palette: readonly (readonly [number, number, number])[]
}

export type RasterMode = 'points' | 'density'

export interface RasterRenderer {
  readonly kind: 'webgl2' | 'canvas'
  /** Takes new spikes; the next drawing shows them. */
  setLayers(layers: readonly RasterLayer[], steps: number): void
  /** Draws at once. Returns how each layer was drawn. */
  draw(view: RasterView): readonly RasterMode[]
  dispose(): void
}

/** Places in the palette at most. */
export const paletteSize = 16

/**
 * Edge of the square of a spike in CSS pixels: as high as its row, within what can be seen and told apart.
 * @param area CSS pixels to each spike in view; lone spikes are drawn larger
 */
export const pointSize = (rowHeight: number, stepWidth: number, area: number): number => {
  const least = Math.max(1.5, Math.min(3.5, Math.sqrt(area) / 6))
  return Math.max(least, Math.min(5, Math.max(rowHeight * 0.9, Math.min(stepWidth, rowHeight) * 0.9)))
}

/** Opacity of a spike outside the brush. */
export const faint = 0.18
