/**
 * The contract between the application and the thread that models one study for the window. The thread is told of finished
 * trials once each, and keeps its models until it is asked for newer ones. What comes from the other side is decoded.
 */
import { z } from 'zod'
import type { ModelMap, ModelMapSettings, ModelReport } from '../diagnostics/studyModels.ts'
import {
  axisSchema,
  bestSchema,
  importanceSchema,
  lengthscaleRowSchema,
  modelSchema,
  placeSchema,
  rowsSchema,
} from './diagnosis.ts'

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

const asked = {
  id: z.int(),
  /** Trials that are left out of the models. */
  excluded: z.array(z.int().min(0)),
  /** The best of the others. */
  best: bestSchema,
}

export const modelsRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('add'), rows: rowsSchema }),
  /** Models all trials, and reports. */
  z.strictObject({ ...asked, type: z.literal('report') }),
  /** A map by the models that there are; without any all trials are modelled first. */
  z.strictObject({ ...asked, type: z.literal('map'), settings: modelMapSettingsSchema }),
])
