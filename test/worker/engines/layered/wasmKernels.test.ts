import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sizeOf } from '../../../../src-core/encoding/inputEvents.ts'
import type { KernelSet } from '../../../../src-worker/engines/layered/kernelSet.ts'
import { fastestWay } from '../../../../src-worker/engines/layered/wasm/convCosts.ts'
import { createWasmKernels, type WasmKernels } from '../../../../src-worker/engines/layered/wasm/createWasmKernels.ts'
import { createReferenceKernels } from '../../../oracles/layered/createReferenceKernels.ts'
import { describeConvolutions } from './contract/convContract.ts'
import { activity, blockOf, expectClose, numbers, unwritten, withKernelSet } from './contract/support.ts'
import { describeKernelSet } from './kernelContract.ts'

const module = new WebAssembly.Module(readFileSync(new URL('../../../../out/kernels/layered.wasm', import.meta.url)))
const create = (): WasmKernels => createWasmKernels(module)

describeKernelSet('wasm', create)

const bySpectra = (): WasmKernels =>
  createWasmKernels(module, (operation, size, activity) =>
    operation === 'forward' || size.stride > 1 ? fastestWay(operation, size, activity) : 'fourier',
  )

describe('kernel set wasm, gradients of convolutions by the convolution theorem', () => {
  withKernelSet(bySpectra, describeConvolutions)

  test('adds up the spectra of more samples than are transformed at once', () => {
    const input = { channels: 5, rows: 9, columns: 6 }
    const output = { channels: 17, rows: 6, columns: 3 }
    const size = { steps: 10, batch: 27, input, output, kernel: 4, stride: 1, padding: 0, gradient: 'fourier' as const }
    const gradients = (kernels: KernelSet): Float32Array[] => {
      const spikes = blockOf(kernels, [10, 27, sizeOf(input)], activity('half', 270 * sizeOf(input), 1))
      const gradient = blockOf(kernels, [10, 27, sizeOf(output)], numbers(270 * sizeOf(output), 2))
      const weights = blockOf(kernels, [4, 4, 5, 17], numbers(4 * 4 * 5 * 17, 3))
      const [ofWeights, ofInput] = [unwritten(kernels, weights.shape), unwritten(kernels, spikes.shape)]
      // Twice: nothing of the sums before may be left.
      for (let time = 0; time < 2; time++) kernels.conv.weightGradient(size, spikes, gradient, ofWeights)
      kernels.conv.inputGradient(size, gradient, weights, ofInput)
      return [kernels.read(ofWeights), kernels.read(ofInput)]
    }
    const expected = gradients(createReferenceKernels())
    for (const [index, values] of gradients(bySpectra()).entries()) expectClose(values, expected[index] ?? [])
  })

  test('goes where it pays, and never against the setting, with a stride, or beyond 256 MiB', () => {
    const input = { channels: 65, rows: 20, columns: 20 }
    const output = { channels: 65, rows: 13, columns: 13 }
    const size = { steps: 25, batch: 46, input, output, kernel: 8, stride: 1, padding: 0, gradient: 'fourier' as const }
    expect(fastestWay('inputGradient', size, null)).toBe('fourier')
    expect(fastestWay('weightGradient', size, 0.3)).toBe('fourier')
    expect(fastestWay('weightGradient', size, 0.01)).toBe('events')
    expect(fastestWay('weightGradient', { ...size, gradient: 'direct' }, null)).toBe('tiles')
    expect(fastestWay('inputGradient', { ...size, stride: 2 }, null)).toBe('tiles')
    const wide = { ...size, input: { ...input, channels: 1024 }, output: { ...output, channels: 1024 } }
    expect(fastestWay('inputGradient', wide, null)).toBe('tiles')
  })
})

/** What training does with a convolution and a dense layer, with another activity every time, from sparse to dense. */
const trainingStep = (kernels: KernelSet): ((index: number) => void) => {
  const input = { channels: 2, rows: 9, columns: 9 }
  const output = { channels: 6, rows: 7, columns: 7 }
  const conv = { steps: 12, batch: 8, input, output, kernel: 3, stride: 1, padding: 0, gradient: 'fourier' as const }
  const dense = { steps: 12, batch: 8, inputs: 294, neurons: 40 }
  const all = { from: 0, to: 12 }
  const block = (width: number) => kernels.block([12, 8, width])
  const [image, currents, gradient, out, outGradient] = [block(162), block(294), block(294), block(40), block(40)]
  const [filters, filterGradient] = [kernels.block([3, 3, 2, 6]), kernels.block([3, 3, 2, 6])]
  const [weights, weightGradient] = [kernels.block([294, 40]), kernels.block([294, 40])]
  const length = 12 * 8 * 162
  // Values other than 1 come first: their memory is asked for once.
  const kinds = ['values', 'sparse', 'none', 'all', 'half'] as const
  return (index) => {
    const values = activity(kinds[index % kinds.length] ?? 'none', length, index)
    kernels.write(image, index === 0 ? values.map((value, place) => (place % 9 === 0 ? value : 0)) : values)
    kernels.conv.forward(conv, image, filters, currents)
    kernels.dense.forward(dense, all, currents, weights, out, false, 0)
    kernels.dense.forward(dense, { from: 3, to: 4 }, currents, weights, out, true, 1)
    kernels.dense.weightGradient(dense, currents, outGradient, weightGradient, 0)
    kernels.dense.inputGradient(dense, all, outGradient, weights, gradient, false, 0)
    kernels.conv.weightGradient(conv, image, gradient, filterGradient)
  }
}

describe('kernel set wasm', () => {
  test('adds up more rows than fit a cache, in pieces, with the spikes of a step before', () => {
    const size = { steps: 35, batch: 110, inputs: 5, neurons: 51 }
    const rows = size.steps * size.batch
    const spikes = activity('sparse', rows * size.inputs, 1)
    const gradient = activity('values', rows * size.neurons, 2)
    const weightGradient = (kernels: KernelSet): Float32Array => {
      const result = unwritten(kernels, [size.inputs, size.neurons])
      const from = blockOf(kernels, [size.steps, size.batch, size.inputs], spikes)
      const of = blockOf(kernels, [size.steps, size.batch, size.neurons], gradient)
      kernels.dense.weightGradient(size, from, of, result, 1)
      return kernels.read(result)
    }
    expectClose(weightGradient(create()), weightGradient(createReferenceKernels()))
  })

  // A study of an earlier version is trained again to the last bit, so the order of sums may not change.
  test.each([
    [
      'rows that are no whole fours',
      'sparse',
      { rows: 8, channels: [3, 65], kernel: 6, stride: 1, padding: 0 },
      'ebc67af940275057',
    ],
    [
      'a border and a stride',
      'values',
      { rows: 9, channels: [2, 21], kernel: 3, stride: 2, padding: 1 },
      'f6146625041a66a0',
    ],
    ['dense activity', 'all', { rows: 7, channels: [4, 13], kernel: 3, stride: 1, padding: 0 }, 'af026ebec995c7af'],
  ] as const)('adds up gradients of convolutions in the order that it always had: %s', (_, kind, shape, expected) => {
    const { rows, kernel, stride, padding } = shape
    const [channels, toChannels] = shape.channels
    const side = Math.floor((rows + 2 * padding - kernel) / stride) + 1
    const input = { channels, rows, columns: rows }
    const output = { channels: toChannels, rows: side, columns: side }
    const size = { steps: 11, batch: 14, input, output, kernel, stride, padding, gradient: 'direct' as const }
    const [samples, from, to] = [size.steps * size.batch, sizeOf(input), sizeOf(output)]
    const gradients = (kernels: KernelSet): Float32Array[] => {
      const spikes = blockOf(kernels, [size.steps, size.batch, from], activity(kind, samples * from, 5))
      const gradient = blockOf(kernels, [size.steps, size.batch, to], numbers(samples * to, 6))
      const weightShape = [kernel, kernel, channels, toChannels]
      const weights = blockOf(kernels, weightShape, numbers(kernel * kernel * channels * toChannels, 7))
      const ofWeights = unwritten(kernels, weightShape)
      const ofInput = unwritten(kernels, [size.steps, size.batch, from])
      kernels.conv.weightGradient(size, spikes, gradient, ofWeights)
      kernels.conv.inputGradient(size, gradient, weights, ofInput)
      return [kernels.read(ofWeights), kernels.read(ofInput)]
    }
    const computed = gradients(create())
    for (const [index, reference] of gradients(createReferenceKernels()).entries()) {
      expectClose(computed[index] ?? [], reference)
    }
    const hash = createHash('sha256')
    for (const values of computed) hash.update(Float32Array.from(values))
    expect(hash.digest('hex').slice(0, 16)).toBe(expected)
  })

  test.each(['write', 'writeEvents', 'fill', 'delay'] as const)('sees what %s changed in an activity', (how) => {
    const kernels = create()
    const size = { steps: 2, batch: 1, inputs: 3, neurons: 1, channels: 3 }
    const spikes = blockOf(kernels, [2, 1, 3], [1, 0, 0, 0, 0, 1])
    const weights = blockOf(kernels, [3, 1], [1, 2, 4])
    const currents = kernels.block([2, 1, 1])
    const gradient = kernels.block([3, 1])
    const compute = (): number[][] => {
      kernels.dense.forward(size, { from: 0, to: 2 }, spikes, weights, currents, false, 0)
      kernels.dense.weightGradient(size, spikes, blockOf(kernels, [2, 1, 1], [1, 10]), gradient, 0)
      return [Array.from(kernels.read(currents)), Array.from(kernels.read(gradient))]
    }
    expect(compute()).toEqual([
      [1, 4],
      [1, 0, 10],
    ])
    const event = [Uint16Array.of(1), Uint16Array.of(0), Uint32Array.of(1)] as const
    if (how === 'write') kernels.write(spikes, Float32Array.of(0, 0, 0, 0, 1, 0))
    if (how === 'writeEvents') kernels.writeEvents(spikes, ...event, null)
    if (how === 'fill') kernels.fill(spikes, 1)
    if (how === 'delay') {
      const before = blockOf(kernels, [2, 1, 3], [0, 1, 0, 1, 1, 1])
      kernels.delay.forward({ ...size, neurons: 3 }, before, null, spikes)
    }
    expect(compute()).toEqual(
      how === 'fill'
        ? [
            [7, 7],
            [11, 11, 11],
          ]
        : [
            [0, 2],
            [0, 10, 0],
          ],
    )
  })

  test('asks for no more memory once every size has been met', () => {
    const kernels = create()
    const step = trainingStep(kernels)
    step(0)
    const after = kernels.memoryBytes()
    for (let index = 1; index <= 100; index++) step(index)
    expect(kernels.memoryBytes()).toBe(after)
  })
})
