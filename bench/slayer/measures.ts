/** What `npm run bench -- slayer` measures, on any kernel set; see there. */
import { createEncoder } from '../../src-worker/encoders/createEncoder.ts'
import { type InputEvents, sizeOf } from '../../src-core/encoding/inputEvents.ts'
import type { NetworkPlan } from '../../src-core/layered/networkPlan.ts'
import { planNetwork } from '../../src-core/layered/planNetwork.ts'
import { createGenerator } from '../../src-core/random/generator.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import { configurationFromUnit, unitPoint } from '../../src-core/space/space.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import { layeredParts } from '../../src-core/study/studyKinds.ts'
import type { Dataset } from '../../src-worker/datasets/dataset.ts'
import { createLayeredNetwork } from '../../src-worker/engines/layered/createLayeredNetwork.ts'
import type { KernelSet } from '../../src-worker/engines/layered/kernelSet.ts'
import { densePlan, image, lif, randomSpikes } from './plans.ts'
import { fastestMilliseconds } from './time.ts'
import { trainBatch } from './training.ts'

export type CreateKernels = () => KernelSet
export type Row = Readonly<Record<string, string | number>>

const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits))
const percent = (share: number): string => `${rounded(100 * share, 1)} %`

/** A batch of MNIST, each pixel a chance of a spike in every step, and its labels. */
const mnistBatch = (dataset: Dataset, steps: number, count: number, kernel: WebAssembly.Module) => {
  const indices = Array.from({ length: count }, (_, index) => index)
  const encodeBy = (kernel: WebAssembly.Module | null): (() => InputEvents[]) => {
    const encoder = createEncoder({ type: 'bernoulli', maximumRateHz: 1000, steps, dtMs: 1 }, dataset, kernel)
    return () => indices.map((index) => encoder.encode(dataset.train, index, index))
  }
  const encode = encodeBy(kernel)
  return {
    encode,
    encodePlainly: encodeBy(null),
    batch: encode(),
    labels: indices.map((index) => dataset.train.labels[index] ?? 0),
  }
}

const activityOf = (batch: readonly InputEvents[], { input, steps }: NetworkPlan): number => {
  const events = batch.reduce((sum, { inputs }) => sum + inputs.length, 0)
  return events / (batch.length * steps * sizeOf(input))
}

/**
 * 784-1000-10, lif, 25 steps, batches of 128 images of MNIST by their rates.
 * @param kernel the compiled kernel `stdp`, which encodes them; the plain encoder is measured beside it
 */
export const measureMnist = (create: CreateKernels, dataset: Dataset, kernel: WebAssembly.Module): Row => {
  const plan = densePlan([784, 1000, 10], 25, { ...lif, tauGradient: 0.0025, scaleGradient: 10 })
  const network = createLayeredNetwork(plan, create(), 128, 1)
  const { encode, encodePlainly, batch, labels } = mnistBatch(dataset, plan.steps, 128, kernel)
  const milliseconds = fastestMilliseconds(() => trainBatch(network, batch, labels, null))
  const hidden = network.spikesPerSample('layer1').reduce((sum, count) => sum + count, 0) / (128 * 25 * 1000)
  const forward = fastestMilliseconds(() => network.forward(batch, null))
  const encoding = fastestMilliseconds(() => encode())
  const plainEncoding = fastestMilliseconds(() => encodePlainly())
  network.dispose()
  return {
    'training, samples/s': rounded(128_000 / milliseconds),
    'with encoding': rounded(128_000 / (milliseconds + encoding)),
    'with the plain encoder': rounded(128_000 / (milliseconds + plainEncoding)),
    'forward, samples/s': rounded(128_000 / forward),
    'activity of the input': percent(activityOf(batch, plan)),
    'of the hidden layer': percent(hidden),
  }
}

/** One layer, 512 to 512, lif, 500 steps, batches of 10 random samples; the gradient of the weights, not of the input. */
export const measureLayer = (create: CreateKernels, activity: number): Row => {
  const plan = densePlan([512, 512], 500, lif)
  const network = createLayeredNetwork(plan, create(), 10, 1)
  const { next } = createGenerator(3)
  const batch = Array.from({ length: 10 }, () => randomSpikes(plan, activity, next))
  const gradient = new Float32Array(10 * 512).fill(1)
  const forward = fastestMilliseconds(() => network.forward(batch, null))
  const both = fastestMilliseconds(() => {
    network.forward(batch, null)
    network.backward(gradient, 0)
  })
  network.dispose()
  return { activity: percent(activity), 'forward, ms': rounded(forward, 1), 'forward + backward, ms': rounded(both, 1) }
}

/** The network in the middle of a study's space. */
export const middlePlan = (
  definition: StudyDefinition,
  changes: Configuration = {},
): {
  readonly plan: NetworkPlan
  readonly batchSize: number
} => {
  const { space, encoding } = definition
  const middle = configurationFromUnit(space, unitPoint(Object.keys(space).map(() => 0.5)))
  const hyperparameters = { ...resolveHyperparameters(definition, middle), ...changes }
  const input = { shape: image, steps: encoding.steps, classes: 10 }
  const plan = planNetwork(layeredParts(definition).network, hyperparameters, input)
  return { plan, batchSize: Number(hyperparameters['batchSize']) }
}

/** Such a network on random spikes. */
export const measureMiddle = (
  create: CreateKernels,
  definition: StudyDefinition,
  activity: number,
  changes: Configuration = {},
): Row => {
  const { plan, batchSize } = middlePlan(definition, changes)
  const network = createLayeredNetwork(plan, create(), batchSize, 1)
  const { next } = createGenerator(3)
  const batch = Array.from({ length: batchSize }, () => randomSpikes(plan, activity, next))
  const labels = batch.map((_, index) => index % plan.classes)
  const forward = fastestMilliseconds(() => network.forward(batch, null))
  const activities = plan.layers.map(({ name, output }) => {
    const spikes = network.spikesPerSample(name).reduce((sum, count) => sum + count, 0)
    return percent(spikes / (batchSize * plan.steps * sizeOf(output)))
  })
  const training = fastestMilliseconds(() => trainBatch(network, batch, labels, 1))
  network.dispose()
  return {
    activity: percent(activity),
    'forward, samples/s': rounded((1000 * batchSize) / forward, 1),
    'training, samples/s': rounded((1000 * batchSize) / training, 1),
    'activity of the layers, before training': activities.join(', '),
  }
}
