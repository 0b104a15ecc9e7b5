import { sizeOf } from '../../../../src-core/encoding/inputEvents.ts'
import type { ConvSize, KernelSet, PoolSize } from '../kernelSet.ts'
import type { ChooseConvWay, ConvWay } from './convCosts.ts'
import type { RowLists } from './eventLists.ts'
import { fourierMatrices, type FourierMatrices } from './fourierMatrices.ts'
import { fourierNumbers, fourierSamples } from './fourierSizes.ts'
import type { KernelMemory } from './kernelMemory.ts'
import type { LayeredKernel } from './layeredKernel.ts'
import { blockOf, pointerOf, type WasmBlock, written } from './wasmBlock.ts'

/** Rows of a gradient that are summed at once: with 48 columns a fifth of a second-level cache of 1 MiB. */
const rowsAtOnce = 1024
/** Numbers of the gradients of inputs that are computed at once: a quarter of a second-level cache of 1 MiB. */
const targetsAtOnce = 65_536
/** Rows of a gradient in one product: a panel of eight columns stays in a first-level cache, and tiles are worth their start. */
const rowsOfProduct = 144
/** Rows of a gradient that stay in a first-level cache of 32 KiB with the lists that name them. */
const fewestRowsOfPiece = 112
/** What a list of a piece costs besides its entries must be little. */
const entriesOfList = 12
/** A gradient that at least this many weights meet is packed first. */
const fewestMeetings = 24

/** Convolutions: event by event, or tile by tile where activity is dense; gradients by the convolution theorem too. */
export const createConvKernels = (
  kernel: LayeredKernel,
  memory: KernelMemory,
  choose: ChooseConvWay,
): KernelSet['conv'] => {
  const matricesBySize = new Map<string, FourierMatrices>()

  const matricesOf = (size: ConvSize): FourierMatrices => {
    const { input, output, kernel: width, padding } = size
    const key = [input.rows, input.columns, output.rows, output.columns, width, padding].join(' ')
    const found = matricesBySize.get(key) ?? fourierMatrices(size)
    matricesBySize.set(key, found)
    return found
  }

  const scratchOf = (operation: keyof FourierMatrices, size: ConvSize) => {
    const matrices = matricesOf(size)[operation]
    const room = Math.ceil(matrices.length / 16) * 16
    return { matrices, room, scratch: memory.scratch((room + fourierNumbers(operation, size)) * 4) }
  }

  /** Memory for the way of dense activity, so that it does not grow while a network trains. */
  const reserve = (size: ConvSize): void => {
    if (choose('weightGradient', size, null) === 'fourier') scratchOf('weightGradient', size)
  }

  /** @param factors pointers: gradient and weights, or input and gradient */
  const multiplySpectra = (
    operation: keyof FourierMatrices,
    size: ConvSize,
    factors: readonly [number, number],
    to: number,
  ): void => {
    const { matrices, room, scratch } = scratchOf(operation, size)
    memory.numbers(scratch, matrices.length).set(matrices)
    setSize(size)
    const samples = size.steps * size.batch
    const compute = operation === 'inputGradient' ? kernel.convInputGradientFourier : kernel.convWeightGradientFourier
    compute(samples, ...factors, to, fourierSamples(size), scratch, scratch + room * 4)
  }

  const setSize = ({ input, output, kernel: width, stride, padding }: ConvSize): void => {
    const { channels, rows, columns } = input
    kernel.setConv(channels, rows, columns, output.channels, output.rows, output.columns, width, stride, padding)
  }

  /** The way to go with an activity; with lists where it goes event by event. */
  const wayOf = (
    operation: 'forward' | 'weightGradient',
    size: ConvSize,
    block: WasmBlock,
  ): { readonly way: ConvWay; readonly lists: RowLists | null } => {
    const samples = size.steps * size.batch
    const lists = block.events.byRow(kernel, memory, block.pointer, samples, sizeOf(size.input))
    const way = choose(operation, size, lists === null ? null : block.events.count / block.size)
    return { way, lists: way === 'events' ? lists : null }
  }

  return {
    forward(size, spikes, weights, currents) {
      const block = blockOf(memory, spikes)
      const from = pointerOf(memory, weights)
      const to = written(memory, currents)
      const samples = size.steps * size.batch
      const { lists } = wayOf('forward', size, block)
      const weightRows = size.kernel * size.kernel * size.input.channels
      setSize(size)
      if (lists === null) {
        const scratch = memory.scratch((weightRows * (size.output.channels + 12) + 80 + paddedSize(size)) * 4)
        kernel.convForward(samples, block.pointer, from, to, scratch)
      } else {
        const places = size.input.rows * size.input.columns
        const scratch = memory.scratch(
          (places + 8 + 2 * (weightRows + 4) + weightRows * (size.output.channels + 48)) * 4,
        )
        kernel.convForwardEvents(samples, lists.starts, lists.indices, lists.values, from, to, scratch)
      }
    },

    inputGradient(size, gradient, weights, inputGradient) {
      if (choose('inputGradient', size, null) === 'fourier') {
        const factors = [pointerOf(memory, gradient), pointerOf(memory, weights)] as const
        multiplySpectra('inputGradient', size, factors, written(memory, inputGradient))
        return
      }
      const { channels } = size.output
      const fit = Math.floor(targetsAtOnce / paddedSize(size))
      const samplesAtOnce = Math.min(Math.max(fit - (fit % 4), 4), 16)
      const scratch = memory.scratch(
        (size.kernel * (size.kernel * size.input.channels + 8) * channels + samplesAtOnce * paddedSize(size)) * 4,
      )
      setSize(size)
      kernel.convInputGradient(
        size.steps * size.batch,
        pointerOf(memory, gradient),
        pointerOf(memory, weights),
        written(memory, inputGradient),
        samplesAtOnce,
        scratch,
      )
    },

    weightGradient(size, spikes, gradient, weightGradient) {
      const block = blockOf(memory, spikes)
      const from = pointerOf(memory, gradient)
      const to = written(memory, weightGradient)
      const samples = size.steps * size.batch
      reserve(size)
      const { way, lists } = wayOf('weightGradient', size, block)
      if (way === 'fourier') {
        multiplySpectra('weightGradient', size, [block.pointer, from], to)
        return
      }
      setSize(size)
      const pixels = size.output.rows * size.output.columns
      if (lists === null) {
        const samplesAtOnce = Math.max(1, Math.floor(rowsOfProduct / pixels))
        const scratch = memory.scratch(samplesAtOnce * (pixels * (size.output.channels + 16) + paddedSize(size)) * 4)
        kernel.convWeightGradient(samples, block.pointer, from, to, samplesAtOnce, scratch)
      } else {
        const { channels, rows, columns } = size.input
        const weightRows = size.kernel * size.kernel * channels
        const samplesAtOnce = Math.min(samples, Math.max(1, Math.floor(rowsAtOnce / pixels)))
        const density = Math.max(block.events.count, 1) / block.size
        const piece = Math.min(Math.max(entriesOfList / density, fewestRowsOfPiece), rowsAtOnce)
        const linesAtOnce = Math.max(1, Math.floor(piece / size.output.columns))
        const packs = density * weightRows > fewestMeetings
        // That of any activity, so that memory does not grow while a network trains.
        const mostRows = Math.max(rowsAtOnce, size.output.columns)
        const perSample = rows * columns + 1 + sizeOf(size.input)
        const listNumbers = (channels + 96) * (1 + 2 * mostRows)
        const sums = (mostRows + weightRows) * (size.output.channels + 48)
        const scratch = memory.scratch((samplesAtOnce * perSample + listNumbers + sums + 16) * 4)
        kernel.convWeightGradientEvents(
          samples,
          lists.starts,
          lists.indices,
          lists.values,
          from,
          to,
          samplesAtOnce,
          linesAtOnce,
          Number(packs),
          scratch,
        )
      }
    },
  }
}

/** Sums over windows. */
export const createPoolKernels = (kernel: LayeredKernel, memory: KernelMemory): KernelSet['pool'] => {
  const numbers = ({ steps, batch, input, output, kernel: width, stride, weight }: PoolSize): number[] => [
    steps * batch,
    input.channels,
    input.rows,
    input.columns,
    output.rows,
    output.columns,
    width,
    stride,
    weight,
  ]
  return {
    forward(size, spikes, currents) {
      kernel.poolForward(...numbers(size), pointerOf(memory, spikes), written(memory, currents))
    },
    inputGradient(size, gradient, inputGradient) {
      kernel.poolInputGradient(...numbers(size), pointerOf(memory, gradient), written(memory, inputGradient))
    },
  }
}

const paddedSize = ({ input, padding }: ConvSize): number =>
  (input.rows + 2 * padding) * (input.columns + 2 * padding) * input.channels
