/**
 * The contract between the main process and an inspector, the process that holds one network and looks into it. The
 * host asks, and several questions may be under way at a time; each gets one answer or one error, after whatever it
 * streams. Both sides decode what they receive.
 */
import { z } from 'zod'
import { cacheContentsSchema, cacheRequestSchema } from '../datasets/cacheContents.ts'
import { dataCardSchema } from '../datasets/dataCard.ts'
import { datasetSchema } from '../study/datasetSchema.ts'
import { studyDefinitionSchema } from '../study/definition.ts'
import {
  datasetPreviewSchema,
  inspectedNetworkSchema,
  inspectedSplitSchema,
  inspectedTestSchema,
  inspectedWeightsSchema,
  inspectionProgressSchema,
  projectionSchema,
  sampleRecordingSchema,
  tracedNeuronSchema,
  trainingSnapshotSchema,
} from './inspection.ts'
import { wireErrorSchema } from './window/common.ts'
import { evaluationRequestSchema } from './worker.ts'

const count = z.int().min(0)

/** Where the network comes from. */
const networkSourceSchema = z.discriminatedUnion('kind', [
  /** A file of the disk, absolute path. `samplesTrained`: where the file is of a version that does not say. */
  z.strictObject({
    kind: z.literal('file'),
    origin: inspectedNetworkSchema.shape.origin,
    path: z.string(),
    samplesTrained: count.nullable(),
    /** Of the file as it was written; left out where nobody knows. */
    sha256: z.string().optional(),
  }),
  /** Trained again; then written to `keepAs` (absolute path; null: nowhere). */
  z.strictObject({ kind: z.literal('retrain'), keepAs: z.string().nullable() }),
])
export type NetworkSource = z.infer<typeof networkSourceSchema>

/** What can be asked of an inspector. */
export const inspectorQuestions = {
  /** Comes first, once; everything else about a network needs it. */
  open: {
    request: z.strictObject({ evaluation: evaluationRequestSchema, source: networkSourceSchema }),
    response: inspectedNetworkSchema,
  },
  weights: { request: projectionSchema, response: inspectedWeightsSchema },
  /** Streams recordings. */
  present: {
    request: z.strictObject({
      split: inspectedSplitSchema,
      samples: z.array(count),
      traced: z.array(tracedNeuronSchema),
    }),
    response: z.null(),
  },
  test: {
    request: z.strictObject({ split: inspectedSplitSchema, samples: z.int().min(1).nullable() }),
    response: inspectedTestSchema,
  },
  /** Streams snapshots, evenly spaced from before the first sample to as far as the network was trained. */
  replay: { request: z.strictObject({ snapshots: z.int().min(1), projection: projectionSchema }), response: z.null() },
  /** Reads and checks a dataset, converts it where it has to be, or anew; needs no network. */
  dataset: {
    request: z.strictObject({ settings: datasetSchema, isAnew: z.boolean() }),
    response: dataCardSchema,
  },
  /** What is kept of converted datasets, after what is to be done; needs no network. */
  cache: { request: cacheRequestSchema, response: cacheContentsSchema },
  /** Needs no network. */
  preview: {
    request: z.strictObject({ definition: studyDefinitionSchema, samples: z.int().min(1) }),
    response: datasetPreviewSchema,
  },
} as const
type InspectorQuestions = typeof inspectorQuestions
export type QuestionName = keyof InspectorQuestions
export type Question<Name extends QuestionName> = z.infer<InspectorQuestions[Name]['request']>
export type Answer<Name extends QuestionName> = z.infer<InspectorQuestions[Name]['response']>

const questionNames = Object.keys(inspectorQuestions) as [QuestionName, ...QuestionName[]]

export const inspectorHostMessageSchema = z.discriminatedUnion('type', [
  /** `request` is decoded by the schema of the question's name. `question` numbers the questions of one process. */
  z.strictObject({ type: z.literal('ask'), question: count, name: z.enum(questionNames), request: z.unknown() }),
  /** Ends a question soon: it is answered by the error `inspection-cancelled`. */
  z.strictObject({ type: z.literal('cancel'), question: count }),
  z.strictObject({ type: z.literal('shutdown') }),
])
export type InspectorHostMessage = z.infer<typeof inspectorHostMessageSchema>

export const inspectorMessageSchema = z.discriminatedUnion('type', [
  /** `value` is decoded by the schema of the question's name. */
  z.strictObject({ type: z.literal('answer'), question: count, value: z.unknown() }),
  z.strictObject({ type: z.literal('error'), question: count, error: wireErrorSchema }),
  z.strictObject({ type: z.literal('progress'), question: count, progress: inspectionProgressSchema }),
  z.strictObject({ type: z.literal('recording'), question: count, recording: sampleRecordingSchema }),
  z.strictObject({ type: z.literal('snapshot'), question: count, snapshot: trainingSnapshotSchema }),
])
export type InspectorMessage = z.infer<typeof inspectorMessageSchema>
