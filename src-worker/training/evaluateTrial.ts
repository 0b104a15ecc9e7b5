import { basename } from 'node:path'
import type { EvaluationRequest, TrialProgress } from '../../src-core/contracts/worker.ts'
import type { DiehlCookNetwork } from '../../src-core/neuron/diehlCookNetwork.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import { silenceRule } from '../../src-core/stopping/silenceRule.ts'
import type { Outcome } from '../../src-core/trial/measurement.ts'
import type { DatasetSettings } from '../datasets/datasetSource.ts'
import { checkProvenance } from '../datasets/loadDataset.ts'
import type { Dataset } from '../datasets/loadDataset.ts'
import { splitDataset } from '../datasets/splitDataset.ts'
import { createDecoder } from '../decoders/createDecoder.ts'
import type { Decoder } from '../decoders/decoder.ts'
import { createDiehlCookNetwork } from '../engines/diehlCook/network.ts'
import type { NetworkFile } from '../networkFile/safetensors.ts'
import { writeNetworkFile } from '../networkFile/writeNetworkFile.ts'
import { toFailure } from './failure.ts'
import { decodeHyperparameters, networkParameters, rateEncoding } from './hyperparameters.ts'
import { Pacer } from './pacer.ts'
import { StdpTraining } from './stdpTraining.ts'
import { testNetwork } from './testing.ts'

/** What evaluating needs of the world. */
export interface EvaluationEnvironment {
  /** The compiled kernel `stdp`. */
  readonly kernel: WebAssembly.Module
  readonly loadDataset: (settings: DatasetSettings) => Promise<Dataset>
  readonly nowMs: () => number
  /** Version of the application, for the network's file. */
  readonly version: string
  /** Calls the evaluation off. */
  readonly signal: AbortSignal
  readonly report: (progress: TrialProgress) => void
}

/**
 * Trains and tests the network of one trial. The result depends on the request and the dataset alone; the durations are
 * measured and enter nothing.
 * @returns the outcome; whatever is thrown on the way makes a failed one
 */
export async function evaluateTrial(request: EvaluationRequest, environment: EvaluationEnvironment): Promise<Outcome> {
  try {
    return await evaluate(request, environment)
  } catch (error) {
    return { kind: 'failed', failure: toFailure(error) }
  }
}

async function evaluate(request: EvaluationRequest, environment: EvaluationEnvironment): Promise<Outcome> {
  const { definition, seed } = request
  const pacer = new Pacer(environment)
  const hyperparameters = decodeHyperparameters(request.hyperparameters)
  const { epochs, decoder: decoderKind, decoderRegularisation, mapSize } = hyperparameters
  const beginning = { epoch: 0, epochs, samplesDone: 0, samplesPlanned: 0, lastInterval: null }
  await pacer.turn({ phase: 'loading', ...beginning })
  const dataset = await environment.loadDataset(definition.dataset)
  if (definition.provenance !== undefined) checkProvenance(dataset, definition.provenance.datasetSha256)
  const { training, evaluation } = splitDataset(dataset, definition)
  const { classes } = dataset

  const network = createDiehlCookNetwork(
    environment.kernel,
    networkParameters(hyperparameters, definition, dataset.rows * dataset.columns),
    rateEncoding(definition.encoding),
    deriveSeed(seed, 'weights'),
  )
  const decoder = createDecoder(decoderKind, { neurons: mapSize, classes, regularisation: decoderRegularisation ?? 1 })
  const { updateInterval } = definition.training
  const silence = silenceRule(definition, training.indices.length)
  const trainingSetup = { network, decoder, training, epochs, seed, updateInterval, silence, pacer }

  const trainStartMs = environment.nowMs()
  const { stop, metrics: trainMetrics, ...trained } = await new StdpTraining(trainingSetup).run()
  const testStartMs = environment.nowMs()
  const lastInterval = trained.intervals.at(-1) ?? null
  const progress = { epoch: lastInterval?.epoch ?? 0, epochs, lastInterval }
  const tested = await testNetwork({ network, decoder, evaluation, classes, seed, pacer, progress })
  const testEndMs = environment.nowMs()

  const { networkPath } = request
  if (networkPath !== null) {
    await writeNetworkFile(networkPath, describeNetwork(request, environment, dataset, network, decoder))
  }
  const measurement = {
    objective: tested.accuracy,
    metrics: { ...tested.metrics, ...trainMetrics },
    constraints: [...trained.constraints],
    trainDurationMs: testStartMs - trainStartMs,
    testDurationMs: testEndMs - testStartMs,
    samplesTrained: trained.samplesTrained,
    samplesPlanned: trained.samplesPlanned,
    intervals: [...trained.intervals],
    spikeCounts: [...trained.spikeCounts],
    confusion: tested.confusion,
    networkFile: networkPath === null ? null : basename(networkPath),
    datasetSha256: dataset.sha256,
  }
  return stop === null ? { kind: 'complete', measurement } : { kind: 'stopped', measurement, stop }
}

/** A trained network with all that is needed to know it by: tensors `weights` [inputs][neurons], `theta` [neurons], ... */
function describeNetwork(
  { definition, hyperparameters, seed, trial }: EvaluationRequest,
  { version }: EvaluationEnvironment,
  dataset: Dataset,
  network: DiehlCookNetwork,
  decoder: Decoder,
): NetworkFile {
  const { inputSize, neurons } = network
  return {
    tensors: {
      weights: { shape: [inputSize, neurons], values: network.weights() },
      theta: { shape: [neurons], values: network.theta() },
      ...decoder.tensors(),
    },
    metadata: {
      format: 'spiketune-network',
      application: version,
      study: definition.name,
      trial: String(trial),
      seed: String(seed),
      network: JSON.stringify(definition.network),
      encoding: JSON.stringify(definition.encoding),
      hyperparameters: JSON.stringify(hyperparameters),
      dataset: definition.dataset.name,
      datasetSha256: dataset.sha256,
      imageShape: JSON.stringify([dataset.rows, dataset.columns]),
    },
  }
}
