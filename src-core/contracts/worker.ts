/**
 * The contract between the scheduler and a worker process, whichever host runs it. The host decodes what comes from
 * the worker by `workerMessageSchema`, the worker what comes from the host by `hostMessageSchema`.
 */
import { z } from 'zod'
import { checkpointPlaceSchema } from '../checkpoint/checkpointHead.ts'
import { dataCardSchema } from '../datasets/dataCard.ts'
import { spikeRateSchema } from '../progress/spikeRate.ts'
import { configurationSchema } from '../space/parameter.ts'
import { type StudyDefinition, studyDefinitionSchema } from '../study/definition.ts'
import { intervalReportSchema, outcomeSchema, prunedStopSchema } from '../trial/measurement.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'

/** What a worker computes layered networks with: its start's last argument, as JSON; absent: WebAssembly. */
export const workerDeviceSchema = z.discriminatedUnion('kernels', [
  z.strictObject({ kernels: z.literal('wasm') }),
  z.strictObject({
    kernels: z.literal('tensorflow'),
    /** Absolute folder and package of the installed binding. */
    folder: z.string(),
    package: z.string(),
    /** For people, such as `NVIDIA H100, gpu0`. */
    device: z.string(),
    /** It must compute on a GPU: a library that sees none is an error. */
    gpu: z.boolean(),
  }),
])
export type WorkerDevice = z.infer<typeof workerDeviceSchema>

/** One trial of a known study to evaluate. */
const trialRequestSchema = z.strictObject({
  trial: z.int().min(0),
  attempt: z.int().min(1),
  /** Searched, fixed and default hyperparameters, merged: everything the network needs. */
  hyperparameters: configurationSchema,
  seed: z.int().min(0).max(0xffffffff),
  /** Absolute path to write the trained network to (safetensors); null: do not write one. */
  networkPath: z.string().nullable(),
  /** Whether the host judges at the end of each epoch but the last whether the trial is pruned; absent: no. */
  judged: z.boolean().optional(),
  /** Trainings of the trial, one after the other, each with a seed of its own; absent: one. */
  replicates: z.int().min(1).max(100).optional(),
  /** The objective that replicates race against, where the study lets them; absent: none is known yet. */
  incumbent: z.number().optional(),
  /** How the trial was pruned when it was trained before: its training ends there again. */
  pruned: prunedStopSchema.optional(),
  /** Checkpoints of it are written; absent: none are. */
  checkpoint: z
    .strictObject({
      /** Absolute. A file that is there is what the trial goes on from. */
      path: z.string(),
      /** Of training between two of them, or longer where writing one takes long. */
      everyMs: z.number().gt(0),
    })
    .optional(),
})
/** One trial with its study. */
export const evaluationRequestSchema = trialRequestSchema.extend({ definition: studyDefinitionSchema })
export type EvaluationRequest = DeepReadonly<z.infer<typeof evaluationRequestSchema>>

export const hostMessageSchema = z.discriminatedUnion('type', [
  /** The study of the trials from now on. */
  z.strictObject({ type: z.literal('study'), definition: studyDefinitionSchema }),
  z.strictObject({ type: z.literal('evaluate'), request: trialRequestSchema }),
  /** Ends the evaluation soon; answered by a `cancelled` outcome. */
  z.strictObject({ type: z.literal('cancel'), trial: z.int().min(0) }),
  /** Writes a checkpoint as soon as training may be interrupted, and ends the evaluation; answered by `paused`, or by an outcome. */
  z.strictObject({ type: z.literal('pause'), trial: z.int().min(0) }),
  /** Writes the network of a trial as it is between two samples to an absolute path; answered by `snapshot`. */
  z.strictObject({ type: z.literal('snapshot'), trial: z.int().min(0), path: z.string() }),
  /** The answer to `epoch-ended`: why the trial ends here; null: it goes on. */
  z.strictObject({
    type: z.literal('verdict'),
    trial: z.int().min(0),
    epoch: z.int().min(0),
    stop: prunedStopSchema.nullable(),
  }),
  z.strictObject({ type: z.literal('shutdown') }),
])
export type HostMessage = DeepReadonly<z.infer<typeof hostMessageSchema>>

/** Asks one process for trials: it is told of their study once, or when that is another one. */
export const trialAsker = (post: (message: HostMessage) => void): ((request: EvaluationRequest) => void) => {
  let told: StudyDefinition | null = null
  return ({ definition, ...request }) => {
    if (definition !== told) post({ type: 'study', definition })
    told = definition
    post({ type: 'evaluate', request })
  }
}

export const trialProgressSchema = z.strictObject({
  /** `waiting`: for another worker, which converts the dataset. */
  phase: z.enum(['waiting', 'loading', 'training', 'testing']),
  epoch: z.int().min(0),
  epochs: z.int().min(1),
  /** Training samples of an epoch of this trial; null before training. */
  epochSamples: z.int().min(1).nullable(),
  /** The training that this is, from 1, of how many; absent: the trial is one. */
  replicate: z.strictObject({ number: z.int().min(1), of: z.int().min(2) }).optional(),
  /** Samples done in this phase: of all epochs of all replicates while training, of the tested split while testing. */
  samplesDone: z.int().min(0),
  samplesPlanned: z.int().min(0),
  samplesPerSecond: z.number().min(0),
  lastInterval: intervalReportSchema.nullable(),
  /** How this training spikes so far; absent before its first sample. */
  spikes: spikeRateSchema.optional(),
})
export type TrialProgress = z.infer<typeof trialProgressSchema>

export const workerMessageSchema = z.discriminatedUnion('type', [
  /** Sent once, when the worker can take an evaluation. */
  z.strictObject({ type: z.literal('ready'), device: z.string(), version: z.string() }),
  z.strictObject({ type: z.literal('progress'), trial: z.int().min(0), progress: trialProgressSchema }),
  /** The dataset that the trials from now on are trained on; said once. */
  z.strictObject({ type: z.literal('dataset'), card: dataCardSchema }),
  /** The end of an epoch of a judged trial; answered by `verdict`, before which training does not go on. */
  z.strictObject({
    type: z.literal('epoch-ended'),
    trial: z.int().min(0),
    epoch: z.int().min(0),
    /** On the samples of this epoch, as far as predictions were made. */
    trainAccuracy: z.number().nullable(),
  }),
  /** It goes on from its checkpoint. */
  z.strictObject({
    type: z.literal('resumed'),
    trial: z.int().min(0),
    from: checkpointPlaceSchema,
    /** At the end of each epoch that has ended: train accuracies, of a judged trial told before. */
    accuracies: z.array(z.number().nullable()),
  }),
  /** There was a checkpoint that it could not go on from. `problem`: why, a sentence. */
  z.strictObject({ type: z.literal('begins-anew'), trial: z.int().min(0), problem: z.string() }),
  z.strictObject({
    type: z.literal('checkpoint'),
    trial: z.int().min(0),
    /** Why there is none of now, a sentence: training goes on. */
    problem: z.string().nullable(),
    /** Where the trial would go on; null: there is none of now. */
    place: checkpointPlaceSchema.nullable(),
  }),
  /** The answer to `pause`: the worker is free, the trial has no outcome. */
  z.strictObject({ type: z.literal('paused'), trial: z.int().min(0) }),
  z.strictObject({ type: z.literal('outcome'), trial: z.int().min(0), outcome: outcomeSchema }),
  /** `problem`: why there is no file; null when there is. */
  z.strictObject({
    type: z.literal('snapshot'),
    trial: z.int().min(0),
    path: z.string(),
    problem: z.string().nullable(),
  }),
])
export type WorkerMessage = z.infer<typeof workerMessageSchema>
