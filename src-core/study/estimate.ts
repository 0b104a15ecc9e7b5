/**
 * What a study will take: time, from the measured speed of networks of a few sizes, and space on disk.
 *
 *   t(m)    = a + b m              time of a training sample in a network of m neurons, by the measured ones
 *           = t0 w(m) / w(m0)      in a layered network: of the measured one, scaled by the work (networkCost.ts)
 *   T(x)    = r (e(x) n(x) t(m(x)) + n' t'(m(x)))   time of a trial: replicates, epochs, training samples, samples of the objective
 *           of networks that evolve: r (g(x) p(x) t(x) + n' t'(x)), generations of p networks (evolvedCost.ts)
 *   time    = trials * mean T / workers      over `points` quasi-random configurations, each by its own sampler
 *
 * The range says what is not known beforehand: where the search settles (tenth of the cheapest to tenth of the
 * dearest networks). That silent ones and hopeless ones end early is left out, as is what workers take from each other.
 */
import { controlTaskOf } from '../control/controlDataset.ts'
import { samplesOfShare, trainShareOf } from '../datasets/trainShare.ts'
import { sizeOf } from '../encoding/inputEvents.ts'
import type { NetworkInput } from '../layered/networkPlan.ts'
import { gridProduct } from '../optimiser/grid/gridProduct.ts'
import type { Configuration } from '../space/parameter.ts'
import { whyImpossible } from '../space/impossibility.ts'
import type { StudyDefinition } from './definition.ts'
import { type EvolvedSpeed, evolvedCosts } from './evolvedCost.ts'
import { impossibilitiesIn } from './impossibilitiesIn.ts'
import type { MeasuredSpeed } from './measuredSpeed.ts'
import { layeredCost } from './networkCost.ts'
import type { LayeredDefinition } from './networkSchema.ts'
import { resolveHyperparameters } from './resolveHyperparameters.ts'
import { spreadConfigurations } from './spreadConfigurations.ts'
import { workersByDevice } from './workersSchema.ts'

export interface DatasetSize {
  /** Samples to train on, or episodes of a control task. */
  readonly trainSamples: number
  readonly objectiveSamples: number
  readonly input: NetworkInput
}

/** The size of a control task, which no dataset has to be read for; null: the dataset has samples. */
export const controlTaskSize = ({ dataset }: Pick<StudyDefinition, 'dataset'>): DatasetSize | null => {
  const studied = controlTaskOf(dataset)
  if (studied === null) return null
  const { task, episodes } = studied
  const shape = { channels: 1, rows: 1, columns: task.observations.length }
  return {
    trainSamples: episodes,
    objectiveSamples: episodes,
    input: { shape, steps: 1, classes: task.actions.length },
  }
}

export interface Estimate {
  /** Null: the budget counts neither trials nor time. */
  readonly trials: number | null
  readonly workers: number
  /** Trainings of each trial; the time of a trial is that of all of them. */
  readonly replicates: number
  /** Some of the workers run on GPUs, whose speed was not measured. */
  readonly onGpus: boolean
  readonly trialMs: Range
  /** Null: no number of trials is given. */
  readonly totalMs: Range | null
  readonly disk: { readonly networksBytes: number; readonly recordsBytes: number }
}
interface Range {
  readonly low: number
  readonly mean: number
  readonly high: number
}

const numberOf = (value: number | string | undefined, otherwise = 1): number =>
  typeof value === 'number' ? value : otherwise

/** What a preview of the dataset says of its size. */
export const previewedSize = ({
  trainSamples,
  objectiveSamples,
  shape,
  steps,
  classes,
}: Omit<DatasetSize, 'input'> & NetworkInput): DatasetSize => ({
  trainSamples,
  objectiveSamples,
  input: { shape, steps, classes },
})

/** Configurations that the mean is taken over. */
const points = 256

/** The sizes of networks to measure: a small and a large one of the space, or the only one. */
export const sizesToMeasure = (definition: StudyDefinition): readonly number[] => {
  const sizes = spreadConfigurations(definition, points)
    .map((configuration) => numberOf(resolveHyperparameters(definition, configuration)['mapSize']))
    .sort((one, other) => one - other)
  return [...new Set([quantile(sizes, 0.1), quantile(sizes, 0.9)].map(Math.round))]
}

/** Milliseconds per sample at a size, on the line through the measured ones; never less than a part of the smallest. */
const timeAt = (networks: readonly SizedNetwork[], size: number, of: (one: SizedNetwork) => number): number => {
  const [first] = networks
  const last = networks.at(-1)
  if (first === undefined || last === undefined) return Number.NaN
  if (last.mapSize === first.mapSize) return (of(first) * (first.mapSize + size)) / (2 * first.mapSize)
  const slope = Math.max(0, (of(last) - of(first)) / (last.mapSize - first.mapSize))
  return Math.max(of(first) / 4, of(first) + slope * (size - first.mapSize))
}
type Measured = MeasuredSpeed['networks'][number]
type SizedNetwork = Measured & { readonly mapSize: number }

/** What a trial of one replicate shows, and what that takes; null: there is no such network. */
type CostOf = (
  hyperparameters: Configuration,
  place: number,
) => {
  /** Training samples shown, of all epochs; networks judged, of all generations. */
  readonly shown: number
  /** Milliseconds for each of them. */
  readonly train: number
  /** Milliseconds for each sample, or episode, of the objective. */
  readonly test: number
  /** Of its network on disk. */
  readonly bytes: number
} | null

/** Null: another kind of network was measured than the study has. */
const costsOf = ({ network, dataset }: StudyDefinition, speed: MeasuredSpeed, size: DatasetSize): CostOf | null => {
  const { input } = size
  const shownOf = (hyperparameters: Configuration): number =>
    numberOf(hyperparameters['epochs']) * samplesOfShare(size.trainSamples, trainShareOf(hyperparameters))
  if (network.type === 'diehl-cook') {
    const networks = speed.networks
      .flatMap((one): SizedNetwork[] =>
        one.subject.type === 'diehl-cook' ? [{ ...one, mapSize: one.subject.mapSize }] : [],
      )
      .sort((one, other) => one.mapSize - other.mapSize)
    if (networks.length === 0) return null
    return (hyperparameters) => {
      const mapSize = numberOf(hyperparameters['mapSize'])
      return {
        shown: shownOf(hyperparameters),
        train: timeAt(networks, mapSize, (one) => one.trainMsPerSample),
        test: timeAt(networks, mapSize, (one) => one.testMsPerSample),
        bytes: diehlCookBytes(mapSize, sizeOf(input.shape)),
      }
    }
  }
  if (network.type === 'neuroprocessor') {
    const networks = speed.networks.flatMap((one): EvolvedSpeed[] =>
      one.subject.type === 'neuroprocessor' && one.subject.dataset === dataset.name ? [{ ...one, ...one.subject }] : [],
    )
    return networks.length === 0 ? null : evolvedCosts(networks, { ...size, acts: controlTaskOf(dataset) !== null })
  }
  const [measured] = speed.networks
  if (measured?.subject.type !== 'layered') return null
  const { subject } = measured
  const costOf = (of: LayeredDefinition, hyperparameters: Configuration) =>
    layeredCost(of, hyperparameters, { ...input, steps: numberOf(hyperparameters['steps'], input.steps) })
  const known = costOf(subject.network, subject.hyperparameters)
  if (known === null) return null
  return (hyperparameters) => {
    const cost = costOf(network, hyperparameters)
    if (cost === null) return null
    const times = cost.work / known.work
    return {
      shown: shownOf(hyperparameters),
      train: measured.trainMsPerSample * times,
      test: measured.testMsPerSample * times,
      bytes: cost.bytes,
    }
  }
}

/**
 * The estimate of a study. Configurations of which there is no network cost nothing: their trials fail at once.
 * @returns null where the speed is that of another kind of network, or of one that the dataset no longer fits
 */
export const estimateStudy = (
  definition: StudyDefinition,
  speed: MeasuredSpeed,
  size: DatasetSize,
): Estimate | null => {
  const costOf = costsOf(definition, speed, size)
  if (costOf === null) return null
  const costs = possibleConfigurations(definition).map((configuration, place) => {
    const all = resolveHyperparameters(definition, configuration)
    const { shown, train, test, bytes } = costOf(all, place) ?? { shown: 0, train: 0, test: 0, bytes: 0 }
    return { bytes, shown, ms: definition.replicates * (shown * train + size.objectiveSamples * test) }
  })
  const times = costs.map(({ ms }) => ms).sort((one, other) => one - other)
  const trialMs = { low: quantile(times, 0.1), mean: mean(times), high: quantile(times, 0.9) }
  const { workers, onGpus } = workersAtOnce(definition, speed)
  const trials = trialsOf(definition)
  const wallMs = (definition.budget.wallTimeMinutes ?? Infinity) * 60_000
  const total = (ms: number): number =>
    Math.min(wallMs, (ms * (trials ?? Infinity)) / Math.min(workers, trials ?? workers))
  const kept = Math.min(definition.keepNetworks, trials ?? definition.keepNetworks)
  const finished = trials ?? (Number.isFinite(wallMs) ? (wallMs * workers) / Math.max(1, trialMs.mean) : 0)
  return {
    trials,
    workers,
    replicates: definition.replicates,
    onGpus,
    trialMs,
    totalMs:
      trials === null && !Number.isFinite(wallMs)
        ? null
        : { low: total(trialMs.low), mean: total(trialMs.mean), high: total(trialMs.high) },
    disk: {
      networksBytes: kept * mean(costs.map(({ bytes }) => bytes)),
      recordsBytes: finished * recordBytes(definition, mean(costs.map(({ shown }) => shown))),
    },
  }
}

/** Those that an optimiser may ask for; all where a space has none among so many. */
export const possibleConfigurations = (definition: StudyDefinition): readonly Configuration[] => {
  const rules = impossibilitiesIn(definition)
  const all = spreadConfigurations(definition, points)
  const possible = all.filter((configuration) => whyImpossible(rules, configuration) === undefined)
  return possible.length === 0 ? all : possible
}

/** Of the budget, or of the grid where that has fewer; null: neither says. */
export const trialsOf = (definition: StudyDefinition): number | null => {
  const { budget, optimiser, space } = definition
  if (optimiser.type !== 'grid' || Object.keys(space).length === 0) return budget.trials ?? null
  return Math.min(budget.trials ?? Infinity, Number(gridProduct(space, optimiser, impossibilitiesIn(definition)).total))
}

/** More workers than cores on the processor are no faster. */
const workersAtOnce = (
  definition: StudyDefinition,
  speed: MeasuredSpeed,
): { readonly workers: number; readonly onGpus: boolean } => {
  const byDevice = workersByDevice(definition, speed)
  const count = (gpus: boolean): number =>
    byDevice.filter(([device]) => device.startsWith('gpu') === gpus).reduce((sum, [, many]) => sum + many, 0)
  return { workers: Math.min(count(false), speed.cores) + count(true), onGpus: count(true) > 0 }
}

/** Weights, theta and label of every neuron, 4 bytes each, and a header. */
const diehlCookBytes = (mapSize: number, inputs: number): number => 4 * mapSize * (inputs + 2) + 4096

/** A count per sample and watched layer deflates to about a byte; the rest of a trial's rows to a few kilobytes. */
const recordBytes = ({ silence }: StudyDefinition, samplesShown: number): number =>
  8192 + silence.layers.length * samplesShown

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
