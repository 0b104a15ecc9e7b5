/**
 * The contract between the application and the thread that models one study for the window. The thread is told of finished
 * trials once each, and keeps its models until it is asked for newer ones. What comes from the other side is decoded.
 */
import { z } from 'zod'
import type { ModelMap, ModelMapSettings, ModelReport } from '../diagnostics/studyModels.ts'
import type { FinishedTrial } from '../trial/trial.ts'
import { axisSchema, importanceSchema, lengthscaleRowSchema, modelSchema, placeSchema } from './diagnosis.ts'
import { finishedTrialSchema } from './optimiser.ts'

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

/** Trials that are left out of the models. */
const excludedSchema = z.array(z.int().min(0))

export const modelsRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('add'), trials: z.array(finishedTrialSchema) }),
  /** Models all trials, and reports. */
  z.strictObject({ type: z.literal('report'), id: z.int(), excluded: excludedSchema }),
  /** A map by the models that there are; without any all trials are modelled first. */
  z.strictObject({
    type: z.literal('map'),
    id: z.int(),
    excluded: excludedSchema,
    settings: modelMapSettingsSchema,
  }),
])
export type ModelsRequest =
  | { readonly type: 'add'; readonly trials: readonly FinishedTrial[] }
  | { readonly type: 'report'; readonly excluded: readonly number[] }
  | { readonly type: 'map'; readonly excluded: readonly number[]; readonly settings: ModelMapSettings }
