/** Rasters and everything under them as one figure that can be saved. */
import type { Figure } from '../../state/figure.ts'
import { coloursNow } from '../../charts/colours.ts'
import { drawSpikes } from '../raster/canvasRaster.ts'
import { drawStack } from './drawStack.ts'
import type { ImageOf, StackView } from './stackDrawing.ts'
import { layoutStack, leastHeight } from './stackLayout.ts'
import type { StackModel } from './stackModel.ts'

/** Spikes in the data of a figure at most: what a sheet holds. */
const spikesInData = 1_000_000

export const activityFigure = (model: StackModel, view: StackView, imageOf: ImageOf, name: string): Figure => ({
  name,
  draw(context, size) {
    const colours = coloursNow()
    const content = {
      layers: model.layers.map(({ raster }) => raster.rows),
      classes: model.classes !== null,
      traces: model.traces.length,
    }
    // Drawn as large as it must be to be read, and made smaller to fit.
    const scale = Math.min(1, size.height / leastHeight(content))
    const layout = layoutStack(size.width / scale, size.height / scale, content)
    context.save()
    context.scale(scale, scale)
    context.fillStyle = colours.surface
    context.fillRect(0, 0, layout.width, layout.height)
    drawStack({ context, layout, model, view: { ...view, cursor: null }, colours, imageOf })
    const place = { left: layout.left, width: layout.plotWidth, time: view.time, brush: view.brush }
    for (const { kind, index, top, height } of layout.strips) {
      const layer = model.layers[index]
      const rows = view.rows[index]
      if (kind !== 'raster' || layer === undefined || rows === undefined) continue
      drawSpikes(context, layer.raster, { top, height, rows }, place, colours.palette)
    }
    context.restore()
  },
  data() {
    const rows: (string | number)[][] = []
    for (const { layer, before, steps, neurons } of model.activity.layers) {
      const end = before[Math.min(before.length - 1, Math.ceil(view.time.to))] ?? 0
      for (let spike = before[Math.floor(view.time.from)] ?? 0; spike < end && rows.length < spikesInData; spike++) {
        rows.push([layer.name, neurons[spike] ?? 0, (steps[spike] ?? 0) * model.dtMs])
      }
    }
    return { columns: ['layer', 'neuron', 'timeMs'], rows }
  },
})
