import fc from 'fast-check'
import type { NeuronPlan } from '../../../../../src-core/layered/networkPlan.ts'
import type {
  ActivitySize,
  DecayBlocks,
  KernelSet,
  NeuronRecord,
} from '../../../../../src-worker/engines/layered/kernelSet.ts'
import { anySeed, blockOf, numbers, unwritten } from './support.ts'

export interface NeuronCase {
  readonly size: ActivitySize
  readonly neuron: NeuronPlan
  /** Decays times 4096, one or one for each channel. */
  readonly currentDecays: Float32Array
  readonly voltageDecays: Float32Array
  readonly currents: Float32Array
  readonly mask: Float32Array | null
  readonly cut: number
  readonly seed: number
}

export const anySize: fc.Arbitrary<ActivitySize> = fc
  .record({
    steps: fc.integer({ min: 1, max: 23 }),
    batch: fc.integer({ min: 1, max: 3 }),
    places: fc.integer({ min: 1, max: 5 }),
    channels: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ steps, batch, places, channels }) => ({ steps, batch, neurons: places * channels, channels }))

const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }))

export const anyNeuron: fc.Arbitrary<NeuronPlan> = fc.record({
  model: fc.constantFrom('alif', 'cuba', 'lif'),
  subtract: fc.boolean(),
  threshold: fc.double({ min: 0.1, max: 3, noNaN: true }),
  thresholdStep: fc.double({ min: 0, max: 0.5, noNaN: true }),
  currentDecay: share,
  voltageDecay: share,
  thresholdDecay: share,
  refractoryDecay: share,
  decays: fc.constantFrom('shared', 'per-channel'),
  decayGradient: fc.constantFrom('exact', 'lava'),
  surrogate: fc.constantFrom('exponential', 'fast-sigmoid', 'arctan', 'superspike', 'triangle'),
  tauGradient: fc.constantFrom(0.005, 0.05, 1),
  scaleGradient: fc.constantFrom(0.5, 3),
  quantised: fc.boolean(),
})

export const anyNeuronCase: fc.Arbitrary<NeuronCase> = fc
  .tuple(anySize, anyNeuron, anySeed, fc.constantFrom(0.3, 1, 20), fc.boolean())
  .chain(([size, neuron, seed, bound, masked]) =>
    fc.integer({ min: 0, max: size.steps }).map((cut) => {
      const decays = (decay: number, stream: number): Float32Array =>
        neuron.decays === 'shared'
          ? Float32Array.of(4096 * decay)
          : numbers(size.channels, seed + stream, 0.5).map((value) => 4096 * (value + 0.5))
      const width = size.batch * size.neurons
      return {
        size,
        neuron,
        currentDecays: decays(neuron.currentDecay, 1),
        voltageDecays: decays(neuron.voltageDecay, 2),
        // a bias, so that neurons that do not spike at all are not the rule
        currents: numbers(size.steps * width, seed, bound).map((current) => current + bound / 4),
        mask: masked ? numbers(width, seed + 3).map((value) => (value < -0.4 ? 0 : 1 / 0.7)) : null,
        cut,
        seed,
      }
    }),
  )

export interface NeuronBlocks {
  readonly decays: DecayBlocks
  readonly record: NeuronRecord
}

export const neuronBlocks = (kernels: KernelSet, given: NeuronCase): NeuronBlocks => {
  const { size, currentDecays, voltageDecays } = given
  const shape = [size.steps, size.batch, size.neurons]
  return {
    decays: {
      current: blockOf(kernels, [currentDecays.length], currentDecays),
      voltage: blockOf(kernels, [voltageDecays.length], voltageDecays),
    },
    record: {
      spikes: unwritten(kernels, shape),
      voltage: unwritten(kernels, shape),
      margin: unwritten(kernels, shape),
      current: given.neuron.model === 'lif' ? null : unwritten(kernels, shape),
    },
  }
}

/** Runs a case in its two ranges. */
export const runForward = (kernels: KernelSet, given: NeuronCase): NeuronBlocks => {
  const { size, neuron, currents, mask } = given
  const blocks = neuronBlocks(kernels, given)
  const currentBlock = blockOf(kernels, [size.steps, size.batch, size.neurons], currents)
  const maskBlock = mask === null ? null : blockOf(kernels, [size.batch, size.neurons], mask)
  for (const range of rangesOf(given)) {
    kernels.neurons.forward(size, range, neuron, blocks.decays, currentBlock, maskBlock, blocks.record)
  }
  return blocks
}

export const rangesOf = ({ size, cut }: Pick<NeuronCase, 'size' | 'cut'>): { from: number; to: number }[] =>
  [
    { from: 0, to: cut },
    { from: cut, to: size.steps },
  ].filter(({ from, to }) => from < to)
