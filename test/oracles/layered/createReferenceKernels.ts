/**
 * The kernel set that says what the others compute: plain TypeScript, slow, for reading and for tests. Sums and states
 * are in double precision, what is stored in single precision.
 */
import type { KernelSet } from '../../../src-worker/engines/layered/kernelSet.ts'
import { createBlock, valuesOf } from './referenceBlock.ts'
import { conv } from './referenceConv.ts'
import { delay } from './referenceDelay.ts'
import { dense } from './referenceDense.ts'
import { createReferenceNeurons } from './referenceNeurons.ts'
import { optimiser } from './referenceOptimiser.ts'
import { pool } from './referencePool.ts'
import { spikes } from './referenceSpikes.ts'
import { weights } from './referenceWeights.ts'

export const createReferenceKernels = (): KernelSet => ({
  name: 'reference',
  device: 'Plain TypeScript',
  block: createBlock,
  write(block, values) {
    if (values.length !== block.size) throw new RangeError(`The block has ${block.size} numbers.`)
    valuesOf(block).set(values)
  },
  read: (block) => valuesOf(block).slice(),
  fill(block, value) {
    valuesOf(block).fill(value)
  },
  writeEvents(block, steps, samples, inputs, values) {
    const [, batch = 1, width = 1] = block.shape
    const target = valuesOf(block).fill(0)
    for (const [index, step] of steps.entries()) {
      const place = (step * batch + (samples[index] ?? 0)) * width + (inputs[index] ?? 0)
      target[place] = values?.[index] ?? 1
    }
  },
  dispose() {
    // memory of this process: the collector frees it
  },
  dense,
  conv,
  pool,
  neurons: createReferenceNeurons(),
  delay,
  weights,
  spikes,
  optimiser,
})
