import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import type { StudyStore } from '../storage/studyStore.ts'

/** The rows of all trials that are stored. */
export function readRows(store: StudyStore): TrialRow[] {
  const annotations = store.annotations()
  return store.trials().map((trial) => toTrialRow(trial, annotations.get(trial.number)))
}
