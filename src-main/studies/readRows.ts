import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import type { StudyStore } from '../storage/studyStore.ts'

/** The rows of all trials that are stored, or of those of the given numbers. */
export function readRows(store: StudyStore, numbers?: ReadonlySet<number>): TrialRow[] {
  const annotations = store.annotations()
  const rowOf = (trial: Trial): TrialRow => toTrialRow(trial, annotations.get(trial.number))
  if (numbers === undefined) return store.mapTrials(rowOf)
  return [...numbers]
    .flatMap((number) => store.slimTrials({ from: number, limit: 1 }))
    .filter(({ number }) => numbers.has(number))
    .map(rowOf)
}
