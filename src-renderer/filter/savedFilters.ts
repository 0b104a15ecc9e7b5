/** Filters that are kept by name: for one study, or for all. */
import { z } from 'zod'
import { type TrialFilter, trialFilterSchema } from '../trials/trialFilter.ts'

const savedFilterSchema = z.strictObject({
  name: z.string().min(1).max(80),
  /** Folder of the study that it is for; null: all studies. */
  study: z.string().nullable(),
  filter: trialFilterSchema,
})
export type SavedFilter = z.infer<typeof savedFilterSchema>

export const savedFiltersSchema = z.array(savedFilterSchema).max(200)

/** Picked trials beyond this number are too many to be kept. */
export const pickedAtMost = 5000

/** The filters that a study offers: its own, then those of all, by name. */
export const filtersOf = (saved: readonly SavedFilter[], study: string): SavedFilter[] =>
  saved
    .filter((one) => one.study === null || one.study === study)
    .sort((a, b) => Number(a.study === null) - Number(b.study === null) || a.name.localeCompare(b.name))

/** The list with a filter in it; one of the same name and study is replaced. */
export const withSaved = (saved: readonly SavedFilter[], added: SavedFilter): SavedFilter[] => [
  ...withoutSaved(saved, added),
  added,
]

export const withoutSaved = (saved: readonly SavedFilter[], { name, study }: SavedFilter): SavedFilter[] =>
  saved.filter((one) => one.name !== name || one.study !== study)

/** Why a filter cannot be kept under a name; null: it can. Trials that were picked mean nothing in another study. */
export const whyNotSaved = (name: string, filter: TrialFilter, forAll: boolean): string | null => {
  if (name.trim() === '') return 'Give it a name.'
  if (name.trim().length > 80) return 'A name has at most 80 characters.'
  if (filter.numbers !== null && forAll) return 'Picked trials are of this study only.'
  if ((filter.numbers?.length ?? 0) > pickedAtMost) return `At most ${pickedAtMost} picked trials can be kept.`
  return null
}
