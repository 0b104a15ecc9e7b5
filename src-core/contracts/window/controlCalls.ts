/** Commands to a study. */
import { z } from 'zod'
import { studySummarySchema } from '../../progress/readModel.ts'
import { studyCheckSchema } from '../studyCheck.ts'
import { exportedSchema, nothing, studyId, writtenFileSchema } from './common.ts'

/** Something that networks are trained on. */
const deviceSchema = z.strictObject({
  /** `cpu`, `gpu0`, ...: its name in a definition's `workers`. */
  id: z.string(),
  kind: z.enum(['cpu', 'gpu']),
  name: z.string(),
  /** Cores of a processor that this application may use; as many workers are `auto` without a GPU. 0 of a GPU. */
  cores: z.int().min(0),
  /** What computes on it, such as `WebAssembly SIMD, 128 bit`. */
  engine: z.string(),
  /** Version of a GPU's driver. */
  driver: z.string().nullable(),
  memoryBytes: z.number().min(0),
  freeMemoryBytes: z.number().min(0),
  /** Share of the last moment in which it computed; null: not known. */
  utilisation: z.number().min(0).max(1).nullable(),
  ready: z.boolean(),
  /** What it can do, or why it is not ready, a sentence each. */
  notes: z.array(z.string()),
})
export type Device = z.infer<typeof deviceSchema>

const machineDevicesSchema = z.strictObject({
  devices: z.array(deviceSchema),
  /** Version of the TensorFlow that is set up for the processor; null: none is. */
  tensorflow: z.string().nullable(),
  /** Why no GPU can be used, and what to do; null: one can. */
  missing: z.string().nullable(),
})
export type MachineDevices = z.infer<typeof machineDevicesSchema>

/** What a fork can take over from its study. */
const forkPlanSchema = z.strictObject({
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
  /** Running trials are written to checkpoints, to go on from there; answered when all wait. */
  pauseStudyNow: { request: studyId, response: studySummarySchema },
  /** A process in the background goes on with a study that runs here; answered when it runs there. */
  leaveStudy: { request: studyId, response: nothing },
  /**
   * Sets how many networks are trained at the same time, now and after a resume. With 0 running trials finish and none
   * begins, until there are workers again.
   */
  setWorkers: {
    request: studyId.extend({ workers: z.int().min(0).max(256) }),
    response: studySummarySchema,
  },
  /** What this machine can train on, as it is now. */
  listDevices: { request: nothing, response: machineDevicesSchema },
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
  /** What was found when the study was opened: what is damaged has been left out. */
  verifiedStudy: { request: studyId, response: studyCheckSchema },
  /** Looks at everything that is stored, as it is now, the kept networks too. */
  checkStudy: { request: studyId, response: studyCheckSchema },
  /** Asks for a file and writes the study into it; null when the person cancelled. */
  backUpStudy: {
    request: studyId,
    response: writtenFileSchema.extend({ check: studyCheckSchema }).nullable(),
  },
  /** Asks for a folder and exports the best configuration; null when the person cancelled. */
  exportBest: { request: studyId, response: exportedSchema.nullable() },
} as const

export const controlEvents = {
  /** What a person should know of the devices: one was lost, or one is there that is not set up. */
  deviceNoticed: z.strictObject({ notice: z.string() }),
  /** A program that a study names has failed; the study goes on. */
  hookFailed: z.strictObject({ message: z.string() }),
  /** Another process runs the study now, or no longer does: the page opens it anew. */
  studyMovedOver: z.strictObject({ folder: z.string() }),
  /** What a person asked for is done as soon as another program lets go of the database, within a minute. */
  databaseHeld: z.strictObject({ message: z.string() }),
} as const
