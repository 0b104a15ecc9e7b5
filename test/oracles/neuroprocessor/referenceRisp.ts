import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { ProcessorSettings } from '../../../src-core/neuroprocessor/processor.ts'
import { ReferenceProcessor } from './referenceProcessor.ts'

/** RISP by docs/numerics.md, as it reads. */
export class ReferenceRisp extends ReferenceProcessor {
  readonly #settings: Extract<ProcessorSettings, { type: 'risp' }>
  /** Neurons that fired in the step before and count as fired in this one, where they fire like ravens. */
  #aside: number[] = []

  constructor(network: NeuroNetwork, settings: Extract<ProcessorSettings, { type: 'risp' }>) {
    super(network)
    this.#settings = settings
  }

  override clear(): void {
    super.clear()
    this.#aside = []
  }

  applyValue(input: number, step: number, value: number): void {
    const { weights, inputsFromWeights, maxWeight, discrete } = this.#settings
    const factor = this.#settings.spikeValueFactor ?? maxWeight ?? Math.max(...(weights ?? []))
    const fromTable = weights?.[Math.min(Math.floor(value * weights.length), weights.length - 1)] ?? NaN
    const amount = inputsFromWeights ? fromTable : discrete ? Math.floor(value * factor) : value * factor
    this.apply(input, step, amount)
  }

  protected stepsOf(steps: number): number {
    return this.#settings.runTimeInclusive ? steps + 1 : steps
  }

  protected step(): void {
    const { minPotential, fireLikeRavens } = this.#settings
    for (const neuron of this.#aside.splice(0)) this.#reset(neuron)
    const arrivals = this.takeArrivals()
    const touched = new Set(arrivals.map(([neuron]) => neuron))
    for (const neuron of touched) {
      this.charges[neuron] = Math.max(this.#leaks(neuron) ? 0 : (this.charges[neuron] ?? 0), minPotential)
    }
    for (const [neuron, amount] of arrivals) this.charges[neuron] = (this.charges[neuron] ?? 0) + amount
    for (const neuron of touched) {
      if (!this.#crosses(neuron)) continue
      const { neurons, synapses } = this.network
      for (const { from, to, weight, delay } of synapses) {
        if (from !== neurons[neuron]?.id) continue
        this.enqueue(this.now + delay, this.placeOf(to), this.#settings.weights?.[weight] ?? weight)
      }
      if (fireLikeRavens) this.#aside.push(neuron)
      else this.#reset(neuron)
    }
  }

  protected settle(): void {
    for (const neuron of this.charges.keys()) {
      if (this.#leaks(neuron)) this.charges[neuron] = 0
      this.charges[neuron] = Math.max(this.charges[neuron] ?? 0, this.#settings.minPotential)
    }
  }

  #leaks(neuron: number): boolean {
    const { leakMode } = this.#settings
    return leakMode === 'all' || (leakMode === 'configurable' && this.network.neurons[neuron]?.leak === 1)
  }

  #crosses(neuron: number): boolean {
    const { discrete, thresholdInclusive } = this.#settings
    const beyond = thresholdInclusive ? 0 : discrete ? 1 : 1e-7
    return (this.charges[neuron] ?? 0) >= (this.network.neurons[neuron]?.threshold ?? Infinity) + beyond
  }

  #reset(neuron: number): void {
    this.record(neuron)
    this.charges[neuron] = 0
  }
}
