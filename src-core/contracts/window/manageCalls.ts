/** Studies managed from the library: what people say of them, their log books, the disk, their end; and libraries. */
import { z } from 'zod'
import { logLineSchema, ownLineSchema } from '../../library/logBook.ts'
import { studyDiskSchema } from '../../library/studyDisk.ts'
import { labelChangeSchema } from '../../library/studyLabels.ts'
import { studySummarySchema } from '../../progress/readModel.ts'
import { nothing, studyId, wireErrorSchema } from './common.ts'

const several = z.strictObject({ ids: z.array(studyId.shape.id).min(1).max(100_000) })
const failures = z.array(z.strictObject({ id: z.string(), error: wireErrorSchema }))

const librariesSchema = z.strictObject({
  current: z.string(),
  /** Folders, the current one among them. */
  known: z.array(z.string()),
})
export type Libraries = z.infer<typeof librariesSchema>

/** Of one study: its id, or its folder where it lies elsewhere; of several, what failed is told and hides no other. */
export const manageCalls = {
  /** Errors: labels-invalid, study-read-only, folder-not-writable. */
  labelStudies: {
    request: several.extend({ change: labelChangeSchema }),
    response: z.strictObject({ changed: z.array(studySummarySchema), failed: failures }),
  },
  /** The latest line first. */
  readLogBook: { request: studyId, response: z.array(logLineSchema) },
  /** Adds a person's line; answers the log book. Error labels-invalid. */
  writeLogLine: { request: studyId.extend({ text: ownLineSchema }), response: z.array(logLineSchema) },
  studyDisk: { request: studyId, response: studyDiskSchema },
  /** Keeps the networks of so many of the best trials and of the pinned ones; `remove` false: says what that would free. */
  keepBestNetworks: {
    request: studyId.extend({ count: z.int().min(0).max(1_000_000), remove: z.boolean() }),
    response: z.strictObject({ networks: z.int().min(0), bytes: z.number().min(0) }),
  },
  /** A new study of the same definition under this name, not started. Error definition-invalid. */
  duplicateStudy: { request: studyId.extend({ name: z.string().max(200) }), response: studySummarySchema },
  /** Asks, and moves the folders to the bin of the system; null when the person cancelled. */
  deleteStudies: {
    request: several,
    response: z.strictObject({ deleted: z.array(z.string()), failed: failures }).nullable(),
  },
  /** Asks for a folder, and exports the best configuration of each; null when the person cancelled. */
  exportBestOf: {
    request: several,
    response: z.strictObject({ exported: z.int().min(0), failed: failures }).nullable(),
  },
  listLibraries: { request: nothing, response: librariesSchema },
  /** Goes to a library that is known. What runs goes on, and stays in the list. Error study-not-found of one that is not known. */
  switchLibrary: { request: z.strictObject({ folder: z.string() }), response: librariesSchema },
  /** Asks for a folder and goes to the library in it; null when the person cancelled. Error folder-not-writable. */
  addLibrary: { request: nothing, response: librariesSchema.nullable() },
  /** Takes a library off the list; nothing in its folder changes. The current one stays. */
  forgetLibrary: { request: z.strictObject({ folder: z.string() }), response: librariesSchema },
} as const
