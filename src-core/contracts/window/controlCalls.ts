/** Commands to a study. */
import { z } from 'zod'
import { studySummarySchema } from '../../progress/readModel.ts'
import { studyId } from './common.ts'

export const controlCalls = {
  resumeStudy: { request: studyId, response: studySummarySchema },
  pauseStudy: { request: studyId, response: studySummarySchema },
  stopStudy: { request: studyId, response: studySummarySchema },
  /** Asks for a folder and exports the best configuration; null when the person cancelled. */
  exportBest: { request: studyId, response: z.strictObject({ files: z.array(z.string()) }).nullable() },
} as const
