/** A definition that is being written, and where it is from. */
import { z } from 'zod'

export const draftSchema = z.strictObject({
  yaml: z.string().max(150_000),
  /** What to call its origin. */
  source: z.string(),
  /** What a relative dataset folder counts from; null: the definition is from no file. */
  folder: z.string().nullable(),
  /** Folder of the study whose trials it takes over; null: it begins without any. */
  fork: z.string().nullable(),
  /** Differs from where it is from. */
  changed: z.boolean(),
})
export type Draft = z.infer<typeof draftSchema>

/** The least that a definition says. */
export const emptyDefinition = `version: 1
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
  folder: null,
  fork: null,
  changed: false,
}
