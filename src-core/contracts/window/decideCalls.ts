/** Which network to take: confirmation, export, report. */
import { z } from 'zod'
import { confirmationSchema, confirmationSettingsSchema } from '../../confirmation/confirmation.ts'
import { exportedSchema, studyId, trialId, writtenFileSchema } from './common.ts'
import { fileNameSchema, isReport } from './savedFiles.ts'

export const decideCalls = {
  /** The study's confirmations, the latest first. */
  listConfirmations: { request: studyId, response: z.array(confirmationSchema) },
  /** Trains the trials anew with new seeds and measures them on the test images; changes come as `confirmationChanged`. */
  startConfirmation: { request: studyId.extend(confirmationSettingsSchema.shape), response: confirmationSchema },
  /** Goes on with one that stopped. */
  continueConfirmation: { request: studyId.extend({ confirmation: z.int().min(1) }), response: confirmationSchema },
  stopConfirmation: { request: studyId, response: z.null() },
  /** Asks for a folder and exports the configuration and the network of a trial; null when the person cancelled. */
  exportTrial: { request: trialId, response: exportedSchema.nullable() },
  /** Asks where to, and writes the report; a page without scripts, printed by Electron as PDF. null: cancelled. */
  saveReport: {
    request: z.strictObject({
      format: z.enum(['html', 'pdf']),
      name: fileNameSchema,
      html: z.string().max(100_000_000).refine(isReport, 'a report begins with its policy'),
    }),
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
