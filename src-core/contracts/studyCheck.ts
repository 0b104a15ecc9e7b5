/** What a look at everything that is stored of a study finds: bit rot, lost entries, damaged networks. */
import { z } from 'zod'

const count = z.int().min(0)

/** One thing that is not what was written. */
const damageSchema = z.strictObject({
  part: z.enum(['trial', 'annotation', 'confirmation', 'network', 'journal', 'study', 'dataset', 'database']),
  /** The trial that it is of; null: of none, or of all. */
  trial: count.nullable(),
  /** What is wrong, in a sentence. */
  message: z.string(),
})
export type Damage = z.infer<typeof damageSchema>

/** `unverified`: written by a version that had no checksums. */
const tallySchema = z.strictObject({ intact: count, unverified: count, damaged: count })

export const studyCheckSchema = z.strictObject({
  trials: tallySchema,
  /** Entries of the journal. */
  entries: count,
  /** Kept networks; null: not read. */
  networks: tallySchema.nullable(),
  damage: z.array(damageSchema),
})
export type StudyCheck = z.infer<typeof studyCheckSchema>

/** What a study without a trial is. */
export const nothingToCheck: StudyCheck = {
  trials: { intact: 0, unverified: 0, damaged: 0 },
  entries: 0,
  networks: null,
  damage: [],
}
