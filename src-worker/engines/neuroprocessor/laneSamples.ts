import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { ProcessorSettings } from '../../../src-core/neuroprocessor/processor.ts'
import { type PreparedSamples, spikeBytes } from './encodedSamples.ts'
import { longestDelay } from './writeNetwork.ts'

/** Samples that are shown at once. */
const lanes = 8
export const laneSpikeBytes = 48
/** Steps and spikes are counted in 16 bits then. */
export const mostLaneSteps = 32_767

/** Samples by eight: the spikes of one step and one input are one, with the amounts of the samples that have it. */
interface LaneSamples {
  /** Where the spikes of each group begin; one more, where the last ones end. */
  readonly offsets: Uint32Array
  /** As the kernel's lanes.ts reads them. */
  readonly spikes: ArrayBuffer
  /** The greatest sum of amounts, without their signs, that one sample has for one input in one step. */
  readonly largest: number
}

export const noLanes: LaneSamples = { offsets: Uint32Array.of(0), spikes: new ArrayBuffer(0), largest: 0 }

interface Merged {
  readonly step: number
  readonly input: number
  readonly amounts: Map<number, number>
}

/** @param samples whose amounts are integers */
export const laneSamples = ({ count, offsets, spikes }: PreparedSamples): LaneSamples => {
  const view = new DataView(spikes)
  const starts = [0]
  const all: Merged[] = []
  let largest = 0
  for (let first = 0; first < count; first += lanes) {
    /** By step and input: one for each time that a sample has a spike there. */
    const merged = new Map<string, Merged[]>()
    for (let sample = first; sample < Math.min(first + lanes, count); sample++) {
      for (let place = offsets[sample] ?? 0; place < (offsets[sample + 1] ?? 0); place++) {
        const step = view.getInt32(place * spikeBytes, true)
        const input = view.getUint32(place * spikeBytes + 4, true)
        const there = merged.get(`${step} ${input}`) ?? []
        merged.set(`${step} ${input}`, there)
        let free = there.find(({ amounts }) => !amounts.has(sample - first))
        if (free === undefined) there.push((free = { step, input, amounts: new Map() }))
        free.amounts.set(sample - first, view.getInt32(place * spikeBytes + 8, true))
      }
    }
    for (const there of merged.values()) {
      for (let lane = 0; lane < lanes; lane++) {
        largest = Math.max(
          largest,
          there.reduce((sum, { amounts }) => sum + Math.abs(amounts.get(lane) ?? 0), 0),
        )
      }
    }
    all.push(...[...merged.values()].flat().sort((one, other) => one.step - other.step || one.input - other.input))
    starts.push(all.length)
  }
  return { offsets: Uint32Array.from(starts), spikes: write(all), largest }
}

const write = (merged: readonly Merged[]): ArrayBuffer => {
  const buffer = new ArrayBuffer(merged.length * laneSpikeBytes)
  const view = new DataView(buffer)
  for (const [place, { step, input, amounts }] of merged.entries()) {
    const at = place * laneSpikeBytes
    view.setInt32(at, step, true)
    view.setUint32(at + 4, input, true)
    for (const [lane, amount] of amounts) {
      view.setInt16(at + 16 + 2 * lane, amount, true)
      view.setInt16(at + 32 + 2 * lane, -1, true)
    }
  }
  return buffer
}

/** Whether a processor computes so at all: RISP of integers whose spikes count when they are sent. */
export const laneable = (settings: ProcessorSettings): boolean =>
  settings.type === 'risp' && settings.discrete && !settings.fireLikeRavens

/** Of a neuron in a row of the queue, and what the whole queue may take. */
const laneCellBytes = 32
const mostQueueBytes = 2 ** 28

/** Whether no charge of a network can leave 16 bits, and its queue is not too large. @param largest of the samples */
export const fitsLanes = (network: NeuroNetwork, settings: ProcessorSettings, largest: number): boolean => {
  if (settings.type !== 'risp') return false
  // There are at most twice as many rows as steps of delay.
  if (2 * longestDelay(network) * network.neurons.length * laneCellBytes > mostQueueBytes) return false
  const { weights, minPotential, maxThreshold } = settings
  const reach = new Map(network.inputs.map((id) => [id, largest]))
  for (const { to, weight } of network.synapses) {
    reach.set(to, (reach.get(to) ?? 0) + Math.abs(weights?.[weight] ?? weight))
  }
  // A charge that is kept is below its threshold, or one where thresholds are below it; exclusive thresholds are one more.
  const kept = Math.max(-minPotential, Math.abs(maxThreshold) + 1)
  return [...reach.values()].every((arriving) => kept + arriving <= 32_767)
}
