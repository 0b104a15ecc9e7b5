import { stoppedShareOf } from '../../src-core/progress/silenceReport.ts'
import { shownHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { StudyRecord } from '../../src-core/studyComparison/comparison.ts'
import { CurveBuilder } from '../../src-core/studyComparison/studyCurve.ts'
import type { StudyReading } from '../studies/studyReading.ts'

/** Rows of a step. */
const rowsAtOnce = 50

/** What a comparison says of a study, step by step; its trials are looked at once, and never held together. */
export const studyRecordSteps = function* (study: StudyReading): Generator<void, StudyRecord> {
  const { definition, summary } = study
  const builder = new CurveBuilder()
  let ended = 0
  for (const { row, wallTimeMs } of study.endedRows()) {
    builder.add(row, wallTimeMs)
    ended++
    if (ended % rowsAtOnce === 0) yield
  }
  const best = summary.best === null ? null : study.trial(summary.best.number)
  return {
    summary,
    definition,
    curve: builder.curve(summary.elapsedMs),
    stoppedShare: stoppedShareOf(summary),
    optimum: best && shownHyperparameters(definition, best.configuration),
  }
}
