import { deflateSync, inflateSync } from 'node:zlib'
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

  get samples(): number {
    return this.#samples
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

  /**
   * Takes over the counts of another one of the same layers.
   * @param taken samples that it had given away
   * @throws {RangeError} unless they are of these layers
   */
  restore(counts: readonly SpikeCounts[], samples: number, taken: number): void {
    if (counts.length !== this.#layers.length) throw new RangeError(`${counts.length} layers of ${this.#layers.length}`)
    for (const [index, { layer, counts: own }] of this.#layers.entries()) {
      const bytes = inflateSync(counts[index]?.deflated ?? new Uint8Array())
      if (counts[index]?.layer !== layer || bytes.length !== 2 * samples || samples > own.length) {
        throw new RangeError(`these are no counts of ${samples} samples in ${layer}`)
      }
      for (let sample = 0; sample < samples; sample++) own[sample] = bytes.readUInt16LE(2 * sample)
    }
    this.#samples = samples
    this.#taken = taken
  }

  /** @param samples how many of them, from the first */
  deflated(epoch: number, samples = this.#samples): SpikeCounts[] {
    return this.#layers.map(({ layer, counts }) => ({
      layer,
      epoch,
      samples,
      deflated: deflateSync(littleEndian(counts.subarray(0, samples))),
    }))
  }
}
