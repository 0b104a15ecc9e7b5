import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import type { StudyStore } from '../storage/studyStore.ts'

/** The rows of the trials of the given numbers. */
export const readRows = (store: StudyStore, numbers: ReadonlySet<number>): TrialRow[] => {
  const annotations = store.annotations()
  return [...numbers]
    .flatMap((number) => store.slimTrial(number) ?? [])
    .map((trial) => toTrialRow(trial, annotations.get(trial.number)))
}
