/** Experiments made elsewhere, as studies to look at. */
import { z } from 'zod'
import { studySummarySchema } from '../../progress/readModel.ts'
import { nothing, placeToken } from './common.ts'

const importedStudySchema = z.strictObject({
  summary: studySummarySchema,
  /** What a person should know of how the log was read. */
  notes: z.array(z.string()),
})

/** Where accuracies look like per cent, the main process asks in a dialog. Errors of both: log-not-found; network-invalid; network-dataset-unclear, after a dialog that asks; log-invalid with every problem by line and column. Nothing is half imported. */
export const importCalls = {
  /** Asks for an evaluation log and makes a study of it; null when the person cancelled. */
  importLog: { request: nothing, response: importedStudySchema.nullable() },
  /** The same of a file that was dropped on the window. */
  importFile: { request: z.strictObject({ file: placeToken }), response: importedStudySchema.nullable() },
  /** Calls off what is being imported: its call answers null, and nothing of it is left. */
  cancelImport: { request: nothing, response: nothing },
} as const

const importProgressSchema = z.strictObject({
  phase: z.enum(['reading', 'storing']),
  /** Of the phase. */
  share: z.number().min(0).max(1),
})
export type ImportProgress = z.infer<typeof importProgressSchema>

export const importEvents = {
  /** Of an import that takes a while; none comes of a short one. */
  importProgress: importProgressSchema,
} as const
