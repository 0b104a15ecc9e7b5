/** Importance of hyperparameters in several studies: the total indices of each diagnosis (diagnostics/importance.ts). */
import type { OutputImportance } from '../diagnostics/importance.ts'

export interface ComparedImportance {
  readonly outputs: readonly {
    readonly output: string
    readonly parameters: readonly {
      readonly parameter: string
      readonly value: number
      readonly standardError: number
    }[]
  }[]
  /** Why there is none; null: there is. */
  readonly problem: string | null
}

/** Outputs whose model is flat say nothing. */
export const comparedImportance = (importance: readonly OutputImportance[]): ComparedImportance => ({
  outputs: importance.flatMap(({ output, variance, parameters }) =>
    variance > 0
      ? [
          {
            output,
            parameters: parameters.map(({ parameter, total: { value, standardError } }) => ({
              parameter,
              value,
              standardError,
            })),
          },
        ]
      : [],
  ),
  problem: null,
})
