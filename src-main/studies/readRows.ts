import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import type { StudyStore } from '../storage/studyStore.ts'

/** The rows of all trials that are stored, or of those of the given numbers. */
export function readRows(store: StudyStore, numbers?: ReadonlySet<number>): TrialRow[] {
  const annotations = store.annotations()
  const trials =
    numbers === undefined
      ? store.slimTrials()
      : [...numbers]
          .flatMap((number) => store.slimTrials({ from: number, limit: 1 }))
          .filter((one) => numbers.has(one.number))
  return trials.map((trial) => toTrialRow(trial, annotations.get(trial.number)))
}
