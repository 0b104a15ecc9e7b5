import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import type { Batch } from './messages.ts'

export interface LabelledRecording {
  readonly label: number
  readonly sample: EventSample
}

/** A batch is full with this many samples or events: less than a megabyte, besides its last sample. */
const fullSamples = 1024
const fullEvents = 2 ** 17

/** The recordings in batches, each to be given away as a whole; the last one may be empty. */
export const inBatches = function* (recordings: Iterable<LabelledRecording>): Generator<Batch> {
  let waiting: LabelledRecording[] = []
  let events = 0
  for (const recording of recordings) {
    waiting.push(recording)
    events += recording.sample.timesUs.length
    if (waiting.length < fullSamples && events < fullEvents) continue
    yield packed(waiting, events, false)
    waiting = []
    events = 0
  }
  yield packed(waiting, events, true)
}

const packed = (recordings: readonly LabelledRecording[], events: number, isLast: boolean): Batch => {
  const batch = {
    type: 'batch' as const,
    labels: Uint8Array.from(recordings, ({ label }) => label),
    events: Uint32Array.from(recordings, ({ sample }) => sample.timesUs.length),
    timesUs: new Uint32Array(events),
    inputs: new Uint16Array(events),
    isLast,
  }
  let first = 0
  for (const { sample } of recordings) {
    batch.timesUs.set(sample.timesUs, first)
    batch.inputs.set(sample.inputs, first)
    first += sample.timesUs.length
  }
  return batch
}

/** @throws {TypeError} when its parts are not of as many samples and events */
export const recordingsOf = function* ({ labels, events, timesUs, inputs }: Batch): Generator<LabelledRecording> {
  const total = events.reduce((sum, count) => sum + count, 0)
  if (labels.length !== events.length || timesUs.length !== total || inputs.length !== total) {
    throw new TypeError('the parts of a batch are not of as many samples and events')
  }
  let first = 0
  for (const [index, label] of labels.entries()) {
    const end = first + (events[index] ?? 0)
    yield { label, sample: { timesUs: timesUs.slice(first, end), inputs: inputs.slice(first, end) } }
    first = end
  }
}
