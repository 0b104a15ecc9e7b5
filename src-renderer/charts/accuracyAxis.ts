import { kindOf } from '../model/placement.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { plainLabel } from './labels.ts'
import type { PlotAxis } from './plot.ts'

const step = 0.05

/** An axis from the lowest to the highest accuracy that was measured, to the next steps of 0.05; else from 0 to 1. */
export const accuracyAxis = (trials: readonly TrialRow[], title = 'Accuracy'): PlotAxis => {
  let low = Infinity
  let high = -Infinity
  for (const trial of trials) {
    const { objective } = trial
    // A failed trial counts as 0 without having been measured.
    if (objective === null || kindOf(trial) === 'failed') continue
    if (objective < low) low = objective
    if (objective > high) high = objective
  }
  const known = low <= high
  const min = known ? Math.max(0, Math.floor(low / step - 0.2) * step) : 0
  const max = known ? Math.min(1, Math.ceil(high / step + 0.2) * step) : 1
  return { title, scale: 'linear', min, max: Math.max(max, min + step), label: plainLabel }
}
