/** What the calls of every area of the window contract share. */
import { z } from 'zod'

/** A study by the id of its summary, or by the folder of one outside the library that the main process has named. */
export const studyId = z.strictObject({ id: z.string().min(1).max(4096) })
/** A trial of a study. */
export const trialId = studyId.extend({ number: z.int().min(0) })
export const nothing = z.null()
/**
 * A file that a person chose in a dialog or dropped: the token that the main process gave for it, which keeps the path
 * (src-main/electron/namedPlaces.ts). No request of a page carries a path of its own.
 */
export const placeToken = z.uuid()

/** A file that was written, and the token by which it is shown or opened until the application ends. */
export const writtenFileSchema = z.strictObject({ file: z.string(), place: placeToken })
export type WrittenFile = z.infer<typeof writtenFileSchema>

/** `place`: of the definition among the files. `problem`: why the network is not among them; null: nothing is wrong with it. */
export const exportedSchema = z.strictObject({
  files: z.array(z.string()),
  problem: z.string().nullable(),
  place: placeToken,
})
export type Exported = z.infer<typeof exportedSchema>

/** An error as it crosses processes: never thrown through IPC, always a value. */
export const wireErrorSchema = z.strictObject({ code: z.string(), message: z.string(), details: z.string().optional() })
export type WireError = z.infer<typeof wireErrorSchema>
