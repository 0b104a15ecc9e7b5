import { z } from 'zod'
import type { NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import type { TrainedReplicate } from '../../src-core/trial/joinReplicates.ts'
import { measurementSchema, silenceStopSchema } from '../../src-core/trial/measurement.ts'
import { type SavedState, savedCounts, savedCountsSchema, tensorsOf, tensorsUnder } from './savedState.ts'

/** Where a trial is: replicates that are done, and the one that is in training. */
export interface TrialState {
  /** Of a trial of several. */
  readonly done: readonly TrainedReplicate[]
  /** The network of the first of them; null: there is none yet, or it could not be described. */
  readonly firstNetwork: NetworkFile | null
  readonly training: SavedState
  /** Time that it has trained; what came before is in the measurements. */
  readonly trainedMs: number
}

const stateSchema = z.strictObject({
  done: z.array(
    z.strictObject({
      seed: z.int().min(0),
      measurement: measurementSchema.extend({ spikeCounts: savedCountsSchema }),
      stop: silenceStopSchema.nullable(),
    }),
  ),
  firstMetadata: z.record(z.string(), z.string()).nullable(),
  training: z.unknown(),
  trainedMs: z.number().min(0),
})

export const fileOfState = ({ done, firstNetwork, training, trainedMs }: TrialState): NetworkFile => {
  const values: z.input<typeof stateSchema> = {
    done: done.map(({ seed, measurement, stop }) => ({
      seed,
      measurement: { ...measurement, spikeCounts: savedCounts(measurement.spikeCounts) },
      stop,
    })),
    firstMetadata: firstNetwork === null ? null : { ...firstNetwork.metadata },
    training: training.values,
    trainedMs,
  }
  return {
    tensors: {
      ...tensorsUnder('training', training.tensors),
      ...(firstNetwork !== null && tensorsUnder('first', firstNetwork.tensors)),
    },
    metadata: { state: JSON.stringify(values) },
  }
}

/** @throws {z.ZodError | SyntaxError} when it is no such file */
export const stateOfFile = ({ tensors, metadata }: NetworkFile): TrialState => {
  const { done, firstMetadata, training, trainedMs } = stateSchema.parse(JSON.parse(metadata['state'] ?? ''))
  return {
    done,
    firstNetwork: firstMetadata === null ? null : { tensors: tensorsOf('first', tensors), metadata: firstMetadata },
    training: { tensors: tensorsOf('training', tensors), values: training },
    trainedMs,
  }
}
