/**
 * What a study will take: time, from the measured speed of networks of a few sizes, and space on disk.
 *
 *   t(m)    = a + b m              time of a training sample in a network of m neurons, by the measured ones
 *           = t0 w(m) / w(m0)      in a layered network: of the measured one, scaled by the work (networkCost.ts)
 *   T(x)    = r (e(x) n(x) t(m(x)) + n' t'(m(x)))   time of a trial: replicates, epochs, training samples, samples of the objective
 *   time    = trials * mean T / workers      over `points` quasi-random configurations, each by its own sampler
 *
 * The range says what is not known beforehand: where the search settles (tenth of the cheapest to tenth of the
 * dearest networks). That silent ones and hopeless ones end early is left out, as is what workers take from each other.
 */
import { z } from 'zod'
import { samplesOfShare, trainShareOf } from '../datasets/trainShare.ts'
import { sizeOf } from '../encoding/inputEvents.ts'
import type { NetworkInput } from '../layered/networkPlan.ts'
import { sampleValue } from '../space/space.ts'
import { type Configuration, configurationSchema, type Parameter } from '../space/parameter.ts'
import type { StudyDefinition } from './definition.ts'
import { layeredCost } from './networkCost.ts'
import { type LayeredDefinition, layeredSchema } from './networkSchema.ts'
import { resolveHyperparameters } from './resolveHyperparameters.ts'
import { workersByDevice } from './workersSchema.ts'

/** What was measured: a network of this number of neurons, or a layered one. */
const measuredSubjectSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('diehl-cook'), mapSize: z.int().min(1) }),
  z.strictObject({ type: z.literal('layered'), network: layeredSchema, hyperparameters: configurationSchema }),
])
export type MeasuredSubject = z.infer<typeof measuredSubjectSchema>

export const measuredSpeedSchema = z.strictObject({
  /** What it was measured on. */
  device: z.string(),
  /** Of the processor. */
  cores: z.int().min(1),
  /** GPUs that are set up; their speed is not measured. */
  gpus: z.array(z.string()),
  networks: z
    .array(
      z.strictObject({
        subject: measuredSubjectSchema,
        trainMsPerSample: z.number().gt(0),
        testMsPerSample: z.number().gt(0),
        samples: z.int().min(1),
      }),
    )
    .min(1),
})
export type MeasuredSpeed = z.infer<typeof measuredSpeedSchema>

export interface DatasetSize {
  readonly trainSamples: number
  readonly objectiveSamples: number
  readonly input: NetworkInput
}

export interface Estimate {
  /** Null: the budget counts neither trials nor time. */
  readonly trials: number | null
  readonly workers: number
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

/** Configurations that the mean is taken over. */
const points = 256
/** The irrational steps of a quasi-random lattice (Roberts 2018): powers of the inverse of the generalised golden ratio. */
const latticeSteps = (dimensions: number): number[] => {
  let ratio = 2
  for (let step = 0; step < 32; step++) ratio = (1 + ratio) ** (1 / (dimensions + 1))
  return Array.from({ length: dimensions }, (_, index) => (1 / ratio) ** (index + 1))
}

/** `count` configurations of a space, spread evenly by each parameter's own sampler; the same every time. */
export const spreadConfigurations = ({ space }: Pick<StudyDefinition, 'space'>, count: number): Configuration[] => {
  const parameters = Object.entries<Parameter>(space)
  const steps = latticeSteps(parameters.length)
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(
      parameters.map(([name, parameter], index) => [
        name,
        sampleValue(parameter, (0.5 + (row + 1) * (steps[index] ?? 0)) % 1),
      ]),
    ),
  )
}

/** The configuration with every parameter in the middle, by its own sampler. */
export const middleConfiguration = ({ space }: Pick<StudyDefinition, 'space'>): Configuration =>
  Object.fromEntries(Object.entries<Parameter>(space).map(([name, parameter]) => [name, sampleValue(parameter, 0.5)]))

const numberOf = (value: number | string | undefined, otherwise = 1): number =>
  typeof value === 'number' ? value : otherwise

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

/** Milliseconds per sample, and bytes on disk, of the network of a configuration; null: there is no such network. */
type CostOf = (
  hyperparameters: Configuration,
) => { readonly train: number; readonly test: number; readonly bytes: number } | null

/** Null: another kind of network was measured than the study has. */
const costsOf = ({ network }: StudyDefinition, speed: MeasuredSpeed, input: NetworkInput): CostOf | null => {
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
        train: timeAt(networks, mapSize, (one) => one.trainMsPerSample),
        test: timeAt(networks, mapSize, (one) => one.testMsPerSample),
        bytes: diehlCookBytes(mapSize, sizeOf(input.shape)),
      }
    }
  }
  if (network.type !== 'layered') return null
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
    return { train: measured.trainMsPerSample * times, test: measured.testMsPerSample * times, bytes: cost.bytes }
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
  const costOf = costsOf(definition, speed, size.input)
  if (costOf === null) return null
  const costs = spreadConfigurations(definition, points).map((configuration) => {
    const all = resolveHyperparameters(definition, configuration)
    const { train, test, bytes } = costOf(all) ?? { train: 0, test: 0, bytes: 0 }
    const shown = numberOf(all['epochs']) * samplesOfShare(size.trainSamples, trainShareOf(all))
    return { bytes, shown, ms: definition.replicates * (shown * train + size.objectiveSamples * test) }
  })
  const times = costs.map(({ ms }) => ms).sort((one, other) => one - other)
  const trialMs = { low: quantile(times, 0.1), mean: mean(times), high: quantile(times, 0.9) }
  const { workers, onGpus } = workersAtOnce(definition, speed)
  const trials = definition.budget.trials ?? null
  const wallMs = (definition.budget.wallTimeMinutes ?? Infinity) * 60_000
  const total = (ms: number): number =>
    Math.min(wallMs, (ms * (trials ?? Infinity)) / Math.min(workers, trials ?? workers))
  const kept = Math.min(definition.keepNetworks, trials ?? definition.keepNetworks)
  const finished = trials ?? (Number.isFinite(wallMs) ? (wallMs * workers) / Math.max(1, trialMs.mean) : 0)
  return {
    trials,
    workers,
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
