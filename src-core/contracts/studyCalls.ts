/**
 * What a person may ask of one study: calls of the window's bridge, by its names and schemas. The window asks so, the command
 * line too, and both ask another process so that runs the study in the background.
 */
import type { z } from 'zod'
import { controlCalls } from './window/controlCalls.ts'
import { decideCalls } from './window/decideCalls.ts'
import { trialCalls } from './window/trialCalls.ts'

const { resumeStudy, pauseStudy, pauseStudyNow, setWorkers } = controlCalls
const { annotateTrial, excludeTrial, enqueueTrial, cancelTrial } = trialCalls
const { startConfirmation, continueConfirmation, stopConfirmation } = decideCalls

export const studyCalls = {
  resumeStudy,
  pauseStudy,
  pauseStudyNow,
  setWorkers,
  annotateTrial,
  excludeTrial,
  enqueueTrial,
  cancelTrial,
  startConfirmation,
  continueConfirmation,
  stopConfirmation,
} as const
export type StudyCallName = keyof typeof studyCalls

/** Every one answers, or is refused, later: whoever is asked may be another process. */
export type StudyCalls = {
  readonly [Name in StudyCallName]: (
    request: z.infer<(typeof studyCalls)[Name]['request']>,
  ) => Promise<z.infer<(typeof studyCalls)[Name]['response']>>
}
