import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { DenseSize, KernelSet } from '../../../../../src-worker/engines/layered/kernelSet.ts'
import {
  activity,
  type ActivityKind,
  anyActivity,
  anySeed,
  blockOf,
  type ContractPart,
  expectClose,
  numbers,
  runs,
  sumOver,
  unwritten,
  value,
} from './support.ts'

interface DenseCase {
  readonly size: DenseSize
  readonly kind: ActivityKind
  readonly shift: number
  readonly add: boolean
  /** Where the steps are cut in two ranges. */
  readonly cut: number
  readonly seed: number
}

const anyCase: fc.Arbitrary<DenseCase> = fc
  .record({
    steps: fc.integer({ min: 1, max: 7 }),
    batch: fc.integer({ min: 1, max: 5 }),
    inputs: fc.integer({ min: 1, max: 37 }),
    neurons: fc.integer({ min: 1, max: 37 }),
  })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      kind: anyActivity,
      shift: fc.constantFrom(0, 1, 2),
      add: fc.boolean(),
      cut: fc.integer({ min: 0, max: size.steps }),
      seed: anySeed,
    }),
  )

export const describeDense: ContractPart = (subject) => {
  describe('dense', () => {
    it('multiplies spikes and weights', () => {
      fc.assert(
        fc.property(anyCase, (given) => {
          checkForward(subject(), given)
        }),
        runs,
      )
    })
    it('has the adjoint for the inputs', () => {
      fc.assert(
        fc.property(anyCase, (given) => {
          checkInputGradient(subject(), given)
        }),
        runs,
      )
    })
    it('has the adjoint for the weights', () => {
      fc.assert(
        fc.property(anyCase, (given) => {
          checkWeightGradient(subject(), given)
        }),
        runs,
      )
    })
    it('sums over many inputs and rows', () => {
      const size = { steps: 5, batch: 7, inputs: 523, neurons: 33 }
      for (const kind of ['sparse', 'values'] as const) {
        const given = { size, kind, shift: 0, add: false, cut: 4, seed: 3 }
        checkForward(subject(), given)
        checkInputGradient(subject(), given)
        checkWeightGradient(subject(), given)
      }
    })
  })
}

const rangesOf = ({ size, cut }: DenseCase): { from: number; to: number }[] =>
  [
    { from: 0, to: cut },
    { from: cut, to: size.steps },
  ].filter(({ from, to }) => from < to)

const checkForward = (kernels: KernelSet, given: DenseCase): void => {
  const { size, kind, shift, add, seed } = given
  const { steps, batch, inputs, neurons } = size
  const spikes = activity(kind, steps * batch * inputs, seed)
  const weights = numbers(inputs * neurons, seed + 1)
  const before = numbers(steps * batch * neurons, seed + 2)
  const currents = blockOf(kernels, [steps, batch, neurons], add ? before : before.map(() => Number.NaN))
  const spikeBlock = blockOf(kernels, [steps, batch, inputs], spikes)
  const weightBlock = blockOf(kernels, [inputs, neurons], weights)
  for (const range of rangesOf(given)) kernels.dense.forward(size, range, spikeBlock, weightBlock, currents, add, shift)
  const expected = before.map((start, place) => {
    const [row, neuron] = [Math.floor(place / neurons) - shift * batch, place % neurons]
    const product = sumOver(
      row < 0 ? 0 : inputs,
      (input) => value(spikes, row * inputs + input) * value(weights, input * neurons + neuron),
    )
    return product + (add ? start : 0)
  })
  expectClose(kernels.read(currents), expected)
}

const checkInputGradient = (kernels: KernelSet, given: DenseCase): void => {
  const { size, shift, add, seed } = given
  const { steps, batch, inputs, neurons } = size
  const gradient = numbers(steps * batch * neurons, seed)
  const weights = numbers(inputs * neurons, seed + 1)
  const before = numbers(steps * batch * inputs, seed + 2)
  const inputGradient = blockOf(kernels, [steps, batch, inputs], add ? before : before.map(() => Number.NaN))
  const gradientBlock = blockOf(kernels, [steps, batch, neurons], gradient)
  const weightBlock = blockOf(kernels, [inputs, neurons], weights)
  for (const range of rangesOf(given)) {
    kernels.dense.inputGradient(size, range, gradientBlock, weightBlock, inputGradient, add, shift)
  }
  const expected = before.map((start, place) => {
    const [row, input] = [Math.floor(place / inputs) + shift * batch, place % inputs]
    const product = sumOver(
      row < steps * batch ? neurons : 0,
      (neuron) => value(gradient, row * neurons + neuron) * value(weights, input * neurons + neuron),
    )
    return product + (add ? start : 0)
  })
  expectClose(kernels.read(inputGradient), expected)
}

const checkWeightGradient = (kernels: KernelSet, { size, kind, shift, seed }: DenseCase): void => {
  const { steps, batch, inputs, neurons } = size
  const spikes = activity(kind, steps * batch * inputs, seed)
  const gradient = numbers(steps * batch * neurons, seed + 1)
  const weightGradient = unwritten(kernels, [inputs, neurons])
  kernels.dense.weightGradient(
    size,
    blockOf(kernels, [steps, batch, inputs], spikes),
    blockOf(kernels, [steps, batch, neurons], gradient),
    weightGradient,
    shift,
  )
  const rows = Math.max(0, steps - shift) * batch
  const expected = new Float32Array(inputs * neurons).map((_, index) => {
    const [input, neuron] = [Math.floor(index / neurons), index % neurons]
    return sumOver(
      rows,
      (row) => value(spikes, row * inputs + input) * value(gradient, (row + shift * batch) * neurons + neuron),
    )
  })
  expectClose(kernels.read(weightGradient), expected)
}
