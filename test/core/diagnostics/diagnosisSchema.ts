import { z } from 'zod'
import {
  type Diagnosis,
  mapPlaceSchema,
  modelDiagnosisSchema,
  type ModelsDiagnosis,
} from '../../../src-core/diagnostics/diagnosis.ts'
import { outputImportanceSchema } from '../../../src-core/diagnostics/importance.ts'
import { lengthscaleRowSchema } from '../../../src-core/diagnostics/lengthscaleTable.ts'
import { mapAxisSchema } from '../../../src-core/diagnostics/feasibilityMap.ts'
import { varianceAnalysisSchema } from '../../../src-core/diagnostics/varianceAnalysis.ts'
import { askedTrialSchema } from '../../../src-core/diagnostics/trustRegionHistory.ts'

const trialSchema = z.int().min(0)
const probabilitySchema = z.number().min(0).max(1)

const feasibilitySchema = z.strictObject({
  place: mapPlaceSchema,
  map: z.strictObject({
    x: mapAxisSchema,
    y: mapAxisSchema,
    probability: z.array(z.array(probabilitySchema.nullable())),
  }),
})

const trustRegionSchema = z.strictObject({
  trials: z.array(askedTrialSchema),
  events: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('restart'),
        trial: trialSchema,
        life: z.int().min(0),
        lastLength: z.number().nullable(),
      }),
      z.strictObject({ kind: z.literal('begun'), trial: trialSchema, length: z.number(), centre: trialSchema }),
      z.strictObject({ kind: z.enum(['grown', 'shrunk']), trial: trialSchema, from: z.number(), to: z.number() }),
      z.strictObject({ kind: z.literal('moved'), trial: trialSchema, from: trialSchema, to: trialSchema }),
    ]),
  ),
  without: z.int().min(0),
})

const modelsFields = {
  trials: z.int().min(0),
  models: z.array(modelDiagnosisSchema),
  lengthscales: z.array(lengthscaleRowSchema),
  importance: z.array(outputImportanceSchema),
  variance: z.array(varianceAnalysisSchema),
  feasibility: feasibilitySchema.nullable(),
}

export const modelsDiagnosisSchema: z.ZodType<ModelsDiagnosis> = z.strictObject(modelsFields)

/** What `diagnose --json` prints. */
export const diagnosisSchema: z.ZodType<Diagnosis> = z.strictObject({
  ...modelsFields,
  trustRegion: trustRegionSchema,
})
