/**
 * The contract between the application and the thread that models one study for the window. The thread is told of finished
 * trials once each, and keeps its models until it is asked for newer ones. The schemas are the window's.
 */
import { z } from 'zod'
import type { SeenTrials } from '../diagnostics/diagnosis.ts'
import type { ModelMap, ModelMapSettings, ModelReport } from '../diagnostics/studyModels.ts'
import { axisSchema, importanceSchema, lengthscaleRowSchema, modelSchema, placeSchema } from './diagnosis.ts'

export const modelReportSchema: z.ZodType<ModelReport> = z.strictObject({
  trials: z.int().min(0),
  models: z.array(modelSchema),
  lengthscales: z.array(lengthscaleRowSchema),
  importance: z.array(importanceSchema),
  pair: z.strictObject({ x: z.string(), y: z.string() }).nullable(),
})

const cellsSchema = z.array(z.array(z.number().nullable()))

export const modelMapSchema: z.ZodType<ModelMap> = z.strictObject({
  trials: z.int().min(0),
  x: axisSchema,
  y: axisSchema,
  place: placeSchema,
  objective: cellsSchema.nullable(),
  feasible: cellsSchema,
  constraints: z.array(z.strictObject({ output: z.string(), feasible: cellsSchema })),
})

export const modelMapSettingsSchema = z.strictObject({
  x: z.string(),
  y: z.string(),
  average: z.boolean(),
  resolution: z.int().min(2).max(64),
}) satisfies z.ZodType<ModelMapSettings>

/** Of the trials that are counted. */
interface Counted {
  /** Trials that are left out of the models. */
  readonly excluded: readonly number[]
  /** The best of the others. */
  readonly best: SeenTrials['best']
}

/** What the thread of a study's models is asked. */
export interface ModelsQuestions {
  /** Told: rows of finished trials, by `ObservationRows`. */
  add: { request: Float64Array<ArrayBuffer>; response: null }
  /** Models all trials, and reports. */
  report: { request: Counted; response: ModelReport }
  /** A map by the models that there are; without any all trials are modelled first. */
  map: { request: Counted & { readonly settings: ModelMapSettings }; response: ModelMap }
}
