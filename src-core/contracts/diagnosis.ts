/** What is asked of a thread that diagnoses a study, and how its answer reads in a file. */
import { z } from 'zod'
import type { Diagnosis, DiagnosisSettings, ModelsDiagnosis, SeenTrials } from '../diagnostics/diagnosis.ts'
import type { StudyDefinition } from '../study/definition.ts'

export interface DiagnosisRequest {
  readonly definition: StudyDefinition
  readonly seen: SeenTrials
  /** Rows of these trials, by `ObservationRows`. */
  readonly rows: readonly Float64Array<ArrayBuffer>[]
  readonly settings: DiagnosisSettings
}

/** What the thread of a diagnosis is asked. */
export interface DiagnosisQuestions {
  diagnose: { request: DiagnosisRequest; response: ModelsDiagnosis }
}

const trialSchema = z.int().min(0)
const probabilitySchema = z.number().min(0).max(1)

export const modelSchema = z.strictObject({
  output: z.string(),
  threshold: z.number().nullable(),
  noiseVariance: z.number(),
  noise: z.number().min(0).nullable(),
  outputScale: z.number(),
  errors: z.strictObject({
    rows: z.int().min(1),
    rootMeanSquareError: z.number(),
    q2: z.number().nullable(),
    meanLogPredictiveDensity: z.number(),
  }),
  calibration: z.strictObject({
    intervals: z.array(z.strictObject({ nominal: probabilitySchema, share: probabilitySchema })),
    histogram: z.array(probabilitySchema),
    distance: probabilitySchema,
    usualDistance: z.number(),
  }),
})

export const lengthscaleRowSchema = z.strictObject({
  parameter: z.string(),
  outputs: z.array(
    z.strictObject({
      output: z.string(),
      lengthscale: z.number(),
      acrossRange: z.number(),
      reading: z.enum(['local', 'gradual', 'nearly straight', 'flat']),
    }),
  ),
})

const estimateSchema = z.strictObject({
  value: z.number(),
  standardError: z.number(),
  pointError: z.number(),
  modelError: z.number().nullable(),
})

export const importanceSchema = z.strictObject({
  output: z.string(),
  variance: z.number(),
  parameters: z.array(z.strictObject({ parameter: z.string(), firstOrder: estimateSchema, total: estimateSchema })),
})

export const axisSchema = z.strictObject({
  parameter: z.string(),
  values: z.array(z.union([z.number(), z.string()])),
  coordinates: z.array(z.number()),
})

export const placeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trial'), trial: trialSchema }),
  z.strictObject({ kind: z.literal('average'), points: z.int() }),
])

const feasibilitySchema = z.strictObject({
  place: placeSchema,
  map: z.strictObject({
    x: axisSchema,
    y: axisSchema,
    probability: z.array(z.array(probabilitySchema.nullable())),
  }),
})

const askedFields = { trial: trialSchema, told: z.int().min(0), life: z.int().min(0) }

export const askedSchema = z.discriminatedUnion('phase', [
  z.strictObject({ ...askedFields, phase: z.literal('initial') }),
  z.strictObject({
    ...askedFields,
    phase: z.literal('region'),
    generation: z.int().min(0),
    length: z.number(),
    successes: z.int().min(0),
    failures: z.int().min(0),
    centre: trialSchema,
    centreFeasible: z.boolean(),
    feasible: z.boolean(),
  }),
])

const trustRegionSchema = z.strictObject({
  trials: z.array(askedSchema),
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
  models: z.array(modelSchema),
  lengthscales: z.array(lengthscaleRowSchema),
  importance: z.array(importanceSchema),
  feasibility: feasibilitySchema.nullable(),
}

export const modelsDiagnosisSchema: z.ZodType<ModelsDiagnosis> = z.strictObject(modelsFields)

/** What `diagnose --json` prints. */
export const diagnosisSchema: z.ZodType<Diagnosis> = z.strictObject({
  ...modelsFields,
  trustRegion: trustRegionSchema,
})
