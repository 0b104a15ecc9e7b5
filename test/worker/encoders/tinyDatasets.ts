import { rangeOfValues } from '../../../src-worker/datasets/converted/readConvertedFile.ts'
import type { Dataset, LabelledSamples } from '../../../src-worker/datasets/dataset.ts'
import { cardOf } from '../../core/datasets/cards.ts'

const around = (part: LabelledSamples, channels: number, rows: number, columns: number): Dataset => ({
  sampleShape: { channels, rows, columns },
  frames: 1,
  rows,
  columns,
  classes: 1,
  train: part,
  test: part,
  sha256: '0'.repeat(64),
  card: cardOf(),
})

/** A single image in both parts, in rows of at most three. */
export const imageDataset = (pixels: readonly number[]): Dataset => {
  const columns = Math.min(3, pixels.length)
  return around(
    { kind: 'images', count: 1, labels: Uint8Array.of(0), imageAt: () => Uint8Array.from(pixels) },
    1,
    pixels.length / columns,
    columns,
  )
}

/** A single recording in both parts, of a sensor of 1 x 3 places and two channels. */
export const eventDataset = (events: readonly (readonly [timeUs: number, input: number])[]): Dataset => {
  const sample = {
    timesUs: Uint32Array.from(events, ([timeUs]) => timeUs),
    inputs: Uint16Array.from(events, ([, input]) => input),
  }
  return around({ kind: 'events', count: 1, labels: Uint8Array.of(0), eventsAt: () => sample }, 2, 1, 3)
}

/** Real values in both parts, so many samples of equally many. */
export const valueDataset = (values: readonly number[], count: number): Dataset => {
  const size = values.length / count
  const valuesAt = (index: number) => Float32Array.from(values.slice(index * size, (index + 1) * size))
  const range = rangeOfValues(count, size, valuesAt)
  return around({ kind: 'values', count, labels: new Uint8Array(count), valuesAt, range }, size, 1, 1)
}
