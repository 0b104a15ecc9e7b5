import type { CheckpointPlace } from '../../src-core/checkpoint/checkpointHead.ts'
import type { NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import type { TrainedReplicate } from '../../src-core/trial/joinReplicates.ts'
import type { SavedState } from '../checkpoint/savedState.ts'
import type { TrialState } from '../checkpoint/trialState.ts'
import { UnfitCheckpoint } from '../checkpoint/unfitCheckpoint.ts'
import type { TrialTraining } from './trialTraining.ts'

/** How long one training has taken in all, interruptions left out. */
export class TrainingClock {
  readonly #nowMs: () => number
  readonly #beganMs: number
  #takenMs: number | null = null

  /** @param pastMs before it was interrupted */
  constructor(nowMs: () => number, pastMs: number) {
    this.#nowMs = nowMs
    this.#beganMs = nowMs() - pastMs
  }

  stop(): void {
    this.#takenMs = this.#nowMs() - this.#beganMs
  }

  get trainedMs(): number {
    return this.#takenMs ?? this.#nowMs() - this.#beganMs
  }
}

/** @throws {UnfitCheckpoint} when it is not the state of such a training; `trial` is of no use then */
export const restoreTraining = (trial: TrialTraining, state: SavedState): void => {
  try {
    trial.restore(state)
  } catch (error) {
    throw new UnfitCheckpoint('it does not fit its trial', { cause: error })
  }
}

interface Interrupted {
  readonly done: readonly TrainedReplicate[]
  /** Of the trial. */
  readonly replicates: number
  readonly trainedMs: number
  readonly firstNetwork: () => NetworkFile
}

/** The state of a trial whose replicate after those that are done is in training, and how far that is. */
export const savedTrial = (
  trial: TrialTraining,
  { done, replicates, trainedMs, firstNetwork }: Interrupted,
): { readonly state: TrialState; readonly place: CheckpointPlace } => {
  const { samplesDone, samplesPlanned, ...training } = trial.save()
  const spentMs = done.reduce(
    (sum, { measurement }) => sum + measurement.trainDurationMs + measurement.testDurationMs,
    trainedMs,
  )
  return {
    state: {
      done: [...done],
      firstNetwork: done.length === 0 ? null : networkOrNull(firstNetwork),
      training,
      trainedMs,
    },
    place: {
      samplesDone: done.length * samplesPlanned + samplesDone,
      samplesPlanned: replicates * samplesPlanned,
      spentMs,
    },
  }
}

const networkOrNull = (describe: () => NetworkFile): NetworkFile | null => {
  try {
    return describe()
  } catch {
    return null
  }
}
