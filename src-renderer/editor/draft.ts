/** A definition that is being written, and where it is from. */
import { z } from 'zod'
import { placeToken } from '../../src-core/contracts/window/common.ts'

/** Not strict: what an earlier version has kept of a draft is no reason to lose it. */
export const draftSchema = z.object({
  yaml: z.string().max(150_000),
  /** What to call its origin. */
  source: z.string(),
  /** What the definition calls itself; none: nothing that can be read. */
  name: z.string().optional(),
  /** The file that it is from, in whose folder a relative place of the dataset lies; null: it is from none. */
  origin: placeToken.nullable().default(null),
  /** Folder of the study whose trials it takes over; null: it begins without any. */
  fork: z.string().nullable(),
  /** The definition of that study, which the bounds of the fork are compared with. */
  base: z.string().max(150_000).nullable().default(null),
  /** Differs from where it is from. */
  changed: z.boolean(),
})
export type Draft = z.infer<typeof draftSchema>

const named = z.object({ name: z.string().trim().min(1) })

/** The name in a definition, right or wrong. */
export const nameIn = (definition: unknown): string | undefined => named.safeParse(definition).data?.name

/** The least that a definition says. */
export const emptyDefinition = `version: 2
name: new-study
dataset:
  name: mnist
network:
  type: diehl-cook
training:
  algorithm: post-pre
space: {}
`

export const emptyDraft: Draft = {
  yaml: emptyDefinition,
  source: 'From nothing',
  origin: null,
  fork: null,
  base: null,
  changed: false,
}
