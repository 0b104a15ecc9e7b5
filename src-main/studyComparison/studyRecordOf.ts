import { silenceReport } from '../../src-core/progress/silenceReport.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { shownHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { StudyRecord } from '../../src-core/studyComparison/comparison.ts'
import { CurveBuilder } from '../../src-core/studyComparison/studyCurve.ts'
import type { StudyReading } from '../studies/studyReading.ts'

/** What a comparison says of a study; its trials are looked at once, and never held together. */
export const studyRecordOf = (study: StudyReading): StudyRecord => {
  const { definition, summary } = study
  const builder = new CurveBuilder()
  const seen = function* (): Generator<TrialRow, void> {
    for (const { row, wallTimeMs } of study.endedRows()) {
      builder.add(row, wallTimeMs)
      yield row
    }
  }
  const { stoppedShare } = silenceReport(seen())
  const best = summary.best === null ? null : study.trial(summary.best.number)
  return {
    summary,
    definition,
    curve: builder.curve(summary.elapsedMs),
    stoppedShare,
    optimum: best && shownHyperparameters(definition, best.configuration),
  }
}
