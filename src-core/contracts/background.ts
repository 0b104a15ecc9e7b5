/** What a process that runs one study in the background is asked, and what it says meanwhile. */
import { z } from 'zod'
import { confirmationSchema } from '../confirmation/confirmation.ts'
import { ownLineSchema } from '../library/logBook.ts'
import { labelChangeSchema } from '../library/studyLabels.ts'
import { studyChangeSchema, studySummarySchema } from '../progress/readModel.ts'
import { decodingBy } from './channel.ts'
import { studyCalls } from './studyCalls.ts'
import { nothing, trialId } from './window/common.ts'

const backgroundCalls = {
  ...studyCalls,
  /** Answered with what became of the study, when nothing of it runs any more; until then its changes come, its state first. */
  watchStudy: { request: nothing, response: studySummarySchema },
  /** Writes the network of a running trial, as it is now, to an absolute path. */
  snapshotNetwork: { request: trialId.extend({ path: z.string() }), response: nothing },
  /** What a person says of the study. */
  labelStudy: { request: z.strictObject({ change: labelChangeSchema }), response: nothing },
  /** A person's line in its log book. */
  writeLogLine: { request: z.strictObject({ text: ownLineSchema }), response: nothing },
} as const

export type BackgroundQuestions = {
  -readonly [Name in keyof typeof backgroundCalls]: {
    readonly request: z.infer<(typeof backgroundCalls)[Name]['request']>
    readonly response: z.infer<(typeof backgroundCalls)[Name]['response']>
  }
}

const streams = {
  studyChanged: studyChangeSchema,
  confirmationChanged: confirmationSchema,
  /** It is there, also while nothing changes. */
  alive: nothing,
} as const
export type BackgroundStreams = { readonly [Name in keyof typeof streams]: z.infer<(typeof streams)[Name]> }

export const backgroundDecoding = decodingBy(backgroundCalls, streams)

/** Where the process that runs a study is reached: a file in the folder of the study, as long as it does. */
export const backgroundRecordSchema = z.strictObject({
  version: z.literal(1),
  pid: z.int().min(1),
  /** Path of its local socket. */
  socket: z.string().min(1),
  startedAtMs: z.number(),
  applicationVersion: z.string(),
})
export type BackgroundRecord = z.infer<typeof backgroundRecordSchema>

/** What is to be run in the background. */
export const backgroundLaunchSchema = z.strictObject({
  /** Of the study, an absolute path. */
  folder: z.string().min(1),
  /** Whether the study's own hooks may be run. */
  hooks: z.boolean(),
})
export type BackgroundLaunch = z.infer<typeof backgroundLaunchSchema>

/** What the process says once to whoever starts it. */
export const backgroundStartSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('runs'), pid: z.int().min(1) }),
  z.strictObject({
    type: z.literal('failed'),
    error: z.strictObject({ code: z.string(), message: z.string(), details: z.string().optional() }),
  }),
])
export type BackgroundStart = z.infer<typeof backgroundStartSchema>
