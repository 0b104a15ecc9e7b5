import type { KernelSet } from '../kernelSet.ts'
import { mostRowsOfPiece, type RowLists } from './eventLists.ts'
import type { KernelMemory } from './kernelMemory.ts'
import type { LayeredKernel } from './layeredKernel.ts'
import { blockOf, pointerOf, type WasmBlock, written } from './wasmBlock.ts'

/** Bytes of the widest panel's row. */
const panelRowBytes = 192
/** A piece of steps below this share of a block is listed for itself. */
const wholeShare = 0.5

/** Products of layers where every neuron has every input: event by event, or tile by tile where activity is dense. */
export const createDenseKernels = (kernel: LayeredKernel, memory: KernelMemory): KernelSet['dense'] => {
  /** Lists of rows from `from` on, of `rows` rows: of the block when known or worth it, otherwise in scratch, at `offset`. */
  const rowLists = (
    block: WasmBlock,
    all: number,
    from: number,
    rows: number,
    width: number,
    scratchOffset: number,
  ): RowLists | null => {
    if (block.events.known || rows >= all * wholeShare) {
      const lists = block.events.byRow(kernel, memory, block.pointer, all, width)
      return lists === null ? null : { ...lists, starts: lists.starts + from * 4 }
    }
    const capacity = rows * width
    const listBytes = Math.ceil(capacity / 16) * 64
    const scratch = memory.scratch(scratchOffset + (rows + 16) * 4 + 2 * listBytes)
    const starts = scratch + scratchOffset
    const indices = starts + Math.ceil((rows + 1) / 16) * 64
    const activity = block.pointer + from * width * 4
    const count = kernel.listRows(activity, rows, width, starts, indices, capacity) >>> 0
    if (count > capacity * 0.4) return null
    if (kernel.valued.value === 0) return { starts, indices, values: 0 }
    kernel.listValues(activity, rows, width, starts, indices, indices + listBytes)
    return { starts, indices, values: indices + listBytes }
  }

  return {
    forward({ steps, batch, inputs, neurons }, range, spikes, weights, currents, add, shift) {
      const to = written(memory, currents)
      // The first steps have no spikes to come from.
      const first = Math.min(Math.max(range.from, shift), range.to)
      if (!add) kernel.fill(to + range.from * batch * neurons * 4, (first - range.from) * batch * neurons, 0)
      const rows = (range.to - first) * batch
      if (rows === 0) return
      const source = (first - shift) * batch
      const block = blockOf(memory, spikes)
      const weightPointer = pointerOf(memory, weights)
      const out = to + first * batch * neurons * 4
      const panelBytes = Math.ceil((inputs * panelRowBytes) / 64) * 64
      const lists = rowLists(block, steps * batch, source, rows, inputs, panelBytes)
      if (lists === null) {
        const scratch = memory.scratch(inputs * (neurons + 8) * 4)
        kernel.denseProduct(
          rows,
          inputs,
          neurons,
          block.pointer + source * inputs * 4,
          weightPointer,
          out,
          Number(add),
          scratch,
        )
      } else {
        const { starts, indices, values } = lists
        const scratch = memory.scratch(panelBytes)
        kernel.denseForwardEvents(
          rows,
          inputs,
          neurons,
          starts,
          indices,
          values,
          weightPointer,
          out,
          Number(add),
          scratch,
        )
      }
    },

    inputGradient({ steps, batch, inputs, neurons }, range, gradient, weights, inputGradient, add, shift) {
      const to = written(memory, inputGradient)
      // The last steps have no gradient to come from.
      const last = Math.max(Math.min(range.to, steps - shift), range.from)
      if (!add) kernel.fill(to + last * batch * inputs * 4, (range.to - last) * batch * inputs, 0)
      const rows = (last - range.from) * batch
      if (rows === 0) return
      kernel.denseProductTransposed(
        rows,
        neurons,
        inputs,
        pointerOf(memory, gradient) + (range.from + shift) * batch * neurons * 4,
        pointerOf(memory, weights),
        to + range.from * batch * inputs * 4,
        Number(add),
        memory.scratch(neurons * (inputs + 8) * 4),
      )
    },

    weightGradient({ steps, batch, inputs, neurons }, spikes, gradient, weightGradient, shift) {
      const block = blockOf(memory, spikes)
      const gradientPointer = pointerOf(memory, gradient)
      const to = written(memory, weightGradient)
      const rows = steps * batch
      const lists = block.events.byInput(kernel, memory, block.pointer, rows, inputs)
      if (lists === null) {
        const from = gradientPointer + shift * batch * neurons * 4
        const scratch = memory.scratch(128 * (inputs + 12) * 4)
        const left = Math.max(0, steps - shift) * batch
        kernel.denseTransposedProduct(left, inputs, neurons, block.pointer, from, to, 0, scratch)
      } else {
        const { piece, starts, indices, values } = lists
        kernel.denseWeightGradientEvents(
          rows,
          inputs,
          neurons,
          piece,
          starts,
          indices,
          values,
          gradientPointer,
          to,
          shift * batch,
          memory.scratch(mostRowsOfPiece * panelRowBytes),
        )
      }
    },
  }
}
