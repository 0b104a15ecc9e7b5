import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { EvaluationRequest, TrialProgress } from '../../../src-core/contracts/worker.ts'
import { diehlCookHyperparameters } from '../../../src-core/study/diehlCookHyperparameters.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { studyDefinitionSchema } from '../../../src-core/study/definition.ts'
import type { Configuration } from '../../../src-core/space/parameter.ts'
import type { Measurement, Outcome, SpikeCounts } from '../../../src-core/trial/measurement.ts'
import { createDatasetCache } from '../../../src-worker/datasets/loadDataset.ts'
import { createWasmKernels } from '../../../src-worker/engines/layered/wasm/createWasmKernels.ts'
import type { EvaluationEnvironment } from '../../../src-worker/training/evaluateTrial.ts'
import { installed } from '../datasets/tinyDataset.ts'

/** The best point of the reference search, at a size that trains fast. */
export const goodPoint: Configuration = {
  mapSize: 100,
  learningRatePre: 8.476e-4,
  learningRatePost: 8.88e-3,
  strengthExcitatory: 356.9,
  strengthInhibitory: 433.6,
  weightNorm: 123.39,
  thresholdExcitatoryMv: -57.66,
  restExcitatoryMv: -60.8,
  refractoryExcitatoryMs: 6,
  thetaPlusMv: 0.04404,
  tauThetaDecayMs: 2.042e6,
  tauMembraneExcitatoryMs: 4167,
  thresholdInhibitoryMv: -22.82,
  restInhibitoryMv: -51.11,
  refractoryInhibitoryMs: 19,
  tauMembraneInhibitoryMs: 1516,
}

/** A threshold that is rarely reached. */
export const silentPoint: Configuration = { ...goodPoint, thresholdExcitatoryMv: 500 }

export interface DefinitionOptions {
  readonly dataset?: object
  readonly encoding?: object
  readonly objective?: object
  readonly silence?: object
  readonly training?: object
  readonly seeds?: object
  readonly provenance?: object
}

/** A study of one point on a few hundred images of MNIST, watching both layers. */
export const definitionOf = (options: DefinitionOptions = {}): EvaluationRequest['definition'] => {
  const { training, dataset, silence, ...rest } = options
  return studyDefinitionSchema.parse({
    version: 2,
    name: 'test',
    network: { type: 'diehl-cook' },
    dataset: { name: 'mnist', trainSamples: 400, testSamples: 100, ...dataset },
    training: { algorithm: 'post-pre', updateInterval: 100, ...training },
    silence: {
      interval: 100,
      layers: [
        { layer: 'excitatory', alpha: 5, beta: 0.5 },
        { layer: 'inhibitory', alpha: 1, beta: 0.5 },
      ],
      ...silence,
    },
    optimiser: { type: 'random' },
    budget: { trials: 1 },
    ...rest,
  })
}

export const requestOf = (
  definition: EvaluationRequest['definition'],
  point: Configuration,
  changes: Partial<EvaluationRequest> = {},
): EvaluationRequest => {
  for (const name of Object.keys(point))
    if (!(name in diehlCookHyperparameters)) throw new Error(`no hyperparameter ${name}`)
  return {
    trial: 0,
    attempt: 1,
    definition,
    hyperparameters: resolveHyperparameters({ network: definition.network, space: {}, fixed: point }, {}),
    seed: 7,
    networkPath: null,
    ...changes,
  }
}

const kernel = new WebAssembly.Module(readFileSync(new URL('../../../out/kernels/stdp.wasm', import.meta.url)))
const layeredKernel = new WebAssembly.Module(
  readFileSync(new URL('../../../out/kernels/layered.wasm', import.meta.url)),
)
const neuroprocessorKernel = new WebAssembly.Module(
  readFileSync(new URL('../../../out/kernels/neuroprocessor.wasm', import.meta.url)),
)
const loadDataset = createDatasetCache(installed)

/** Until it is called off, as while another worker converts the dataset. */
export const waitForDataset: EvaluationEnvironment['loadDataset'] = async (_, progress) => {
  for (let sample = 0; ; sample++) await progress?.(sample, 60_000, true)
}

/** A clock that advances at every look, so that turns and reports come at fixed places. */
export const tickingClock = (stepMs = 1): (() => number) => {
  let now = -stepMs
  return () => (now += stepMs)
}

export const environmentOf = (
  changes: Partial<EvaluationEnvironment> = {},
): EvaluationEnvironment & {
  readonly reports: readonly TrialProgress[]
} => {
  const reports: TrialProgress[] = []
  return {
    kernel,
    neuroprocessorKernel,
    kernels: () => createWasmKernels(layeredKernel),
    loadDataset,
    nowMs: tickingClock(),
    version: '1.2.3',
    signal: new AbortController().signal,
    report: (progress) => reports.push(progress),
    reports,
    ...changes,
  }
}

/** The measurement of an outcome of this kind. @throws when it is of another */
export const measurementOf = (outcome: Outcome, kind: 'complete' | 'stopped'): Measurement => {
  if (outcome.kind !== kind) throw new Error(`${outcome.kind}: ${JSON.stringify(outcome).slice(0, 2000)}`)
  return outcome.measurement
}

/** Spikes of each sample of an epoch in one layer. */
export const countsOf = ({ deflated }: SpikeCounts): number[] => {
  const bytes = inflateSync(deflated)
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16LE(2 * index))
}

/** Sums over layers of the spikes of each training sample, in the order of training. */
const spikesOfSamples = (spikeCounts: Measurement['spikeCounts']): number[] => {
  const layers = new Set(spikeCounts.map(({ layer }) => layer)).size
  const counts = spikeCounts.map(countsOf)
  return Array.from({ length: counts.length / layers }, (_, epoch) => {
    const own = counts.slice(epoch * layers, (epoch + 1) * layers)
    return (own[0] ?? []).map((__, sample) => own.reduce((sum, layer) => sum + (layer[sample] ?? 0), 0))
  }).flat()
}

/**
 * How the last report of training says that the network spikes, beside the mean of the same samples by the spike counts of a trial whose
 * layers are all watched: [told, counted].
 */
export const spikeRateBeside = (
  reports: readonly TrialProgress[],
  { spikeCounts }: Pick<Measurement, 'spikeCounts'>,
): readonly (number | undefined)[] => {
  const { samplesDone = 0, spikes } = reports.filter(({ phase }) => phase === 'training').at(-1) ?? {}
  const shown = spikesOfSamples(spikeCounts).slice(0, samplesDone).slice(-100)
  const mean = shown.reduce((sum, count) => sum + count, 0) / shown.length
  return [spikes?.latest, Number(mean.toPrecision(4))]
}

/** What must not depend on the clock or the host. */
export const reproducible = (measurement: Measurement): Measurement => ({
  ...measurement,
  trainDurationMs: 0,
  testDurationMs: 0,
})
