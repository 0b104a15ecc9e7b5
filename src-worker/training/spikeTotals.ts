import { z } from 'zod'

export const spikeTotalsSchema = z.strictObject({ sums: z.array(z.number()), samples: z.int().min(0) })

/** `<prefix><Layer>`: the name of a metric of one layer. */
export const layerMetric = (prefix: string, layer: string): string =>
  `${prefix}${layer.slice(0, 1).toUpperCase()}${layer.slice(1)}`

/** What the input is called among layers. */
export const inputLayer = 'input'

/** Spikes of one sample in a layer. */
export type SpikesOf = (layer: string) => number

/** Sums of the spikes of all layers, the input too, over samples. */
export class SpikeTotals {
  readonly #sums: Map<string, number>
  #shown = 0

  constructor(layers: readonly string[]) {
    this.#sums = new Map(layers.map((name) => [name, 0]))
  }

  /** @returns spikes of this sample of all neurons together, the input left out */
  add(spikesOf: SpikesOf): number {
    this.#shown++
    let ofNeurons = 0
    for (const [name, sum] of this.#sums) {
      const spikes = spikesOf(name)
      this.#sums.set(name, sum + spikes)
      if (name !== inputLayer) ofNeurons += spikes
    }
    return ofNeurons
  }

  /** Sums in the order of the layers. */
  save(): z.infer<typeof spikeTotalsSchema> {
    return { sums: [...this.#sums.values()], samples: this.#shown }
  }

  /** @throws {RangeError} unless it is of as many layers */
  restore({ sums, samples }: z.infer<typeof spikeTotalsSchema>): void {
    if (sums.length !== this.#sums.size) throw new RangeError(`${sums.length} sums of ${this.#sums.size} layers`)
    for (const [index, name] of [...this.#sums.keys()].entries()) this.#sums.set(name, sums[index] ?? 0)
    this.#shown = samples
  }

  get samples(): number {
    return this.#shown
  }

  /** Mean spikes per sample, by `layerMetric`. */
  perSample(prefix: string): Record<string, number> {
    const means = [...this.#sums].map(([name, sum]) => [layerMetric(prefix, name), sum / this.#shown])
    return Object.fromEntries(means) as Record<string, number>
  }

  /** Mean spikes per sample of all neurons together, the input left out. */
  get ofNeurons(): number {
    const all = [...this.#sums].filter(([name]) => name !== inputLayer)
    return all.reduce((total, [, sum]) => total + sum, 0) / this.#shown
  }
}
