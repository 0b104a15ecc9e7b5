import type { ObjectiveMetric } from '../../src-core/study/metricSchema.ts'
import { colours } from '../charts/colours.ts'
import type { Figure } from '../state/panel.svelte.ts'
import { drawBoxPlot } from './boxPlot.ts'
import type { BoxPlotRow } from './boxPlot.ts'

/** The box plots of a confirmation, with what every run came to as data. */
export const confirmationFigure = (study: string, rows: readonly BoxPlotRow[], metric: ObjectiveMetric): Figure => ({
  name: `${study} confirmation`,
  draw(context, size) {
    const { text, mutedText: muted, grid: line, series, threshold: mean, surface, font } = colours()
    context.fillStyle = surface
    context.fillRect(0, 0, size.width, size.height)
    drawBoxPlot(context, size, rows, metric, { text, muted, line, box: series.feasible, mean, font })
  },
  data: () => ({
    columns: ['trial', 'run', metric],
    rows: rows.flatMap(({ trial, values }) => values.map((value, run) => [trial, run, value])),
  }),
})
