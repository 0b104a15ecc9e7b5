/** Rate encoding in the kernel `stdp`: the spikes of src-core/encoding/encodeRate.ts to the last one, in a twentieth of the time. */
import type { InputEvents } from '../../src-core/encoding/inputEvents.ts'
import type { IntervalTables } from '../../src-core/diehlCook/encodingTables.ts'
import { presentationSeeds } from '../../src-core/diehlCook/diehlCookNetwork.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import { reserveMemory } from '../engines/diehlCook/configuration.ts'
import { instantiateKernel } from '../engines/diehlCook/kernel.ts'

/** The kernel has a place for every input in every step; above this the plain form, which has none, is kept to. */
const memoryLimitBytes = 256 * 2 ** 20

/** Whether presentations of that many inputs fit the kernel's share of memory. */
export const fitsRateKernel = (inputs: number, steps: number): boolean => 4 * inputs * (steps + 16) <= memoryLimitBytes

/**
 * @param module the compiled kernel `stdp`
 * @param inputs of a sample; `fitsRateKernel`
 * @returns what draws the spikes of a sample's levels, [inputs] from 0 to 255, by the seed of its presentation
 * @throws {OutOfMemory} when this machine refuses the memory
 */
export const createRateKernel = (
  module: WebAssembly.Module,
  tables: IntervalTables,
  inputs: number,
): ((levels: Uint8Array, seed: Seed) => InputEvents) => {
  const kernel = instantiateKernel(module)
  const { steps } = tables
  // It is the kernel of a whole network; of its neurons none is ever shown anything.
  reserveMemory(kernel, { inputSize: inputs, neurons: 1 }, steps)
  const { buffer } = kernel.memory
  new Uint32Array(buffer, kernel.cumulative.value).set(tables.cumulative)
  new Uint8Array(buffer, kernel.audible.value).set(tables.audible)
  kernel.prepare(0, 0, 0)
  const image = new Uint8Array(buffer, kernel.image.value, inputs)
  const counts = new Uint32Array(buffer, kernel.inputSpikeCounts.value, steps)
  const rowLength = kernel.inputRowBytes.value / 4
  const rows = new Uint32Array(buffer, kernel.inputSpikes.value, steps * rowLength)
  return (levels, seed) => {
    image.set(levels)
    kernel.encode(...presentationSeeds(seed).encoding)
    const spikes = kernel.inputSpikeTotal()
    const events = { steps: new Uint16Array(spikes), inputs: new Uint32Array(spikes), values: null }
    let at = 0
    for (let step = 0; step < steps; step++) {
      const count = counts[step] ?? 0
      events.inputs.set(rows.subarray(step * rowLength, step * rowLength + count), at)
      events.steps.fill(step, at, at + count)
      at += count
    }
    return events
  }
}
