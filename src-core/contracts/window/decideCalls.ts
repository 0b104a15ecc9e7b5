/** Which network to take: confirmation, export, report. */
import { z } from 'zod'
import { confirmationSchema, confirmationSettingsSchema } from '../../confirmation/confirmation.ts'
import { exportedSchema, studyId, trialId, writtenFileSchema } from './common.ts'
import { fileNameSchema, isPlainDrawing, isReport } from './savedFiles.ts'

const largestReport = 100_000_000

export const decideCalls = {
  /** The study's confirmations, the latest first. */
  listConfirmations: { request: studyId, response: z.array(confirmationSchema) },
  /** Trains the trials anew with new seeds and measures them on the test samples; changes come as `confirmationChanged`. */
  startConfirmation: { request: studyId.extend(confirmationSettingsSchema.shape), response: confirmationSchema },
  /** Goes on with one that stopped. */
  continueConfirmation: { request: studyId.extend({ confirmation: z.int().min(1) }), response: confirmationSchema },
  stopConfirmation: { request: studyId, response: z.null() },
  /** Asks for a folder and exports the configuration and the network of a trial; null when the person cancelled. */
  exportTrial: { request: trialId, response: exportedSchema.nullable() },
  /**
   * Asks where to, and writes the report: a page without scripts, printed by Electron as PDF, or Markdown with its figures in a folder
   * beside it. null: cancelled.
   */
  saveReport: {
    request: z.discriminatedUnion('format', [
      z.strictObject({
        format: z.enum(['html', 'pdf']),
        name: fileNameSchema,
        html: z.string().max(largestReport).refine(isReport, 'a report begins with its policy'),
      }),
      z.strictObject({
        format: z.literal('markdown'),
        name: fileNameSchema,
        /** The text; a number stands for the path of that figure. */
        parts: z.array(z.union([z.string().max(largestReport), z.int().min(0)])).max(10_000),
        figures: z.array(z.string().max(largestReport).refine(isPlainDrawing, 'a figure is a plain drawing')).max(1000),
      }),
    ]),
    response: writtenFileSchema.nullable(),
  },
  /** What a report says of the machine and the program. */
  readEnvironment: {
    request: z.null(),
    response: z.array(z.strictObject({ term: z.string(), value: z.string() })),
  },
} as const

export const decideEvents = {
  confirmationChanged: z.strictObject({ folder: z.string(), confirmation: confirmationSchema }),
} as const
