/** Setting up a study: where definitions come from, what a study will cost, and its creation. */
import { z } from 'zod'
import { studySummarySchema } from '../../progress/readModel.ts'
import { measuredSpeedSchema } from '../../study/estimate.ts'
import { nothing, wireErrorSchema } from './common.ts'

const longestDefinition = 1_000_000
const yaml = z.string().max(longestDefinition)
/** What a relative dataset folder counts from; null: the definition is from no file. */
const folder = z.string().max(4096).nullable()

export const sourcedYamlSchema = z.strictObject({
  yaml,
  /** What to call it: a preset's name, a file's path. */
  source: z.string(),
  folder,
})
export type SourcedYaml = z.infer<typeof sourcedYamlSchema>

export const setupCalls = {
  /** The text of a preset. */
  readPreset: { request: z.strictObject({ preset: z.string() }), response: sourcedYamlSchema },
  /** Asks for a YAML file and reads it, right or wrong; null when the person cancelled. */
  chooseDefinition: { request: nothing, response: sourcedYamlSchema.nullable() },
  /** Asks where a dataset lies; null when the person cancelled. */
  chooseDatasetPlace: {
    request: z.strictObject({ kind: z.enum(['folder', 'file']) }),
    response: z.string().nullable(),
  },
  /**
   * Creates a study and, where `start`, starts it. Error `definition-invalid` names lines. `problem`: the study is there
   * and could not be started, as when its dataset is missing.
   */
  createStudy: {
    request: z.strictObject({ yaml, folder, start: z.boolean() }),
    response: z.strictObject({ summary: studySummarySchema, problem: wireErrorSchema.nullable() }),
  },
  /** Trains networks of the study's kind for a moment in a worker of its own, on this machine as it is now. */
  measureSpeed: { request: z.strictObject({ yaml, folder }), response: measuredSpeedSchema },
} as const
