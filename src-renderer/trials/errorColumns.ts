import type { TrialRow } from '../../src-core/progress/readModel.ts'

interface ErrorColumns {
  readonly columns: readonly string[]
  valuesOf(trial: TrialRow): readonly (number | null)[]
}

/** The columns of tables that tell how sure the objective is, and of how many trainings; none where every trial is one. */
export const errorColumns = (trials: readonly TrialRow[]): ErrorColumns =>
  trials.every(({ replicates }) => replicates === undefined)
    ? { columns: [], valuesOf: () => [] }
    : {
        columns: ['objectiveStandardError', 'replicates'],
        valuesOf: ({ objective, replicates }) => [
          replicates?.objectiveStandardError ?? null,
          objective === null ? null : (replicates?.trained ?? 1),
        ],
      }
