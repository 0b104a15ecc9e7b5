import type { Annotation } from './readModel.ts'

/** What a person changes; what is not named stays as it is. */
export type AnnotationChange = { readonly [Key in keyof Annotation]?: Annotation[Key] | undefined }

/** The annotation after a change: tags without space around them and each once, in the order given. */
export const changedAnnotation = (before: Annotation, change: AnnotationChange): Annotation => {
  const tags = (change.tags ?? before.tags).map((tag) => tag.trim()).filter((tag) => tag !== '')
  const damage = change.damage ?? before.damage
  return {
    note: change.note ?? before.note,
    tags: [...new Set(tags)],
    pinned: change.pinned ?? before.pinned,
    excluded: change.excluded ?? before.excluded,
    ...(damage === undefined ? {} : { damage }),
  }
}
