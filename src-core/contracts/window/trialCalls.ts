/** Single trials of a study. */
import { z } from 'zod'
import { reasonSchema } from '../../progress/whyThisPoint.ts'
import { trialId } from './common.ts'

export const trialCalls = {
  /** Why a trial was asked for; empty when there is none of this number, or nothing was said. */
  explainTrial: { request: trialId, response: z.array(reasonSchema) },
} as const
