import { z } from 'zod'

/** A dialog shows the whole of a command before it is run. */
const longestCommand = 500

const commandSchema = z
  .array(z.string().regex(/^[^\0]+$/, 'text, not empty'))
  .min(1)
  .max(16)
  .refine((words) => words.join(' ').length <= longestCommand, `at most ${longestCommand} characters in all`)

/** Programs that are run when something happens to a study; never without a person's word (docs/security.md). */
export const hooksSchema = z.strictObject({
  onBest: commandSchema.optional().meta({
    description: 'Program and arguments, run when a trial is the best feasible one so far',
  }),
  onError: commandSchema.optional().meta({
    description: 'Program and arguments, run when a trial has failed for good, and when the study ends in an error',
  }),
  onEnd: commandSchema.optional().meta({
    description: 'Program and arguments, run when the study is finished, pauses, or ends in an error',
  }),
  timeLimitSeconds: z
    .number()
    .gt(0)
    .max(3600)
    .default(30)
    .meta({ description: 'A hook that takes longer is ended, with all that it has started' }),
})

export const hookNames = ['onBest', 'onError', 'onEnd'] as const
export type HookName = (typeof hookNames)[number]
