/** Importance of hyperparameters in several studies: the total indices of each diagnosis (diagnostics/importance.ts). */
import { z } from 'zod'
import type { OutputImportance } from '../diagnostics/importance.ts'
import { readonlySchema } from '../values/deepReadonly.ts'

export const comparedImportanceSchema = readonlySchema(
  z.strictObject({
    outputs: z.array(
      z.strictObject({
        output: z.string(),
        parameters: z.array(z.strictObject({ parameter: z.string(), value: z.number(), standardError: z.number() })),
      }),
    ),
    /** Why there is none; null: there is. */
    problem: z.string().nullable(),
  }),
)
export type ComparedImportance = z.infer<typeof comparedImportanceSchema>

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
