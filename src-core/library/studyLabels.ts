/** What people say of a study: what they call it, tags, a note, and whether it is put away. Kept with the study. */
import { z } from 'zod'

const longestTitle = 120
const longestTag = 64
const tagsAtMost = 50
const longestNote = 100_000

/** Line ends, and marks that nobody sees: a list would show something else than is stored. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

const title = z.string().max(longestTitle)
const tags = z.array(z.string().min(1).max(longestTag)).max(tagsAtMost)
const note = z.string().max(longestNote)

export const studyLabelsSchema = z.strictObject({
  /** Empty: it is called by its id. */
  title,
  /** Each once, in the order given. */
  tags,
  note,
  /** Put away: lists leave it out unless they are asked for it. */
  archived: z.boolean(),
})
export type StudyLabels = z.infer<typeof studyLabelsSchema>

export const noLabels: StudyLabels = { title: '', tags: [], note: '', archived: false }

/** What a person changes; what is not named stays as it is. */
export const labelChangeSchema = z.strictObject({
  title: title.optional(),
  note: note.optional(),
  archived: z.boolean().optional(),
  addTags: tags.optional(),
  removeTags: tags.optional(),
})
export type LabelChange = z.infer<typeof labelChangeSchema>

/** Without space around it; spaces in it are one each. */
const tidied = (text: string): string => text.trim().replaceAll(/ +/g, ' ')

/** What is wrong with a name, in a sentence; null: nothing is. The empty one takes a name away. */
export const titleProblem = (text: string): string | null => {
  if (tidied(text).length > longestTitle) return `A name has at most ${longestTitle} characters; this one has more.`
  return unseen.test(text) ? 'A name is one line, without characters that cannot be seen.' : null
}

/** What is wrong with a tag, in a sentence; null: nothing is. */
export const tagProblem = (text: string): string | null => {
  const tag = tidied(text)
  if (tag === '') return 'A tag cannot be empty.'
  if (tag.length > longestTag) return `A tag has at most ${longestTag} characters; “${tag.slice(0, 20)}…” has more.`
  if (unseen.test(tag)) return 'A tag is one line, without characters that cannot be seen.'
  return tag.includes(',') ? 'A tag has no comma: give two tags instead.' : null
}

/** What is wrong with a change, in a sentence; null: nothing is. */
export const labelProblem = ({ title: named, note: said, addTags = [] }: LabelChange): string | null => {
  const wrongTitle = named === undefined ? null : titleProblem(named)
  if (wrongTitle !== null) return wrongTitle
  if ((said?.length ?? 0) > longestNote) return `A note has at most ${longestNote} characters.`
  return addTags.map(tagProblem).find((problem) => problem !== null) ?? null
}

/** The labels after a change that is in order. */
export const changedLabels = (before: StudyLabels, change: LabelChange): StudyLabels => {
  const without = new Set((change.removeTags ?? []).map(tidied))
  const wanted = [...before.tags.filter((tag) => !without.has(tag)), ...(change.addTags ?? []).map(tidied)]
  return {
    title: change.title === undefined ? before.title : tidied(change.title),
    tags: [...new Set(wanted)].slice(0, tagsAtMost),
    note: change.note ?? before.note,
    archived: change.archived ?? before.archived,
  }
}

/** The change that takes another one back. */
export const undoing = (before: StudyLabels, after: StudyLabels): LabelChange => ({
  title: before.title,
  note: before.note,
  archived: before.archived,
  addTags: before.tags.filter((tag) => !after.tags.includes(tag)),
  removeTags: after.tags.filter((tag) => !before.tags.includes(tag)),
})
