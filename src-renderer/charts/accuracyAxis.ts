import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { isMinimised, metricTitle } from '../../src-core/progress/objectiveText.ts'
import { costLabel, plainLabel } from './labels.ts'
import type { PlotAxis } from './plot.ts'

const step = 0.05

/** The accuracy that was measured of a trial; NaN: none, as of a failed one, which counts as 0 without. */
export const measuredAccuracy = ({ state, objective }: TrialRow): number =>
  state === 'failed' ? NaN : (objective ?? NaN)

/** An axis from the lowest to the highest objective that was measured, of accuracies to the next steps of 0.05, else from 0 to 1. */
export const accuracyAxis = (measured: Float64Array, objective: ShownMetric = 'accuracy'): PlotAxis =>
  isMinimised(objective) ? costAxis(measured, objective) : shareAxis(measured, metricTitle(objective))

/** Where a trial is drawn on such an axis: one without a value, which counts as 0, on its worst end; a running one at most on its best. */
export const onAxis = ({ min, max }: PlotAxis, objective: number): number =>
  max <= 0 && objective >= 0 ? min : Math.min(max, Math.max(min, objective))

/** Short, for the side of a small chart. SynOps: synaptic operations, as the field writes them. */
export const axisTitle = (metric: ShownMetric): string =>
  metric === 'synapticOperationsPerSample' ? 'SynOps per sample' : metricTitle(metric)

/** Of costs, which are stored as their negatives: the least on top, and their own numbers beside it. */
const costAxis = (measured: Float64Array, cost: ShownMetric): PlotAxis => {
  const known = measured.filter((value) => !Number.isNaN(value))
  const low = known.reduce((least, value) => Math.min(least, value), 0)
  const top = known.reduce((most, value) => Math.max(most, value), low)
  const margin = 0.05 * Math.max(top - low, -low * 0.1, 1e-9)
  return {
    title: axisTitle(cost),
    scale: 'linear',
    min: low - margin,
    max: Math.min(0, top + margin),
    label: (value) => costLabel(0 - value),
  }
}

const shareAxis = (measured: Float64Array, title: string): PlotAxis => {
  let low = Infinity
  let high = -Infinity
  for (const accuracy of measured) {
    if (accuracy < low) low = accuracy
    if (accuracy > high) high = accuracy
  }
  const known = low <= high
  const min = known ? Math.max(0, Math.floor(low / step - 0.2) * step) : 0
  const max = known ? Math.min(1, Math.ceil(high / step + 0.2) * step) : 1
  return { title, scale: 'linear', min, max: Math.max(max, min + step), label: plainLabel }
}
