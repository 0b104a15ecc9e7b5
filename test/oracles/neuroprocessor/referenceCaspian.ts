import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { ProcessorSettings } from '../../../src-core/neuroprocessor/processor.ts'
import { ReferenceProcessor } from './referenceProcessor.ts'

/** About 1024 * 2^(i / 16 - 1). */
const fractions = [512, 535, 558, 583, 609, 636, 664, 693, 724, 756, 790, 825, 861, 899, 939, 981]

/** What is left of a charge after `dt` steps with the time constant 2^leak, in integers. */
export const leaked = (charge: number, leak: number, dt: number): number => {
  if (leak < 0) return charge
  const rest = dt % 2 ** leak
  let size = Math.abs(charge)
  if (rest > 0) size = Math.floor((size * (fractions[(2 ** leak - rest) * 2 ** (4 - leak)] ?? NaN)) / 1024)
  size = Math.floor(size / 2 ** Math.floor(dt / 2 ** leak))
  // No -0.
  return charge < 0 && size > 0 ? -size : size
}

/** Caspian by docs/numerics.md, as it reads. */
export class ReferenceCaspian extends ReferenceProcessor {
  readonly #softReset: boolean
  /** Neurons that were charged in the step before. */
  #flagged: number[] = []
  readonly #lastTouch: number[]

  constructor(network: NeuroNetwork, { softReset }: Extract<ProcessorSettings, { type: 'caspian' }>) {
    super(network)
    this.#softReset = softReset
    this.#lastTouch = network.neurons.map(() => 0)
  }

  override clear(): void {
    super.clear()
    this.#flagged = []
    this.#lastTouch.fill(0)
  }

  applyValue(input: number, step: number, value: number): void {
    this.apply(input, step, Math.trunc(value * 255))
  }

  protected stepsOf(steps: number): number {
    return steps
  }

  protected step(): void {
    for (const place of this.#flagged.splice(0)) {
      const neuron = this.network.neurons[place]
      const charge = this.charges[place] ?? 0
      if (neuron === undefined || charge <= neuron.threshold) continue
      this.record(place)
      this.charges[place] = this.#softReset ? charge - neuron.threshold : 0
      for (const { from, to, weight, delay } of this.network.synapses) {
        if (from === neuron.id) this.enqueue(this.now + delay + neuron.axonalDelay, this.placeOf(to), weight)
      }
    }
    const sums = new Map<number, number>()
    for (const [place, amount] of this.takeArrivals()) sums.set(place, (sums.get(place) ?? 0) + amount)
    for (const [place, sum] of sums) {
      const leak = this.network.neurons[place]?.leak ?? -1
      const left = leaked(this.charges[place] ?? 0, leak, this.now - (this.#lastTouch[place] ?? 0))
      this.charges[place] = Math.min(32_767, Math.max(-32_768, left + sum))
      this.#lastTouch[place] = this.now
      this.#flagged.push(place)
    }
  }

  protected settle(): void {
    // Charges stay as the last arrival left them; what has leaked since shows with the next.
  }
}
