import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { plainLabel } from './labels.ts'
import type { PlotAxis } from './plot.ts'

const step = 0.05

/** The accuracy that was measured of a trial; NaN: none, as of a failed one, which counts as 0 without. */
export const measuredAccuracy = ({ state, objective }: TrialRow): number =>
  state === 'failed' ? NaN : (objective ?? NaN)

/** An axis from the lowest to the highest accuracy that was measured, to the next steps of 0.05; else from 0 to 1. */
export const accuracyAxis = (measured: Float64Array, title = 'Accuracy'): PlotAxis => {
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
