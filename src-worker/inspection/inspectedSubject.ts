import type { Episode, EpisodeUse } from '../../src-core/contracts/evolvedInspection.ts'
import type {
  InspectedNetwork,
  InspectedSplit,
  InspectedTest,
  InspectedWeights,
  Projection,
  SampleRecording,
  TracedNeuron,
  TrainingSnapshot,
} from '../../src-core/contracts/inspection.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { trainShareOf } from '../../src-core/datasets/trainShare.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { type SampleSelection, splitDataset, testSelection } from '../datasets/splitDataset.ts'
import type { NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import type { Pacer } from '../training/pacer.ts'

type NetworkSplits = Readonly<Record<InspectedSplit, SampleSelection>>

/**
 * The samples of each split in the order in which a trial is shown them: of the test samples all, in the order of a trial
 * whose objective is measured on them; none where the dataset has none.
 * @throws {SpiketuneError} dataset-damaged when nothing would be left to train on, or to measure the objective on
 */
export const networkSplits = (
  dataset: Dataset,
  { definition, hyperparameters }: Pick<EvaluationRequest, 'definition' | 'hyperparameters'>,
): NetworkSplits => {
  const { training, evaluation } = splitDataset(dataset, definition, trainShareOf(hyperparameters))
  const { testSamples: _, ...uncapped } = definition.dataset
  return { training, objective: evaluation, test: testSelection(dataset, { ...definition, dataset: uncapped }) }
}

/** What a network is looked into with. */
export interface SubjectParts {
  readonly request: EvaluationRequest
  readonly dataset: Dataset
  readonly splits: NetworkSplits
}

/** What an inspector holds: a network as training left it, of some kind, and what is asked of it. */
export interface InspectedSubject {
  describe(origin: InspectedNetwork['origin']): InspectedNetwork
  /** @throws {SpiketuneError} not-in-network */
  weights(projection: Projection): InspectedWeights
  /**
   * Shows one sample without learning, and writes down every spike, and the traced neurons at every step.
   * @param place in the request
   * @throws {SpiketuneError} not-in-network
   */
  record(split: InspectedSplit, sample: number, traced: readonly TracedNeuron[], place: number): SampleRecording
  /**
   * Tests the network on the first samples of a split as its trial did: on all of the objective's, the accuracy is the
   * trial's own.
   * @param limit most samples to test; null: all
   * @param shown called between two samples, with their number so far and the number planned
   */
  test(
    split: InspectedSplit,
    limit: number | null,
    shown: (done: number, planned: number) => Promise<void>,
  ): Promise<InspectedTest>
  /**
   * Trains another such network from the seed, and looks at it the given number of times, evenly spaced, first before any
   * sample and last after as many as this one was trained on; a single look is the last. Goes no further than that.
   * @throws {SpiketuneError} not-in-network
   */
  replay(
    snapshots: number,
    projection: Projection,
    pacer: Pacer,
    take: (snapshot: TrainingSnapshot) => void,
  ): Promise<void>
  /**
   * Plays an episode; absent: of a network that is shown samples.
   * @throws {SpiketuneError} not-in-network
   */
  play?(use: EpisodeUse, episode: number): Episode
  /** The network as a file. @param application its version */
  file(application: string): NetworkFile
}

export const inputLayer = 'input'

export const notInNetwork = (message: string): SpiketuneError => new SpiketuneError('not-in-network', message)

/** Seed of showing a sample of a split: on the objective's that of the trial's own test, so that one sees what was measured. */
export const presentationSeed = ({ seed }: EvaluationRequest, sample: number): number =>
  deriveSeed(seed, 'test', sample)

/** Place of a sample of a split in its part of the dataset. @throws {SpiketuneError} not-in-network */
export const placeOf = (splits: NetworkSplits, split: InspectedSplit, sample: number): number => {
  const { indices } = splits[split]
  const index = indices[sample]
  if (index === undefined) throw notInNetwork(`The split "${split}" has no sample ${sample}: it has ${indices.length}.`)
  return index
}

export const samplesOf = ({ training, objective, test }: NetworkSplits): InspectedNetwork['samples'] => ({
  training: training.indices.length,
  objective: objective.indices.length,
  test: test.indices.length,
})

/** @throws {SpiketuneError} not-in-network, when the network has no such projection */
export const checkProjection = (projections: readonly Projection[], { from, to }: Projection): void => {
  if (projections.some((one) => one.from === from && one.to === to)) return
  throw notInNetwork(
    `No learned weights lead from ${from} to ${to}. There are: ` +
      `${projections.map((one) => `${one.from} to ${one.to}`).join(', ')}.`,
  )
}

/** Numbers of samples, from 0 to `total`, at which snapshots are due. */
export const snapshotPlaces = (snapshots: number, total: number): Set<number> => {
  if (snapshots === 1) return new Set([total])
  return new Set(Array.from({ length: snapshots }, (_, index) => Math.round((index * total) / (snapshots - 1))))
}

/** Ends a training that has shown what it was to show. */
export class FarEnough extends Error {}
