import type { StudiedTask } from '../../src-core/control/controlDataset.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import type { SafePoint } from '../checkpoint/safePoint.ts'
import type { SavedState, SavedTraining } from '../checkpoint/savedState.ts'
import type { ConstraintValue, IntervalReport, SpikeCounts, TrialStop } from '../../src-core/trial/measurement.ts'
import type { Dataset } from '../datasets/dataset.ts'
import type { DatasetSplit } from '../datasets/splitDataset.ts'
import type { KernelSet } from '../engines/layered/kernelSet.ts'
import type { NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import type { JudgeEpoch } from './judgeEpoch.ts'
import type { Pacer, TrainedState } from './pacer.ts'
import type { TestResult } from './testing.ts'

/** What networks compute with. */
export interface TrainingDevices {
  /** The compiled kernel `stdp`. */
  readonly kernel: WebAssembly.Module
  /** The compiled kernel `neuroprocessor`. */
  readonly neuroprocessorKernel: WebAssembly.Module
  /** A new kernel set for one layered network. */
  readonly kernels: () => KernelSet
}

/** What training came to, apart from the network, which it changed. */
export interface TrainingResult {
  /** Null when all epochs were trained. */
  readonly stop: TrialStop | null
  readonly constraints: readonly ConstraintValue[]
  readonly intervals: IntervalReport[]
  readonly spikeCounts: SpikeCounts[]
  readonly samplesTrained: number
  readonly samplesPlanned: number
  /** Of the last epoch: spikesPerSample<Layer>, nonSpikingShare<Layer>, and what else the kind of network has. */
  readonly metrics: Readonly<Record<string, number>>
}

/** What a trial's network is made from. */
export interface TrialParts {
  readonly request: EvaluationRequest
  readonly dataset: Dataset
  readonly split: DatasetSplit
  /** Asked at the end of each epoch but the last. */
  readonly judge: JudgeEpoch
  readonly pacer: Pacer
  /** Reached where training may be written down; absent: nobody asks for that. */
  readonly safePoint?: SafePoint | undefined
}

/** What networks that act in a control task are made from. */
export interface ActingParts extends Omit<TrialParts, 'dataset' | 'split'> {
  readonly studied: StudiedTask
  /** What stands for the dataset where networks tell where they come from. */
  readonly dataset: Pick<Dataset, 'sha256'>
}

/** The network of one trial, and how its kind is trained and tested. */
export interface TrialTraining {
  /**
   * Once, first.
   * @throws {Cancelled} when it was called off
   * @throws {NonFinite} when the network no longer holds numbers
   */
  train(): Promise<TrainingResult>
  /**
   * How it does on what the objective is measured on.
   * @throws {Cancelled} when it was called off
   */
  test(progress: TrainedState): Promise<TestResult>
  /** All that training has changed, at a safe point or after its end. */
  save(): SavedTraining
  /**
   * `train` goes on from there, once, first.
   * @throws {z.ZodError | RangeError} when it is not of such a training; this one is of no use then
   */
  restore(saved: SavedState): void
  /** Of the epochs that have ended and were judged: train accuracies; null: no predictions were made. */
  readonly judgedAccuracies: readonly (number | null)[]
  /** The network as it is; to be called between two samples or batches, at any time. @param application its version */
  describe(application: string): NetworkFile
  /** Gives back what the garbage collector does not. */
  dispose(): void
}
