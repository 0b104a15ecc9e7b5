/** Speed of training whole networks on random spikes: forward, loss, backward, update. */
import type { InputEvents } from '../../src-core/encoding/inputEvents.ts'
import { evaluateLoss } from '../../src-core/layered/losses.ts'
import type { NetworkPlan, SynapsePlan } from '../../src-core/layered/networkPlan.ts'
import { createGenerator } from '../../src-core/random/generator.ts'
import { createLayeredNetwork } from '../../src-worker/engines/layered/createLayeredNetwork.ts'
import type { KernelSet } from '../../src-worker/engines/layered/kernelSet.ts'
import type { LayeredNetwork } from '../../src-worker/engines/layered/layeredNetwork.ts'
import { alif, densePlan, image, layer, lif, list, randomSpikes } from './plans.ts'
import { fastestMilliseconds } from './time.ts'

export interface TrainingTime {
  readonly network: string
  readonly millisecondsPerBatch: number
  readonly samplesPerSecond: number
}

/** @param create a set for each network @param activity share of the inputs that spike in a step */
export const measureTraining = function* (create: () => KernelSet, activity = 0.13): Generator<TrainingTime> {
  for (const [name, neuron] of [
    ['lif', lif],
    ['alif', alif],
  ] as const) {
    const plan = densePlan([784, 1000, 10], 25, neuron)
    yield measure(`784-1000-10 ${name}, T 25, batch 128`, create(), plan, 128, activity)
  }
  const conv: SynapsePlan = { type: 'conv', kernel: 5, stride: 1, padding: 0, gradient: 'fourier' }
  const pool: SynapsePlan = { type: 'pool', kernel: 2, stride: 2, weight: 1 }
  const layers = [
    layer('conv1', conv, image, { channels: 32, rows: 24, columns: 24 }, lif),
    layer('pool1', pool, { channels: 32, rows: 24, columns: 24 }, { channels: 32, rows: 12, columns: 12 }, lif),
    layer('conv2', conv, { channels: 32, rows: 12, columns: 12 }, { channels: 64, rows: 8, columns: 8 }, lif),
    layer('pool2', pool, { channels: 64, rows: 8, columns: 8 }, { channels: 64, rows: 4, columns: 4 }, lif),
    layer('output', { type: 'dense' }, { channels: 64, rows: 4, columns: 4 }, list(10), lif),
  ]
  const plan: NetworkPlan = { input: image, steps: 25, classes: 10, layers }
  yield measure('32C5-P2-64C5-P2-10 lif, T 25, batch 16', create(), plan, 16, activity)
  const recurrent = layer('hidden', { type: 'recurrent' }, list(700), list(256), alif)
  const classes = layer('output', { type: 'dense' }, list(256), list(20), alif)
  const spoken: NetworkPlan = { input: list(700), steps: 100, classes: 20, layers: [recurrent, classes] }
  yield measure('700-256 recurrent-20 alif, T 100, batch 64', create(), spoken, 64, 0.02)
}

const measure = (
  network: string,
  kernels: KernelSet,
  plan: NetworkPlan,
  batchSize: number,
  activity: number,
): TrainingTime => {
  const trained = createLayeredNetwork(plan, kernels, batchSize, 1)
  const { next } = createGenerator(3)
  const batch = Array.from({ length: batchSize }, () => randomSpikes(plan, activity, next))
  const labels = batch.map((_, index) => index % plan.classes)
  const millisecondsPerBatch = fastestMilliseconds(() => trainBatch(trained, batch, labels, null))
  trained.dispose()
  return { network, millisecondsPerBatch, samplesPerSecond: (batchSize * 1000) / millisecondsPerBatch }
}

const loss = { type: 'rate', trueRate: 0.2, falseRate: 0.03 } as const

/** One step of training. */
export const trainBatch = (
  network: LayeredNetwork,
  batch: readonly InputEvents[],
  labels: readonly number[],
  dropoutSeed: number | null,
): void => {
  network.forward(batch, dropoutSeed)
  const { gradient } = evaluateLoss(loss, network.outputRates(), labels, network.plan.classes)
  network.backward(gradient, 0)
  network.update({ learningRate: 1e-3, weightDecay: 0, clipNorm: null })
}
