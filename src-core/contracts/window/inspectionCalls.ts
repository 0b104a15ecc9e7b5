/** A look into a network, and at a dataset as a network sees it. */
import { z } from 'zod'
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
} from '../inspection.ts'
import { episodeSchema, playedSchema } from '../evolvedInspection.ts'
import { cacheContentsSchema, cacheRequestSchema } from '../../datasets/cacheContents.ts'
import { nothing, trialId } from './common.ts'
import { writtenDefinitionSchema } from './setupCalls.ts'

/** Chosen by the window, which may be told of it before the answer comes; never used twice. */
const inspection = z.strictObject({ inspection: z.int().min(0) })

const samplesAtMost = 500
const tracedAtMost = 16

export const inspectionCalls = {
  /**
   * Loads the network of a trial into a worker of its own. `retrain`: train it again from its seed, which gives the same
   * network; needed where it was not kept (error `network-not-kept`). Answers when it is ready.
   */
  openInspection: {
    request: trialId.extend({ ...inspection.shape, retrain: z.boolean() }),
    response: inspectedNetworkSchema,
  },
  /** Ends an inspection, whatever it does. */
  closeInspection: { request: inspection, response: nothing },
  /** Ends what an open inspection is doing, whose calls then answer the error `inspection-cancelled`; it stays open. */
  cancelInspection: { request: inspection, response: nothing },
  inspectWeights: { request: inspection.extend({ projection: projectionSchema }), response: inspectedWeightsSchema },
  /** Shows samples without learning; each comes as an event `inspectionRecording`, the last ones maybe after the answer. */
  presentSamples: {
    request: inspection.extend({
      split: inspectedSplitSchema,
      samples: z.array(z.int().min(0)).min(1).max(samplesAtMost),
      traced: z.array(tracedNeuronSchema).max(tracedAtMost),
    }),
    response: nothing,
  },
  /** Tests the network on the first `samples` of a split; null: all of them. */
  testInspection: {
    request: inspection.extend({ split: inspectedSplitSchema, samples: z.int().min(1).nullable() }),
    response: inspectedTestSchema,
  },
  /** Trains the network again from its seed; this number of snapshots, evenly spaced, comes as events `inspectionSnapshot`. */
  replayTraining: {
    request: inspection.extend({ snapshots: z.int().min(1).max(100), projection: projectionSchema }),
    response: nothing,
  },
  /** The network of a control task plays an episode. */
  playEpisode: { request: inspection.extend(playedSchema.shape), response: episodeSchema },
  /** What is kept of converted datasets, after what is to be done. Error `folder-not-writable`. */
  datasetCache: { request: cacheRequestSchema, response: cacheContentsSchema },
  /** Samples of the dataset of a definition, encoded as the network will see them. Error `place-not-chosen`: see `setupCalls`. */
  previewDataset: {
    request: writtenDefinitionSchema.extend({ samples: z.int().min(1).max(100) }),
    response: datasetPreviewSchema,
  },
} as const

export const inspectionEvents = {
  inspectionProgress: inspection.extend({ progress: inspectionProgressSchema }),
  inspectionRecording: inspection.extend({ recording: sampleRecordingSchema }),
  inspectionSnapshot: inspection.extend({ snapshot: trainingSnapshotSchema }),
} as const
