/** Studies found, made and opened. */
import { z } from 'zod'
import { studySnapshotSchema, studySummarySchema, trialRowSchema } from '../../progress/readModel.ts'
import { trialColumnsSchema } from '../../progress/trialColumns.ts'
import { nothing, studyId } from './common.ts'

const presetInfoSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  trials: z.int().nullable(),
  /** How long it takes on a workstation. */
  lasts: z.enum(['demo', 'minutes', 'hours', 'days']),
  /** What data are not where the preset looks for them, and how to get them; null: they are there. */
  missing: z.string().nullable(),
})
export type PresetInfo = z.infer<typeof presetInfoSchema>

export const openedStudySchema = studySnapshotSchema.extend({
  trials: trialColumnsSchema,
  /** Trials that have changed while the others were put into columns; the summary knows them. */
  changed: z.array(trialRowSchema),
})
export type OpenedStudy = z.infer<typeof openedStudySchema>

export const libraryCalls = {
  listStudies: { request: nothing, response: z.array(studySummarySchema) },
  listPresets: { request: nothing, response: z.array(presetInfoSchema) },
  /** Creates and starts a study from a preset; answers its summary. */
  startPreset: { request: z.strictObject({ preset: z.string() }), response: studySummarySchema },
  /** Opens a study and subscribes the window to its changes; its trials come in columns (`unpackTrials`). */
  openStudy: { request: studyId, response: openedStudySchema },
  /** The page listens, and has shown all changes that it was told of: it is told of no more before. */
  changesShown: { request: nothing, response: nothing },
  /** The study to show first: the one named on the command line, else the last one looked at. */
  initialStudy: { request: nothing, response: z.string().nullable() },
} as const
