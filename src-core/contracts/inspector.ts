/**
 * The contract between the main process and an inspector, the process that holds one network and looks into it. Several
 * questions may be under way at a time, over the channel of channel.ts; both sides decode what they receive.
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
  type InspectionProgress,
  inspectionProgressSchema,
  projectionSchema,
  type SampleRecording,
  sampleRecordingSchema,
  tracedNeuronSchema,
  type TrainingSnapshot,
  trainingSnapshotSchema,
} from './inspection.ts'
import { decodingBy } from './channel.ts'
import { episodeSchema, playedSchema } from './evolvedInspection.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
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
  /** Plays an episode of the control task that the network acts in. */
  play: { request: playedSchema, response: episodeSchema },
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
type Schemas = typeof inspectorQuestions
export type QuestionName = keyof Schemas
export type Question<Name extends QuestionName> = DeepReadonly<z.infer<Schemas[Name]['request']>>
export type Answer<Name extends QuestionName> = z.infer<Schemas[Name]['response']>

export type InspectorQuestions = {
  readonly [Name in QuestionName]: { readonly request: Question<Name>; readonly response: Answer<Name> }
}

/** What is said of a question before its answer. */
export interface InspectorStreams {
  progress: InspectionProgress
  recording: SampleRecording
  snapshot: TrainingSnapshot
}

/** The application decodes what an inspector says, and an inspector what it is asked. */
export const inspectorDecoding = decodingBy(inspectorQuestions, {
  progress: inspectionProgressSchema,
  recording: sampleRecordingSchema,
  snapshot: trainingSnapshotSchema,
} satisfies Record<keyof InspectorStreams, z.ZodType>)
