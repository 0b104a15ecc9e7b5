import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { errorOf } from '../charts/trialColumn.ts'

interface ErrorColumns {
  readonly columns: readonly string[]
  valuesOf(trial: TrialRow): readonly (number | null)[]
}

/**
 * The columns of tables that tell how sure the objective is, or another field, and of how many trainings; none where every trial is one.
 * @param field the objective, or a constraint
 */
export const errorColumns = (trials: readonly TrialRow[], field = 'objective'): ErrorColumns =>
  trials.every(({ replicates }) => replicates === undefined)
    ? { columns: [], valuesOf: () => [] }
    : {
        columns: [`${field}StandardError`, 'replicates'],
        valuesOf: (trial) => {
          const error = errorOf(trial, field)
          return [
            Number.isNaN(error) ? null : error,
            trial.objective === null ? null : (trial.replicates?.trained ?? 1),
          ]
        },
      }
