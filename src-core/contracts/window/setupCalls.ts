/** Setting up a study: where definitions come from, what a study will cost, and its creation. */
import { z } from 'zod'
import { studySummarySchema } from '../../progress/readModel.ts'
import { measuredSpeedSchema } from '../../study/measuredSpeed.ts'
import { nothing, placeToken, wireErrorSchema } from './common.ts'

const longestDefinition = 1_000_000
const yaml = z.string().max(longestDefinition)
/** A definition as it is written in the window. */
export const writtenDefinitionSchema = z.strictObject({
  yaml,
  /** The file that it is from, in whose folder a relative place of the dataset lies; null: it is from none. */
  origin: placeToken.nullable(),
})
export type WrittenDefinition = z.infer<typeof writtenDefinitionSchema>

const sourcedYamlSchema = z.strictObject({
  yaml,
  /** What to call it: a preset's name, a file's path. */
  source: z.string(),
  origin: placeToken,
})
export type SourcedYaml = z.infer<typeof sourcedYamlSchema>

const requestedFileSchema = z.strictObject({ file: placeToken, kind: z.enum(['definition', 'log']) })
export type RequestedFile = z.infer<typeof requestedFileSchema>

/**
 * The dataset of a definition is read where a person named its place: chose it, or opened a file or study that names it. One
 * that was typed needs a yes in a dialog of the main process. Error of calls that do not ask: `place-not-chosen`.
 */
export const setupCalls = {
  /** The text of a preset. */
  readPreset: { request: z.strictObject({ preset: z.string() }), response: sourcedYamlSchema },
  /** Asks for a YAML file and reads it, right or wrong; null when the person cancelled. */
  chooseDefinition: { request: nothing, response: sourcedYamlSchema.nullable() },
  /** The same of a file that was dropped on the window. Error: definition-not-found. */
  openDefinition: { request: z.strictObject({ file: placeToken }), response: sourcedYamlSchema },
  /** The file that the application was started with, or that a desktop opened with it since: once; null: none. */
  takeFile: { request: nothing, response: requestedFileSchema.nullable() },
  /** The same of a definition that was exported. Errors: definition-not-found, place-not-chosen. */
  openSaved: { request: z.strictObject({ place: placeToken }), response: sourcedYamlSchema },
  /** Asks where a dataset lies; null when the person cancelled. */
  chooseDatasetPlace: {
    request: z.strictObject({ kind: z.enum(['folder', 'file']) }),
    response: z.string().nullable(),
  },
  /** Asks whether the dataset may be read where the definition says; false: the person does not want it. */
  allowDataset: { request: writtenDefinitionSchema, response: z.boolean() },
  /**
   * Asks the same where it must, creates a study and, where `start`, starts it. Error `definition-invalid` names lines. `problem`: the study is there
   * and could not be started, as when its dataset is missing.
   */
  createStudy: {
    request: writtenDefinitionSchema.extend({ start: z.boolean() }),
    response: z.strictObject({ summary: studySummarySchema, problem: wireErrorSchema.nullable() }),
  },
  /** Trains networks of the study's kind for a moment in a worker of its own, on this machine as it is now. */
  measureSpeed: { request: writtenDefinitionSchema, response: measuredSpeedSchema },
} as const
