import type { LayeredNetwork } from '../../engines/layered/layeredNetwork.ts'
import { layerMetric } from '../layerMetric.ts'

/** What the input is called among layers. */
const inputLayer = 'input'

/** Sums of the spikes of all layers, the input too, over batches. */
export class LayerTotals {
  private readonly network: LayeredNetwork
  private readonly sums: Map<string, number>
  private last = new Map<string, Float32Array>()
  private samples = 0

  constructor(network: LayeredNetwork) {
    this.network = network
    this.sums = new Map([...network.plan.layers.map(({ name }) => name), inputLayer].map((name) => [name, 0]))
  }

  /** The batch that was shown last. */
  add(samples: number): void {
    this.samples += samples
    for (const [name, sum] of this.sums) {
      const counts = this.network.spikesPerSample(name)
      this.last.set(name, counts)
      this.sums.set(
        name,
        counts.reduce((total, count) => total + count, sum),
      )
    }
  }

  /** Spikes of one sample of the last batch in a layer. */
  spikesOf(layer: string, sample: number): number {
    return this.last.get(layer)?.[sample] ?? 0
  }

  /** Mean spikes per sample, by `layerMetric`. */
  perSample(prefix: string): Record<string, number> {
    const means = [...this.sums].map(([name, sum]) => [layerMetric(prefix, name), sum / this.samples])
    return Object.fromEntries(means) as Record<string, number>
  }

  /** Mean spikes per sample of all neurons together, the input left out. */
  get ofNeurons(): number {
    const all = [...this.sums].filter(([name]) => name !== inputLayer)
    return all.reduce((total, [, sum]) => total + sum, 0) / this.samples
  }
}
