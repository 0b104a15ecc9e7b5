/** Rasters of all layers of one run under each other, each below its name: small pictures beside something else. */
import type { ChartColours } from '../../charts/colours.ts'
import type { FigureSize } from '../../state/figure.ts'
import { formatPlural } from '../../trials/format.ts'
import { drawSpikes } from './canvasRaster.ts'
import type { RasterLayer } from './raster.ts'

const gutter = 8
const gap = 16

interface Bands {
  readonly layers: readonly { readonly raster: RasterLayer; readonly colour: number }[]
  readonly steps: number
}

export const drawBands = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  colours: ChartColours,
  { layers, steps }: Bands,
): void => {
  const band = height / layers.length
  const time = { from: 0, to: steps }
  const place = { left: gutter, width: width - 2 * gutter, time, brush: null, colours: colours.palette }
  for (const [index, { raster, colour }] of layers.entries()) {
    const top = index * band + gap
    context.fillStyle = colours.palette[colour] ?? colours.text
    context.font = `600 10px ${colours.font}`
    context.textBaseline = 'bottom'
    context.textAlign = 'left'
    context.fillText(`${raster.name}: ${formatPlural(raster.steps.length, 'spike')}`, gutter, top - 2)
    context.fillStyle = colours.line
    context.fillRect(gutter, index * band + band - 1, width - 2 * gutter, 1)
    drawSpikes(context, raster, { top, height: band - gap - 2, rows: { from: 0, to: raster.rows } }, place)
  }
}
