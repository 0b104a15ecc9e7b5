/**
 * The kernel set of every machine: WebAssembly with SIMD, one thread (src-worker/kernels/layered). Sums are in single
 * precision, states of neurons in double precision. Sparse activity is listed once and gone through event by event.
 */
import type { KernelSet } from '../kernelSet.ts'
import { fastestWay } from './convCosts.ts'
import { createConvKernels, createPoolKernels } from './convKernels.ts'
import { createDenseKernels } from './denseKernels.ts'
import {
  createDelayKernels,
  createOptimiserKernels,
  createSpikeKernels,
  createWeightKernels,
} from './elementKernels.ts'
import { KernelMemory } from './kernelMemory.ts'
import { instantiateLayeredKernel } from './layeredKernel.ts'
import { createNeuronKernels } from './neuronKernels.ts'
import { pointerOf, WasmBlock, written } from './wasmBlock.ts'

/** A kernel set that also tells how much memory it holds. */
export interface WasmKernels extends KernelSet {
  /** Bytes. */
  memoryBytes(): number
}

/**
 * @param module the compiled kernel, out/kernels/layered.wasm
 * @param choose how a convolution is computed: where tests want another way than the fastest
 * @throws {Error} when the module is not this kernel, or an older one
 */
export const createWasmKernels = (module: WebAssembly.Module | BufferSource, choose = fastestWay): WasmKernels => {
  const kernel = instantiateLayeredKernel(module)
  const memory = new KernelMemory(kernel)
  return {
    name: 'wasm',
    device: 'WebAssembly, one core',
    memoryBytes: () => memory.bytes,
    block: (shape) => new WasmBlock(memory, shape),
    write(block, values) {
      if (values.length !== block.size) throw new RangeError(`The block has ${block.size} numbers.`)
      memory.numbers(written(memory, block), block.size).set(values)
    },
    read: (block) => memory.numbers(pointerOf(memory, block), block.size).slice(),
    fill(block, value) {
      kernel.fill(written(memory, block), block.size, value)
    },
    writeEvents(block, steps, samples, inputs, values) {
      const [, batch = 1] = block.shape
      const width = block.size / ((block.shape[0] ?? 1) * batch)
      const target = memory.numbers(written(memory, block), block.size).fill(0)
      for (let index = 0; index < steps.length; index++) {
        const row = (steps[index] ?? 0) * batch + (samples[index] ?? 0)
        target[row * width + (inputs[index] ?? 0)] = values === null ? 1 : (values[index] ?? 0)
      }
    },
    dispose() {
      // The instance holds all memory: it goes when this set is let go of.
    },
    dense: createDenseKernels(kernel, memory),
    conv: createConvKernels(kernel, memory, choose),
    pool: createPoolKernels(kernel, memory),
    neurons: createNeuronKernels(kernel, memory),
    delay: createDelayKernels(kernel, memory),
    weights: createWeightKernels(kernel, memory),
    spikes: createSpikeKernels(kernel, memory),
    optimiser: createOptimiserKernels(kernel, memory),
  }
}
