import fc from 'fast-check'
import { describe, it } from 'vitest'
import { type LayerShape, sizeOf } from '../../../../../src-core/encoding/inputEvents.ts'
import type { ConvSize, KernelSet, PoolSize } from '../../../../../src-worker/engines/layered/kernelSet.ts'
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
  unwritten,
  value,
} from './support.ts'

/** Columns are one fewer than rows where they can be, so that the two are never mixed up. */
const convSize = (
  steps: number,
  batch: number,
  channels: readonly [number, number],
  rows: number,
  kernel: number,
  stride: number,
  padding: number,
): ConvSize => {
  const columns = Math.max(rows - 1, kernel - 2 * padding, 1)
  const outputLength = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1
  return {
    steps,
    batch,
    input: { channels: channels[0], rows, columns },
    output: { channels: channels[1], rows: outputLength(rows), columns: outputLength(columns) },
    kernel,
    stride,
    padding,
    gradient: 'fourier',
  }
}

const anyConv: fc.Arbitrary<ConvSize> = fc
  .record({ rows: fc.integer({ min: 1, max: 8 }), padding: fc.integer({ min: 0, max: 2 }) })
  .chain(({ rows, padding }) =>
    fc
      .tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })),
        fc.integer({ min: 1, max: rows + 2 * padding }),
        fc.integer({ min: 1, max: 3 }),
      )
      .map(([steps, batch, channels, kernel, stride]) =>
        convSize(steps, batch, channels, rows, kernel, stride, padding),
      ),
  )

const anyPool: fc.Arbitrary<PoolSize> = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom(1, 0.75, -2),
  )
  .chain(([steps, batch, channels, rows, stride, weight]) =>
    fc.tuple(fc.integer({ min: 1, max: rows }), fc.boolean()).map(([kernel, completed]) => {
      const { input, output } = convSize(steps, batch, [channels, channels], rows, kernel, stride, 0)
      const windows = (length: number): number =>
        Math.min(Math.ceil((length - kernel) / stride), Math.floor((length - 1) / stride)) + 1
      const whole = { channels, rows: windows(input.rows), columns: windows(input.columns) }
      return { steps, batch, input, output: completed ? whole : output, kernel, stride, weight }
    }),
  )

const edges: readonly (readonly [string, ConvSize])[] = [
  ['a kernel as large as its input', convSize(3, 2, [2, 5], 5, 5, 1, 0)],
  ['a kernel of one place', convSize(2, 2, [3, 4], 4, 1, 1, 0)],
  ['a stride that leaves a border out', convSize(2, 1, [1, 3], 8, 3, 3, 0)],
  ['padding wider than half the kernel', convSize(2, 1, [2, 2], 3, 3, 1, 2)],
  ['one step of one sample', convSize(1, 1, [1, 1], 3, 2, 1, 0)],
  ['many channels', convSize(2, 2, [9, 17], 4, 3, 1, 1)],
  ['two channels of events and a stride', convSize(2, 1, [2, 6], 19, 5, 2, 1)],
]

export const describeConvolutions: ContractPart = (subject) => {
  describe('conv', () => {
    it.each(edges)('computes %s', (_, size) => {
      for (const kind of ['none', 'all', 'values'] as const) checkConv(subject(), size, kind, 11)
    })
    it('computes random shapes, with both adjoints', () => {
      fc.assert(
        fc.property(anyConv, anyActivity, anySeed, (size, kind, seed) => {
          checkConv(subject(), size, kind, seed)
        }),
        runs,
      )
    })
  })
  describe('pool', () => {
    it('sums windows, left out or completed at the end, with the adjoint', () => {
      fc.assert(
        fc.property(anyPool, anyActivity, anySeed, (size, kind, seed) => {
          checkPool(subject(), size, kind, seed)
        }),
        runs,
      )
    })
  })
}

/** Calls `visit` for each place of the output, tap of the kernel and place of the input under it. */
const places = (
  { input, output, kernel, stride }: Pick<ConvSize, 'input' | 'output' | 'kernel' | 'stride'>,
  padding: number,
  visit: (outputPlace: number, tap: number, inputPlace: number) => void,
): void => {
  for (let outputPlace = 0; outputPlace < output.rows * output.columns; outputPlace++) {
    for (let tap = 0; tap < kernel * kernel; tap++) {
      const row = Math.floor(outputPlace / output.columns) * stride + Math.floor(tap / kernel) - padding
      const column = (outputPlace % output.columns) * stride + (tap % kernel) - padding
      if (row < 0 || column < 0 || row >= input.rows || column >= input.columns) continue
      visit(outputPlace, tap, row * input.columns + column)
    }
  }
}

const addTo = (sums: Float64Array, index: number, amount: number): void => {
  sums[index] = value(sums, index) + amount
}

const shapeOf = (steps: number, batch: number, shape: LayerShape): number[] => [steps, batch, sizeOf(shape)]

const checkConv = (kernels: KernelSet, size: ConvSize, kind: ActivityKind, seed: number): void => {
  const { steps, batch, input, output, kernel, padding } = size
  const [rows, from, to] = [steps * batch, sizeOf(input), sizeOf(output)]
  const spikes = activity(kind, rows * from, seed)
  const weights = numbers(kernel * kernel * input.channels * output.channels, seed + 1)
  const gradient = numbers(rows * to, seed + 2)
  const [currents, inputGradient, weightGradient] = [
    new Float64Array(rows * to),
    new Float64Array(rows * from),
    new Float64Array(weights.length),
  ]
  places(size, padding, (outputPlace, tap, inputPlace) => {
    for (let index = 0; index < rows * input.channels * output.channels; index++) {
      const outputChannel = index % output.channels
      const inputChannel = Math.floor(index / output.channels) % input.channels
      const row = Math.floor(index / output.channels / input.channels)
      const a = row * from + inputPlace * input.channels + inputChannel
      const b = row * to + outputPlace * output.channels + outputChannel
      const w = (tap * input.channels + inputChannel) * output.channels + outputChannel
      addTo(currents, b, value(spikes, a) * value(weights, w))
      addTo(inputGradient, a, value(gradient, b) * value(weights, w))
      addTo(weightGradient, w, value(gradient, b) * value(spikes, a))
    }
  })
  const spikeBlock = blockOf(kernels, shapeOf(steps, batch, input), spikes)
  const weightShape = [kernel, kernel, input.channels, output.channels]
  const weightBlock = blockOf(kernels, weightShape, weights)
  const gradientBlock = blockOf(kernels, shapeOf(steps, batch, output), gradient)
  const forward = unwritten(kernels, shapeOf(steps, batch, output))
  kernels.conv.forward(size, spikeBlock, weightBlock, forward)
  expectClose(kernels.read(forward), currents)
  const toInput = unwritten(kernels, shapeOf(steps, batch, input))
  kernels.conv.inputGradient(size, gradientBlock, weightBlock, toInput)
  expectClose(kernels.read(toInput), inputGradient)
  const toWeights = unwritten(kernels, weightShape)
  kernels.conv.weightGradient(size, spikeBlock, gradientBlock, toWeights)
  expectClose(kernels.read(toWeights), weightGradient)
}

const checkPool = (kernels: KernelSet, size: PoolSize, kind: ActivityKind, seed: number): void => {
  const { steps, batch, input, output, weight } = size
  const [rows, from, to] = [steps * batch, sizeOf(input), sizeOf(output)]
  const spikes = activity(kind, rows * from, seed)
  const gradient = numbers(rows * to, seed + 1)
  const [currents, inputGradient] = [new Float64Array(rows * to), new Float64Array(rows * from)]
  places(size, 0, (outputPlace, _, inputPlace) => {
    for (let index = 0; index < rows * input.channels; index++) {
      const [row, channel] = [Math.floor(index / input.channels), index % input.channels]
      const a = row * from + inputPlace * input.channels + channel
      const b = row * to + outputPlace * output.channels + channel
      addTo(currents, b, value(spikes, a) * weight)
      addTo(inputGradient, a, value(gradient, b) * weight)
    }
  })
  const forward = unwritten(kernels, shapeOf(steps, batch, output))
  kernels.pool.forward(size, blockOf(kernels, shapeOf(steps, batch, input), spikes), forward)
  expectClose(kernels.read(forward), currents)
  const toInput = unwritten(kernels, shapeOf(steps, batch, input))
  kernels.pool.inputGradient(size, blockOf(kernels, shapeOf(steps, batch, output), gradient), toInput)
  expectClose(kernels.read(toInput), inputGradient)
}
