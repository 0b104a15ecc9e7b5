/** What is asked of a thread that diagnoses a study, and the schemas of what the window is told of models. */
import { z } from 'zod'
import type { DiagnosisSettings, ModelsDiagnosis, SeenTrials } from '../diagnostics/diagnosis.ts'
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
