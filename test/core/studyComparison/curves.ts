import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { CurveBuilder, type StudyCurve } from '../../../src-core/studyComparison/studyCurve.ts'

/** The curve of these trials, of which one ends each second. */
export const curveOf = (rows: readonly TrialRow[], { elapsedMs = 0 } = {}): StudyCurve => {
  const builder = new CurveBuilder()
  for (const [place, row] of rows.entries()) builder.add(row, (place + 1) * 1000)
  return builder.curve(elapsedMs)
}
