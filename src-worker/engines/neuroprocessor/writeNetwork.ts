import { ImpossibleNetwork, OutOfMemory } from '../../../src-core/diehlCook/networkFailure.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { ProcessorSettings } from '../../../src-core/neuroprocessor/processor.ts'
import { isInteger } from './amounts.ts'
import type { NeuroprocessorKernel } from './kernel.ts'

const pageBytes = 65536
const addressableBytes = 2 ** 32

/** A neuron's record in the kernel's memory, in bytes: see its layout.ts. */
export const record = { bytes: 64, charge: 0, count: 8, first: 12, last: 16, keeps: 20, threshold: 24 } as const
const more = { from: 32, to: 36, longest: 40, leak: 44 } as const

/**
 * Lays out the kernel's memory and grows it.
 * @throws {ImpossibleNetwork} when it would not fit 4 GiB
 * @throws {OutOfMemory} when this machine refuses the memory
 */
export const reserveMemory = (kernel: NeuroprocessorKernel, what: string, sizes: readonly number[]): void => {
  const bytes = kernel.layOut(...sizes)
  if (bytes > addressableBytes)
    throw new ImpossibleNetwork(`${what} need more than 4 GiB: take fewer, or shorter delays`)
  const pages = Math.ceil((bytes - kernel.memory.buffer.byteLength) / pageBytes)
  if (pages <= 0) return
  try {
    kernel.memory.grow(pages)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new OutOfMemory(`this machine has no memory left for ${what}`, { cause })
  }
}

/** The longest delay from a spike to its arrival, in steps. */
export const longestDelay = ({ neurons, synapses }: NeuroNetwork): number => {
  const axons = new Map(neurons.map(({ id, axonalDelay }) => [id, axonalDelay]))
  return synapses.reduce((most, { from, delay }) => Math.max(most, delay + (axons.get(from) ?? 0)), 1)
}

/** Writes a network into memory that is laid out for it. @returns the places of its neurons by id */
export const writeNetwork = (
  kernel: NeuroprocessorKernel,
  { neurons, inputs, outputs, synapses }: NeuroNetwork,
  settings: ProcessorSettings,
): ReadonlyMap<number, number> => {
  const places = new Map(neurons.map(({ id }, place) => [id, place]))
  const view = new DataView(kernel.memory.buffer)
  const setAmount = (at: number, amount: number): void => {
    if (isInteger(settings)) view.setInt32(at, amount, true)
    else view.setFloat64(at, amount, true)
  }
  const weights = settings.type === 'risp' ? settings.weights : undefined
  const outgoing = neurons.map((): NeuroNetwork['synapses'][number][] => [])
  for (const synapse of synapses) outgoing[places.get(synapse.from) ?? NaN]?.push(synapse)
  let at = kernel.synapses.value >>> 0
  for (const [place, { threshold, leak, axonalDelay }] of neurons.entries()) {
    const base = (kernel.neuronRecords.value >>> 0) + place * record.bytes
    view.setInt32(base + record.keeps, keepsCharge(settings, leak) ? -1 : 0, true)
    setAmount(base + record.threshold, firesFrom(settings, threshold))
    view.setInt32(base + more.leak, leak, true)
    view.setUint32(base + more.from, at, true)
    let longest = 0
    for (const { to, weight, delay } of outgoing[place] ?? []) {
      longest = Math.max(longest, delay + axonalDelay)
      view.setUint32(at, (delay + axonalDelay) * 2 ** kernel.rowShift.value, true)
      view.setUint32(at + 4, places.get(to) ?? 0, true)
      setAmount(at + 8, weights?.[weight] ?? weight)
      if (isInteger(settings)) view.setInt32(at + 12, delay + axonalDelay, true)
      at += 16
    }
    view.setUint32(base + more.to, at, true)
    view.setInt32(base + more.longest, longest, true)
  }
  const listed = [
    [inputs, kernel.inputNeurons],
    [outputs, kernel.outputNeurons],
  ] as const
  for (const [ids, { value }] of listed) {
    for (const [index, id] of ids.entries()) view.setUint32((value >>> 0) + 4 * index, places.get(id) ?? 0, true)
  }
  return places
}

const keepsCharge = (settings: ProcessorSettings, leak: number): boolean =>
  settings.type === 'caspian' || settings.leakMode === 'none' || (settings.leakMode === 'configurable' && leak === 0)

/** The least charge that fires; of Caspian the greatest that does not. */
const firesFrom = (settings: ProcessorSettings, threshold: number): number => {
  if (settings.type === 'caspian' || settings.thresholdInclusive) return threshold
  return threshold + (settings.discrete ? 1 : 1e-7)
}
