import { deflateSync } from 'node:zlib'
import type { SpikeCounts } from '../../src-core/trial/measurement.ts'

const largestCount = 0xffff

type Layer = SpikeCounts['layer']

const littleEndian = (counts: Uint16Array): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(2 * counts.length))
  counts.forEach((count, index) => {
    bytes.setUint16(2 * index, count, true)
  })
  return new Uint8Array(bytes.buffer)
}

/** Spike counts per training sample of one epoch, for each watched layer. */
export class SpikeRecord {
  readonly #layers: readonly { readonly layer: Layer; readonly counts: Uint16Array }[]
  #samples = 0
  #taken = 0

  constructor(layers: readonly Layer[], trainSamples: number) {
    this.#layers = layers.map((layer) => ({ layer, counts: new Uint16Array(trainSamples) }))
  }

  add(spikesOf: (layer: Layer) => number): void {
    for (const { layer, counts } of this.#layers) counts[this.#samples] = Math.min(largestCount, spikesOf(layer))
    this.#samples++
  }

  /** Samples added since the last `sinceLast`. */
  get waiting(): number {
    return this.#samples - this.#taken
  }

  /** The counts since the last call, for each layer. */
  sinceLast(): Uint16Array[] {
    const begin = this.#taken
    this.#taken = this.#samples
    return this.#layers.map(({ counts }) => counts.subarray(begin, this.#samples))
  }

  deflated(epoch: number): SpikeCounts[] {
    return this.#layers.map(({ layer, counts }) => ({
      layer,
      epoch,
      samples: this.#samples,
      deflated: deflateSync(littleEndian(counts.subarray(0, this.#samples))),
    }))
  }
}
