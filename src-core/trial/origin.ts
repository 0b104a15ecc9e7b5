/** Who asked for a trial, as its explanation tells: an optimiser explains in its own terms, everybody else in these. */
import { z } from 'zod'

const personSchema = z.strictObject({ askedBy: z.literal('person') })
const copySchema = z.strictObject({
  askedBy: z.literal('copy'),
  /** Id of the study that the trial was copied from, and its number there. */
  study: z.string(),
  trial: z.int().min(0),
})

type TrialOrigin =
  | { readonly kind: 'optimiser' }
  | { readonly kind: 'person' }
  | { readonly kind: 'copy'; readonly study: string; readonly trial: number }

type Explanation = Readonly<Record<string, unknown>>

/** The explanation of a trial that a person asked for. */
export const askedByPerson: z.infer<typeof personSchema> = { askedBy: 'person' }

/** The explanation of a copy of a trial of another study. */
export const copyOf = (study: string, trial: number): z.infer<typeof copySchema> => ({ askedBy: 'copy', study, trial })

export const originOf = (explanation: Explanation): TrialOrigin => {
  // Almost every trial is an optimiser's, and there may be 100,000 of them.
  if (explanation['askedBy'] === undefined) return { kind: 'optimiser' }
  if (personSchema.safeParse(explanation).success) return { kind: 'person' }
  const copy = copySchema.safeParse(explanation)
  return copy.success ? { kind: 'copy', study: copy.data.study, trial: copy.data.trial } : { kind: 'optimiser' }
}
