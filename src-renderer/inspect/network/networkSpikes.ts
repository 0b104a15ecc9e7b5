/** Spikes on their way: which run along which synapse at a time, and who has just fired. */
import type { PlacedSynapse } from './networkLayout.ts'

/** Spikes of a run by the places of their neurons, by rising step. */
export interface NetworkSpikes {
  readonly neurons: ArrayLike<number>
  readonly steps: ArrayLike<number>
}

interface Running {
  readonly synapse: number
  /** Of the way, from 0 to 1. */
  readonly share: number
}

export class SpikesOnTheWay {
  readonly #synapses: readonly PlacedSynapse[]
  /** Synapses by the neuron that they come from. */
  readonly #outgoing = new Map<number, number[]>()
  readonly #longest: number

  constructor(synapses: readonly PlacedSynapse[]) {
    this.#synapses = synapses
    for (const [synapse, { from }] of synapses.entries()) {
      const own = this.#outgoing.get(from)
      if (own === undefined) this.#outgoing.set(from, [synapse])
      else own.push(synapse)
    }
    this.#longest = synapses.reduce((most, { delay }) => Math.max(most, delay), 1)
  }

  /** A spike of step s leaves at s, and arrives a delay later. */
  at({ neurons, steps }: NetworkSpikes, time: number): { readonly running: Running[]; readonly fired: Set<number> } {
    const running: Running[] = []
    const fired = new Set<number>()
    for (let spike = firstFrom(steps, time - this.#longest); spike < steps.length; spike++) {
      const step = steps[spike] ?? 0
      if (step > time) break
      const neuron = neurons[spike] ?? 0
      if (time < step + 1) fired.add(neuron)
      for (const synapse of this.#outgoing.get(neuron) ?? []) {
        const delay = Math.max(this.#synapses[synapse]?.delay ?? 1, 1e-9)
        const share = (time - step) / delay
        if (share < 1) running.push({ synapse, share })
      }
    }
    return { running, fired }
  }
}

/** The first spike from a time on. */
const firstFrom = (steps: ArrayLike<number>, time: number): number => {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((steps[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}
