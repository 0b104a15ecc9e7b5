/**
 * The contract between the scheduler and the thread in which an optimiser thinks. The thread decodes what comes from the
 * scheduler by `optimiserRequestSchema`, the scheduler what comes from the thread by `optimiserReplySchema`.
 */
import { z } from 'zod'
import type { Ask } from '../optimiser/optimiser.ts'
import { configurationSchema } from '../space/parameter.ts'
import { studyDefinitionSchema } from '../study/definition.ts'
import type { StudyDefinition } from '../study/definition.ts'
import { failureSchema, measurementSchema, trialStopSchema } from '../trial/measurement.ts'
import { trialNumber } from '../trial/trial.ts'
import type { FinishedTrial, TrialNumber, WaitingTrial } from '../trial/trial.ts'

export type OptimiserRequest =
  /** Sent once, first. */
  | { readonly type: 'start'; readonly definition: StudyDefinition }
  /** Finished trials in the order they are told. */
  | { readonly type: 'tell'; readonly trials: readonly FinishedTrial[] }
  | {
      readonly type: 'ask'
      /** Comes back with the answer. */
      readonly id: number
      readonly number: TrialNumber
      readonly pending: readonly WaitingTrial[]
    }

export type OptimiserReply =
  | { readonly type: 'answer'; readonly id: number; readonly answer: Ask }
  /** Sent at most once, last: the optimiser is lost. */
  | { readonly type: 'failed'; readonly message: string }

const explanationSchema = z.record(z.string(), z.unknown())
const numberSchema = z.int().min(0).transform(trialNumber)

const askedFields = {
  number: numberSchema,
  configuration: configurationSchema,
  seed: z.int().min(0).max(0xffffffff),
  explanation: explanationSchema,
  attempt: z.int().min(0),
  createdAtMs: z.number(),
}

const endedFields = {
  ...askedFields,
  worker: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  durationMs: z.number().min(0).nullable(),
  toldOrder: z.int().min(0),
}

export const finishedTrialSchema = z.discriminatedUnion('state', [
  z.strictObject({ ...endedFields, state: z.literal('complete'), measurement: measurementSchema }),
  z.strictObject({
    ...endedFields,
    state: z.literal('stopped'),
    measurement: measurementSchema,
    stop: trialStopSchema,
  }),
  z.strictObject({ ...endedFields, state: z.literal('failed'), failure: failureSchema }),
])

export const optimiserRequestSchema: z.ZodType<OptimiserRequest> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), definition: studyDefinitionSchema }),
  z.strictObject({ type: z.literal('tell'), trials: z.array(finishedTrialSchema) }),
  z.strictObject({
    type: z.literal('ask'),
    id: z.int().min(0),
    number: numberSchema,
    pending: z.array(z.strictObject({ ...askedFields, state: z.literal('waiting') })),
  }),
])

export const askSchema: z.ZodType<Ask> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('candidate'),
    configuration: configurationSchema,
    explanation: explanationSchema,
  }),
  z.strictObject({ kind: z.literal('exhausted'), reason: z.string() }),
])

export const optimiserReplySchema: z.ZodType<OptimiserReply> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), id: z.int().min(0), answer: askSchema }),
  z.strictObject({ type: z.literal('failed'), message: z.string() }),
])
