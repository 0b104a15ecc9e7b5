/** Measures a dataset while it is converted, sample by sample. */
import { hash } from 'node:crypto'
import type { DataCard } from '../../../src-core/datasets/dataCard.ts'
import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import type { ConvertibleSample, SourceContent } from './sampleSource.ts'

type Measured = Omit<DataCard, 'dataset' | 'sha256'>

/** Names that are kept of what may be many inputs. */
const mostNames = 12
/** Samples that are compared with each other: beyond, the memory for it would grow without end. */
const mostCompared = 2 ** 21
const longestName = 80

/** A name of a file's, for a line of text. */
const nameText = (name: string): string => {
  const line = name.replace(/\p{Cc}+/gu, ' ')
  return line.length > longestName ? `${line.slice(0, longestName)}…` : line
}

interface Spread {
  least: number
  most: number
  sum: number
  count: number
}

const emptySpread = (): Spread => ({ least: Infinity, most: -Infinity, sum: 0, count: 0 })

const widen = (spread: Spread, value: number): void => {
  spread.least = Math.min(spread.least, value)
  spread.most = Math.max(spread.most, value)
  spread.sum += value
  spread.count++
}

const spreadOf = ({ least, most, sum, count }: Spread): NonNullable<DataCard['durationMs']> =>
  count === 0 ? { least: 0, mean: 0, most: 0 } : { least, mean: sum / count, most }

/** What a dataset is, as far as its samples were added, those of train first. */
export class CardMeasure {
  readonly #content: Omit<SourceContent, 'samples'>
  readonly #counts: { readonly name: string; train: number; test: number }[]
  readonly #empty = { train: 0, test: 0 }
  readonly #duplicates = { train: 0, tested: 0, contradicting: 0 }
  /** Labels of the samples to train on, by what they hold. */
  readonly #seen = new Map<number, number>()
  readonly #range = { lowest: Infinity, highest: -Infinity }
  readonly #events = emptySpread()
  readonly #durations = emptySpread()
  /** Of values, for each input. */
  readonly #lowest: Float32Array
  readonly #highest: Float32Array
  readonly #last: Float32Array
  readonly #isCounting: Uint8Array
  #trained = 0
  #tested = 0
  #cutOffTests = 0

  constructor(content: Omit<SourceContent, 'samples'>) {
    this.#content = content
    const inputs = content.kind === 'values' ? sizeOf(content.sampleShape) : 0
    this.#counts = Array.from({ length: content.classes }, (_, label) => ({
      name: nameText(content.classNames?.[label] ?? String(label)),
      train: 0,
      test: 0,
    }))
    this.#lowest = new Float32Array(inputs).fill(Infinity)
    this.#highest = new Float32Array(inputs).fill(-Infinity)
    this.#last = new Float32Array(inputs)
    this.#isCounting = new Uint8Array(inputs).fill(content.frames === 1 ? 1 : 0)
  }

  /** @param bytes of the sample, as they are stored */
  add({ part, label, sample }: ConvertibleSample, bytes: Uint8Array): void {
    const counts = this.#counts[label]
    if (counts === undefined) throw new RangeError(`there is no class ${label}`)
    counts[part]++
    const isEmpty = ArrayBuffer.isView(sample)
      ? sample instanceof Float32Array
        ? this.#addValues(sample, part)
        : this.#addImage(sample, part)
      : this.#addEvents(sample)
    if (isEmpty) this.#empty[part]++
    else this.#compare(part, label, bytes)
    if (part === 'train') this.#trained++
    else this.#tested++
  }

  card(): Measured {
    const { kind, sampleShape, frames, classes, inputNames, notes = [] } = this.#content
    const nameOf = (input: number): string => nameText(inputNames?.[input] ?? String(input))
    const inputs = [...this.#lowest.keys()]
    const constant = inputs.filter((input) => this.#lowest[input] === this.#highest[input])
    const counting = this.#trained < 3 ? [] : inputs.filter((input) => this.#isCounting[input] === 1)
    const { channels, rows, columns } = sampleShape
    return {
      ...{ kind, channels, rows, columns, frames, classes },
      trainSamples: this.#trained,
      testSamples: this.#tested,
      classCounts: this.#counts,
      range: kind === 'events' ? null : this.#range,
      eventsPerSample: kind === 'events' ? spreadOf(this.#events) : null,
      durationMs: kind === 'events' ? spreadOf(this.#durations) : null,
      emptySamples: this.#empty,
      duplicates: this.#duplicates,
      constantInputs: { count: constant.length, names: constant.slice(0, mostNames).map(nameOf) },
      countingInputs: counting.slice(0, mostNames).map(nameOf),
      cutOffTests: this.#cutOffTests,
      notes: notes.map((note) => note.replace(/\p{Cc}+/gu, ' ')),
    }
  }

  #addEvents({ timesUs }: { readonly timesUs: Uint32Array }): boolean {
    const lastUs = timesUs.at(-1)
    if (lastUs === undefined) return true
    widen(this.#events, timesUs.length)
    widen(this.#durations, lastUs / 1000)
    return false
  }

  #addImage(pixels: Uint8Array, part: 'train' | 'test'): boolean {
    let [low, high] = [255, 0]
    for (const level of pixels) {
      if (level < low) low = level
      if (level > high) high = level
    }
    if (part === 'train') this.#widenRange(low, high)
    return high === 0
  }

  #addValues(values: Float32Array, part: 'train' | 'test'): boolean {
    const lowest = this.#lowest
    const highest = this.#highest
    const last = this.#last
    const isCounting = this.#isCounting
    const size = lowest.length
    let isCutOff = false
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? 0
      const input = at % size
      if (part === 'test') {
        if (value < (lowest[input] ?? 0) || value > (highest[input] ?? 0)) isCutOff = true
        continue
      }
      if (value < (lowest[input] ?? 0)) lowest[input] = value
      if (value > (highest[input] ?? 0)) highest[input] = value
      if (this.#trained > 0 && value !== (last[input] ?? 0) + 1) isCounting[input] = 0
      last[input] = value
      this.#widenRange(value, value)
    }
    if (isCutOff) this.#cutOffTests++
    return false
  }

  #widenRange(low: number, high: number): void {
    if (low < this.#range.lowest) this.#range.lowest = low
    if (high > this.#range.highest) this.#range.highest = high
  }

  /** Whether a sample was there before; samples to test on are compared with those to train on. */
  #compare(part: 'train' | 'test', label: number, bytes: Uint8Array): void {
    // Of this many bits, two different samples of a million have the same once in five hundred times.
    const key = hash('sha1', bytes, 'buffer').readUIntBE(0, 6)
    const known = this.#seen.get(key)
    if (known === undefined) {
      if (part === 'train' && this.#seen.size < mostCompared) this.#seen.set(key, label)
      return
    }
    this.#duplicates[part === 'train' ? 'train' : 'tested']++
    if (known !== label) this.#duplicates.contradicting++
  }
}
