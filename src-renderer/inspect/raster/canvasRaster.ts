/** The raster on a two-dimensional canvas: where WebGL2 is not there, and for figures that are saved. */
import type { StepRange } from '../../../src-core/activity/activity.ts'
import {
  faint,
  pointSize,
  type RasterBand,
  type RasterLayer,
  type RasterMode,
  type RasterRenderer,
  type RasterView,
} from './raster.ts'

/** What of a context drawing needs; one that writes SVG has it too. */
export type SpikeContext = Pick<CanvasRenderingContext2D, 'fillRect'> & {
  fillStyle: string | CanvasGradient | CanvasPattern
  globalAlpha: number
}

interface Place {
  readonly left: number
  readonly width: number
  readonly time: StepRange
  readonly brush: StepRange | null
  /** Of each place in the palette, as CSS writes them. */
  readonly colours: readonly string[]
}

/** Draws the spikes of a layer as squares, those that fall on the same one once. */
export const drawSpikes = (
  context: SpikeContext,
  layer: RasterLayer,
  band: RasterBand,
  { left, width, time, brush, colours }: Place,
): void => {
  const stepWidth = width / (time.to - time.from)
  const rowHeight = band.height / (band.rows.to - band.rows.from)
  const end = layer.before.length - 1
  const first = layer.before[Math.max(0, Math.min(end, Math.floor(time.from)))] ?? 0
  const last = layer.before[Math.max(0, Math.min(end, Math.ceil(time.to)))] ?? 0
  const size = pointSize(rowHeight, stepWidth, (width * band.height) / Math.max(1, last - first))
  // Half the size of a point: no finer difference can be seen.
  const grid = size / 2
  const columns = Math.ceil(width / grid) + 1
  const drawn = new Uint8Array(columns * (Math.ceil(band.height / grid) + 1))
  let colour = -1
  let strength = -1
  for (let spike = first; spike < last; spike++) {
    const step = layer.steps[spike] ?? 0
    const row = layer.spikeRows[spike] ?? 0
    const x = (step + 0.5 - time.from) * stepWidth
    const y = (row + 0.5 - band.rows.from) * rowHeight
    if (x < 0 || x > width || y < 0 || y > band.height) continue
    const cell = Math.floor(y / grid) * columns + Math.floor(x / grid)
    if (drawn[cell] === 1) continue
    drawn[cell] = 1
    const ownColour = layer.rowColours[row] ?? 0
    if (ownColour !== colour) context.fillStyle = colours[(colour = ownColour)] ?? '#808080'
    const ownStrength = brush === null || (step >= brush.from && step < brush.to) ? 1 : faint
    if (ownStrength !== strength) context.globalAlpha = strength = ownStrength
    context.fillRect(left + x - size / 2, band.top + y - size / 2, size, size)
  }
  context.globalAlpha = 1
}

const cssOf = ([red, green, blue]: readonly [number, number, number]): string =>
  `rgb(${Math.round(red * 255)} ${Math.round(green * 255)} ${Math.round(blue * 255)})`

/** @returns null where the canvas has a context of another kind already. */
export const createCanvasRaster = (canvas: HTMLCanvasElement): RasterRenderer | null => {
  const context = canvas.getContext('2d')
  if (context === null) return null
  let layers: readonly RasterLayer[] = []
  return {
    kind: 'canvas',
    setLayers(next) {
      layers = next
    },
    draw(view: RasterView): readonly RasterMode[] {
      canvas.width = Math.round(view.width * view.pixelRatio)
      canvas.height = Math.round(view.height * view.pixelRatio)
      context.scale(view.pixelRatio, view.pixelRatio)
      const { width, time, brush, palette } = view
      const place = { left: 0, width, time, brush, colours: palette.map(cssOf) }
      for (const [index, layer] of layers.entries()) {
        const band = view.bands[index]
        if (band !== undefined) drawSpikes(context, layer, band, place)
      }
      return layers.map(() => 'points')
    },
    dispose() {
      layers = []
    },
  }
}
