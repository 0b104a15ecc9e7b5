/** Times of the operations of a kernel set at the sizes of real networks, against the activity of their inputs. */
import { sizeOf } from '../../src-core/encoding/inputEvents.ts'
import type { NeuronPlan } from '../../src-core/layered/networkPlan.ts'
import { createGenerator } from '../../src-core/random/generator.ts'
import type { Block, ConvSize, DenseSize, KernelSet } from '../../src-worker/engines/layered/kernelSet.ts'
import { fastestMilliseconds } from './time.ts'

/** `work`: multiplications with additions, or entries, of one call; those that a zero spares are counted too. */
export interface OperationTime {
  readonly operation: string
  readonly activity: number | null
  readonly milliseconds: number
  readonly work: number
}

const activities = [0.01, 0.05, 0.13, 0.3, 1]

export const denseSizes: Readonly<Record<string, DenseSize>> = {
  'dense 784-1000': { steps: 25, batch: 128, inputs: 784, neurons: 1000 },
  'dense 1000-10': { steps: 25, batch: 128, inputs: 1000, neurons: 10 },
  'dense 512-512': { steps: 500, batch: 10, inputs: 512, neurons: 512 },
}

const image = { channels: 1, rows: 28, columns: 28 }

const conv = (input: ConvSize['input'], channels: number, side: number): ConvSize => {
  const output = { channels, rows: side, columns: side }
  return { steps: 25, batch: 16, input, output, kernel: 5, stride: 1, padding: 0, gradient: 'fourier' }
}
export const convSizes: Readonly<Record<string, ConvSize>> = {
  'conv 1-32': conv(image, 32, 24),
  'conv 32-64': conv({ channels: 32, rows: 12, columns: 12 }, 64, 8),
  'conv 1-6': conv(image, 6, 24),
  'conv 6-12': conv({ channels: 6, rows: 12, columns: 12 }, 12, 8),
}

/** All operations whose name contains `wanted`, one after the other. @param create a set for each size, let go after it */
export const measureKernels = function* (create: () => KernelSet, wanted = ''): Generator<OperationTime> {
  for (const [name, size] of Object.entries(denseSizes))
    if (name.includes(wanted)) yield* measureDense(create(), name, size)
  for (const [name, size] of Object.entries(convSizes))
    if (name.includes(wanted)) yield* measureConv(create(), name, size)
  if ('neurons'.includes(wanted)) yield* measureNeurons(create())
}

const measureDense = function* (kernels: KernelSet, name: string, size: DenseSize): Generator<OperationTime> {
  const { steps, batch, inputs, neurons } = size
  const spikes = kernels.block([steps, batch, inputs])
  const currents = random(kernels, [steps, batch, neurons], 1)
  const weights = random(kernels, [inputs, neurons], 2)
  const weightGradient = kernels.block([inputs, neurons])
  const range = { from: 0, to: steps }
  const work = steps * batch * inputs * neurons
  for (const activity of activities) {
    setActivity(kernels, spikes, activity)
    const forward = fastestMilliseconds(() => kernels.dense.forward(size, range, spikes, weights, currents, false, 0))
    yield { operation: `${name} forward`, activity, milliseconds: forward, work }
    const gradient = fastestMilliseconds(() => kernels.dense.weightGradient(size, spikes, currents, weightGradient, 0))
    yield { operation: `${name} weight gradient`, activity, milliseconds: gradient, work }
  }
  const milliseconds = fastestMilliseconds(() =>
    kernels.dense.inputGradient(size, range, currents, weights, spikes, false, 0),
  )
  yield { operation: `${name} input gradient`, activity: null, milliseconds, work }
}

const measureConv = function* (kernels: KernelSet, name: string, size: ConvSize): Generator<OperationTime> {
  const { steps, batch, input, output, kernel } = size
  const spikes = kernels.block([steps, batch, sizeOf(input)])
  const currents = random(kernels, [steps, batch, sizeOf(output)], 1)
  const weights = random(kernels, [kernel, kernel, input.channels, output.channels], 2)
  const weightGradient = kernels.block(weights.shape)
  const work = steps * batch * sizeOf(output) * kernel * kernel * input.channels
  for (const activity of activities) {
    setActivity(kernels, spikes, activity)
    const forward = fastestMilliseconds(() => kernels.conv.forward(size, spikes, weights, currents))
    yield { operation: `${name} forward`, activity, milliseconds: forward, work }
    const gradient = fastestMilliseconds(() => kernels.conv.weightGradient(size, spikes, currents, weightGradient))
    yield { operation: `${name} weight gradient`, activity, milliseconds: gradient, work }
  }
  const milliseconds = fastestMilliseconds(() => kernels.conv.inputGradient(size, currents, weights, spikes))
  yield { operation: `${name} input gradient`, activity: null, milliseconds, work }
}

const measureNeurons = function* (kernels: KernelSet): Generator<OperationTime> {
  const size = { steps: 25, batch: 128, neurons: 1000, channels: 1000 }
  const shape = [size.steps, size.batch, size.neurons]
  const currents = random(kernels, shape, 1)
  const [gradient, out] = [random(kernels, shape, 2), kernels.block(shape)]
  const record = {
    spikes: kernels.block(shape),
    voltage: kernels.block(shape),
    margin: kernels.block(shape),
    current: kernels.block(shape),
  }
  const decays = { current: kernels.block([1]), voltage: kernels.block([1]) }
  const decayGradients = { current: kernels.block([1]), voltage: kernels.block([1]) }
  kernels.fill(decays.current, 1024)
  kernels.fill(decays.voltage, 400)
  const range = { from: 0, to: size.steps }
  const work = size.steps * size.batch * size.neurons
  for (const model of ['alif', 'cuba', 'lif'] as const) {
    for (const quantised of [true, false]) {
      const neuron: NeuronPlan = { ...plainNeuron, model, quantised }
      const name = `neurons ${model}${quantised ? '' : ' float'}`
      const forward = fastestMilliseconds(() =>
        kernels.neurons.forward(size, range, neuron, decays, currents, null, record),
      )
      yield { operation: `${name} forward`, activity: null, milliseconds: forward, work }
    }
  }
  const cases = [
    ['lif', null],
    ['alif', null],
    ['alif', decayGradients],
  ] as const
  for (const [model, gradients] of cases) {
    const neuron: NeuronPlan = { ...plainNeuron, model }
    const milliseconds = fastestMilliseconds(() =>
      kernels.neurons.backward(size, range, neuron, decays, record, gradient, null, out, gradients),
    )
    const operation = `neurons ${model} backward${gradients === null ? '' : ', decays'}`
    yield { operation, activity: null, milliseconds, work }
  }
  const weights = random(kernels, [784, 1000], 3)
  const moments = [kernels.block([784, 1000]), kernels.block([784, 1000])] as const
  const settings = {
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
    step: 1,
    gradientScale: 1,
    minimum: -1,
    maximum: 1,
  }
  const update = random(kernels, [784, 1000], 4)
  const adam = fastestMilliseconds(() => kernels.optimiser.adam(weights, update, ...moments, settings))
  yield { operation: 'neurons: Adam of 784-1000', activity: null, milliseconds: adam, work: 784000 }
  const delays = random(kernels, [1000], 5)
  const shift = fastestMilliseconds(() => kernels.delay.forward(size, record.spikes, null, out))
  yield { operation: 'neurons: shift', activity: null, milliseconds: shift, work }
  kernels.fill(delays, 3.5)
  const delayed = fastestMilliseconds(() => kernels.delay.forward(size, record.spikes, delays, out))
  yield { operation: 'neurons: delay', activity: null, milliseconds: delayed, work }
}

const plainNeuron: NeuronPlan = {
  model: 'alif',
  subtract: false,
  threshold: 1.25,
  thresholdStep: 0.02,
  currentDecay: 0.25,
  voltageDecay: 0.1,
  thresholdDecay: 0.05,
  refractoryDecay: 0.9,
  decays: 'shared',
  decayGradient: 'lava',
  surrogate: 'exponential',
  tauGradient: 0.1,
  scaleGradient: 1,
  quantised: true,
}

const random = (kernels: KernelSet, shape: readonly number[], seed: number): Block => {
  const block = kernels.block(shape)
  const { next } = createGenerator(seed)
  kernels.write(
    block,
    Float32Array.from({ length: block.size }, () => next() - 0.5),
  )
  return block
}

/** Spikes at random places. Their lists are made by the first of the calls that are timed, so they are not in the fastest. */
const setActivity = (kernels: KernelSet, spikes: Block, share: number): void => {
  const { next } = createGenerator(7)
  kernels.write(
    spikes,
    Float32Array.from({ length: spikes.size }, () => (next() < share ? 1 : 0)),
  )
}
