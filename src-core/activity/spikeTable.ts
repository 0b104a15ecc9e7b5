/**
 * Spikes of networks as a table that other programs read: as CSV, a spike a row, and as arrays for NumPy. Times count from the
 * start of a sample; those of networks whose steps have no length are steps.
 */
import type { InspectedNetwork, SampleRecording } from '../contracts/inspection.ts'
import { csvText } from '../tables/csvText.ts'
import { type NpzArray, npzBytes } from '../tables/npz.ts'

/** What a step counts: those of a neuromorphic processor have no length. */
export type TimeUnit = 'ms' | 'steps'
export const timeUnitOf = ({ evolved }: Pick<InspectedNetwork, 'evolved'>): TimeUnit =>
  evolved === undefined ? 'ms' : 'steps'

/** A network of a trial, and the samples that it was shown, in this order. */
export interface RecordedNetwork {
  readonly trial: number
  readonly network: Pick<InspectedNetwork, 'layers' | 'dtMs' | 'evolved'>
  readonly recordings: readonly SampleRecording[]
}

/** Rows of a CSV file at most; it is made in one piece. */
const csvSpikesAtMost = 2_000_000

export const spikesIn = (recorded: readonly RecordedNetwork[]): number => {
  let sum = 0
  for (const { recordings } of recorded)
    for (const { spikes } of recordings) for (const { steps } of spikes) sum += steps.length
  return sum
}

const unitOf = (recorded: readonly RecordedNetwork[]): TimeUnit =>
  recorded[0] === undefined ? 'ms' : timeUnitOf(recorded[0].network)

type Cell = number | string | null

const rowsOf = function* (recorded: readonly RecordedNetwork[]): Iterable<readonly Cell[]> {
  for (const { trial, network, recordings } of recorded) {
    const length = timeUnitOf(network) === 'ms' ? network.dtMs : 1
    for (const { split, sample, label, prediction, spikes } of recordings) {
      const shown = [trial, split, sample, label, prediction] as const
      // What was answered is known even where nothing spiked.
      if (spikes.every(({ steps }) => steps.length === 0)) yield [...shown, null, null, null]
      for (const { layer, neurons, steps } of spikes) {
        for (const [spike, step] of steps.entries()) yield [...shown, layer, neurons[spike] ?? 0, step * length]
      }
    }
  }
}

/** @throws {RangeError} when there are more spikes than such a file should have */
export const spikesAsCsv = (recorded: readonly RecordedNetwork[]): string => {
  const spikes = spikesIn(recorded)
  if (spikes > csvSpikesAtMost) {
    throw new RangeError(
      `These are ${spikes.toLocaleString('en')} spikes; a CSV file has at most ${csvSpikesAtMost.toLocaleString('en')} of them. ` +
        'Take fewer samples, or the form npz.',
    )
  }
  const time = unitOf(recorded) === 'ms' ? 'timeMs' : 'step'
  return csvText(['trial', 'split', 'sample', 'label', 'prediction', 'layer', 'neuron', time], rowsOf(recorded))
}

/** [presentations] of all networks, one after the other. */
const presentationArrays = (recorded: readonly RecordedNetwork[]): Record<string, NpzArray> => {
  const shown = recorded.flatMap(({ trial, network, recordings }) =>
    recordings.map((recording) => ({ trial, dtMs: network.dtMs, recording })),
  )
  const ofShown = (value: (recording: SampleRecording) => number): Int32Array =>
    Int32Array.from(shown, ({ recording }) => value(recording))
  return {
    presentedTrial: Uint32Array.from(shown, ({ trial }) => trial),
    presentedSample: Uint32Array.from(shown, ({ recording }) => recording.sample),
    presentedLabel: ofShown(({ label }) => label),
    presentedPrediction: ofShown(({ prediction }) => prediction ?? -1),
    ...(unitOf(recorded) === 'ms'
      ? { presentedMs: Float64Array.from(shown, ({ dtMs, recording }) => recording.steps * dtMs) }
      : { presentedSteps: ofShown(({ steps }) => steps) }),
  }
}

/** [spikes]; `layer` is a place among the layers. */
const spikeArrays = (recorded: readonly RecordedNetwork[]): Record<string, NpzArray> => {
  const count = spikesIn(recorded)
  const inMs = unitOf(recorded) === 'ms'
  const arrays = { trial: new Uint32Array(count), sample: new Uint32Array(count), layer: new Uint16Array(count) }
  const neuron = new Uint32Array(count)
  const time = inMs ? new Float64Array(count) : new Uint32Array(count)
  let at = 0
  let firstLayer = 0
  for (const { trial, network, recordings } of recorded) {
    for (const { sample, spikes } of recordings) {
      for (const { layer, neurons, steps } of spikes) {
        const end = at + steps.length
        arrays.trial.fill(trial, at, end)
        arrays.sample.fill(sample, at, end)
        arrays.layer.fill(firstLayer + network.layers.findIndex(({ name }) => name === layer), at, end)
        neuron.set(neurons, at)
        for (const [spike, step] of steps.entries()) time[at + spike] = inMs ? step * network.dtMs : step
        at = end
      }
    }
    firstLayer += network.layers.length
  }
  return { ...arrays, neuron, [inMs ? 'timeMs' : 'step']: time }
}

/** As `numpy.load` reads it, without pickles. @throws {RangeError} when it would be too large */
export const spikesAsNpz = (recorded: readonly RecordedNetwork[]): Uint8Array<ArrayBuffer> => {
  const layers = recorded.flatMap(({ trial, network }) => network.layers.map((layer) => ({ ...layer, trial })))
  return npzBytes({
    ...spikeArrays(recorded),
    ...presentationArrays(recorded),
    layerTrial: Uint32Array.from(layers, ({ trial }) => trial),
    layerName: layers.map(({ name }) => name),
    layerNeurons: Uint32Array.from(layers, ({ neurons }) => neurons),
    split: recorded[0]?.recordings[0]?.split ?? '',
  })
}
