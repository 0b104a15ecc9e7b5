/**
 * Recordings of samples, shown one after another on one axis of time. A "step" here is a step of that axis, counted
 * from the start of the first recording; spikes are sorted by rising step.
 */
import type { InspectedLayer, SampleRecording } from '../contracts/inspection.ts'

export interface PlacedRecording {
  readonly recording: SampleRecording
  /** First step on the shared axis, and the one after its last. */
  readonly from: number
  readonly to: number
}

export interface LayerActivity {
  readonly layer: InspectedLayer
  /** [spikes] */
  readonly steps: Uint32Array
  /** [spikes] */
  readonly neurons: Uint32Array
  /** [steps + 1]: spikes before each step, so that any interval is counted at once. */
  readonly before: Uint32Array
}

export interface Activity {
  readonly places: readonly PlacedRecording[]
  readonly steps: number
  readonly layers: readonly LayerActivity[]
}

/** An interval of steps, `to` excluded. */
export interface StepRange {
  readonly from: number
  readonly to: number
}

/**
 * Puts recordings one after another, in the order of their request.
 * @param slots [recordings] steps that each has room for, so that those of several networks begin together; absent: its own
 */
export const joinRecordings = (
  layers: readonly InspectedLayer[],
  recordings: readonly SampleRecording[],
  slots: readonly number[] = [],
): Activity => {
  const places: PlacedRecording[] = []
  let end = 0
  for (const [at, recording] of [...recordings].sort((a, b) => a.place - b.place).entries()) {
    const next = end + Math.max(recording.steps, slots[at] ?? 0)
    places.push({ recording, from: end, to: next })
    end = next
  }
  return { places, steps: end, layers: layers.map((layer) => joinLayer(layer, places, end)) }
}

const joinLayer = (layer: InspectedLayer, places: readonly PlacedRecording[], end: number): LayerActivity => {
  const parts = places.flatMap(({ recording, from }) =>
    recording.spikes.filter((spikes) => spikes.layer === layer.name).map((spikes) => ({ spikes, from })),
  )
  const total = parts.reduce((sum, { spikes }) => sum + spikes.steps.length, 0)
  const steps = new Uint32Array(total)
  const neurons = new Uint32Array(total)
  const before = new Uint32Array(end + 1)
  let at = 0
  for (const { spikes, from } of parts) {
    neurons.set(spikes.neurons, at)
    for (const step of spikes.steps) {
      steps[at++] = from + step
      before[from + step + 1] = (before[from + step + 1] ?? 0) + 1
    }
  }
  for (let step = 0; step < end; step++) before[step + 1] = (before[step + 1] ?? 0) + (before[step] ?? 0)
  return { layer, steps, neurons, before }
}

/** Spikes of a layer before `step`; steps outside the recordings are moved to their edge. */
export const spikesBefore = ({ before }: LayerActivity, step: number): number =>
  before[Math.max(0, Math.min(before.length - 1, Math.floor(step)))] ?? 0

/** Steps within a range in which something was shown: where a sample has room for more, the rest is none of it. */
const stepsShown = (places: Activity['places'], { from, to }: StepRange): number =>
  places.reduce((sum, place) => {
    const end = Math.min(to, place.from + place.recording.steps)
    return sum + Math.max(0, end - Math.max(from, place.from))
  }, 0)

/**
 * Mean rate of the neurons of a layer within a range: spikes of a neuron in a second, or, where a step counts as 1 and has no
 * length, in a thousand steps.
 */
export const rateWithin = (
  activity: LayerActivity,
  places: Activity['places'],
  range: StepRange,
  dtMs: number,
): number => {
  const spikes = spikesBefore(activity, range.to) - spikesBefore(activity, range.from)
  const steps = stepsShown(places, range)
  return steps > 0 ? (spikes * 1000) / (activity.layer.neurons * steps * dtMs) : 0
}

/** Spikes of each neuron of a layer within a range. */
export const countByNeuron = (activity: LayerActivity, { from, to }: StepRange): Uint32Array => {
  const counts = new Uint32Array(activity.layer.neurons)
  const end = spikesBefore(activity, to)
  for (let spike = spikesBefore(activity, from); spike < end; spike++) {
    const neuron = activity.neurons[spike] ?? 0
    counts[neuron] = (counts[neuron] ?? 0) + 1
  }
  return counts
}

/** The recording shown at a step; null outside. */
export const placeAt = ({ places }: Activity, step: number): PlacedRecording | null =>
  places.find(({ from, to }) => step >= from && step < to) ?? null
