/** Commands to a study. */
import { z } from 'zod'
import { studySummarySchema } from '../../progress/readModel.ts'
import { nothing, studyId } from './common.ts'

/** Something that networks are trained on. */
export const deviceSchema = z.strictObject({
  /** `cpu`. */
  id: z.string(),
  name: z.string(),
  /** Cores that this application may use; as many workers are `auto`. */
  cores: z.int().min(1),
  /** Instructions that the kernels use, such as `WebAssembly SIMD, 128 bit`. */
  simd: z.string(),
  memoryBytes: z.number().min(0),
  freeMemoryBytes: z.number().min(0),
  ready: z.boolean(),
  /** What it can do, or why it is not ready, a sentence each. */
  notes: z.array(z.string()),
})
export type Device = z.infer<typeof deviceSchema>

/** What a fork can take over from its study. */
export const forkPlanSchema = z.strictObject({
  /** Whether results of the two can be compared at all; if not, `reasons` says what differs, and nothing is copied. */
  comparable: z.boolean(),
  reasons: z.array(z.string()),
  /** Finished trials that are copied. */
  copied: z.int().min(0),
  /** Trials that are not, by the reason why, most first. */
  left: z.array(z.strictObject({ reason: z.string(), trials: z.int().min(1) })),
})
export type ForkPlan = z.infer<typeof forkPlanSchema>

const forkRequest = studyId.extend({ /** YAML. */ definition: z.string().max(1_000_000) })

export const controlCalls = {
  resumeStudy: { request: studyId, response: studySummarySchema },
  pauseStudy: { request: studyId, response: studySummarySchema },
  stopStudy: { request: studyId, response: studySummarySchema },
  /**
   * Sets how many networks are trained at the same time, now and after a resume. With 0 running trials finish and none
   * begins, until there are workers again.
   */
  setWorkers: {
    request: studyId.extend({ workers: z.int().min(0).max(256) }),
    response: studySummarySchema,
  },
  /** What this machine can train on. */
  listDevices: { request: nothing, response: z.array(deviceSchema) },
  /** What `forkStudy` would copy. Error definition-invalid. */
  planFork: { request: forkRequest, response: forkPlanSchema },
  /**
   * A new study of this definition, with the trials of the given one that lie in its space. `copyTrials` false: without
   * them. Errors: definition-invalid; fork-not-comparable when trials should be copied and cannot be compared.
   */
  forkStudy: {
    request: forkRequest.extend({ copyTrials: z.boolean(), start: z.boolean() }),
    response: z.strictObject({ summary: studySummarySchema, plan: forkPlanSchema }),
  },
  /** Asks for a folder and exports the best configuration; null when the person cancelled. */
  exportBest: { request: studyId, response: z.strictObject({ files: z.array(z.string()) }).nullable() },
} as const
