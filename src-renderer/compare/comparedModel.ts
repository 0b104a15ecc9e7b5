/** The spikes of several networks as strips on one axis of time, where each sample begins at the same moment for all. */
import { type Activity, countByNeuron, joinRecordings, type LayerActivity } from '../../src-core/activity/activity.ts'
import { timeUnitOf } from '../../src-core/activity/spikeTable.ts'
import type { InspectedNetwork, SampleRecording } from '../../src-core/contracts/inspection.ts'
import { answerText } from '../inspect/activity/drawSamples.ts'
import { type NeuronOrder, orderNeurons, rowsOf } from '../inspect/activity/neuronOrder.ts'
import { colourOfClass, type StackLayer, type StackModel } from '../inspect/activity/stackModel.ts'
import { actingOf } from './episodeRecording.ts'

interface ShownNetwork {
  readonly trial: number
  /** Its place among those that are compared, which its colour follows. */
  readonly place: number
  readonly network: InspectedNetwork
  /** In the order of the request. */
  readonly recordings: readonly SampleRecording[]
}

/** Of one network, on the axis of all. */
export interface ComparedActivity extends ShownNetwork {
  readonly activity: Activity
}

/** Puts the recordings of all networks on one axis. */
export const alignNetworks = (shown: readonly ShownNetwork[]): ComparedActivity[] => {
  const samples = shown.reduce((most, { recordings }) => Math.max(most, recordings.length), 0)
  const slots = Array.from({ length: samples }, (_, at) =>
    shown.reduce((most, { recordings }) => Math.max(most, recordings[at]?.steps ?? 0), 0),
  )
  return shown.map((one) => {
    const recordings = [...one.recordings].sort((a, b) => a.place - b.place)
    return { ...one, recordings, activity: joinRecordings(one.network.layers, recordings, slots) }
  })
}

/** Layers of any of the networks, in the order of the signal. */
export const layerNames = (networks: readonly Pick<InspectedNetwork, 'layers'>[]): string[] => [
  ...new Set(networks.flatMap(({ layers }) => layers.map(({ name }) => name))),
]

interface StripOptions {
  /** null: all of them. */
  readonly layer: string | null
  readonly order: NeuronOrder
}

const stackLayer = (
  { trial, place, activity, network }: ComparedActivity,
  own: LayerActivity,
  { order, isFirst }: { readonly order: NeuronOrder; readonly isFirst: boolean },
): StackLayer => {
  const colour = colourOfClass(place)
  const { neurons: count, name } = own.layer
  const spikes = countByNeuron(own, { from: 0, to: activity.steps })
  const neurons = orderNeurons({ neurons: count, spikes, classes: null }, order)
  const rows = rowsOf(neurons)
  const spikeRows = own.neurons.map((neuron) => rows[neuron] ?? 0)
  const rowColours = new Uint8Array(count).fill(colour)
  return {
    raster: { name, rows: count, steps: own.steps, spikeRows, rowColours, before: own.before },
    colour,
    neurons,
    rows,
    heads: [`Trial ${trial}`, name],
    hasRate: name === network.outputLayer || network.layers.every((layer) => layer.name !== network.outputLayer),
    answers:
      isFirst && actingOf(network) === null
        ? activity.places.map(({ recording, from, to }) => ({
            from,
            to,
            text: answerText(recording),
            correct: recording.prediction === recording.label,
          }))
        : [],
  }
}

/** null: nothing was shown to any of them yet. */
export const comparedModel = (
  shown: readonly ComparedActivity[],
  { layer, order }: StripOptions,
): StackModel | null => {
  const longest = shown.reduce<ComparedActivity | null>(
    (most, one) => (most === null || one.activity.places.length > most.activity.places.length ? one : most),
    null,
  )
  if (longest === null || longest.activity.steps === 0) return null
  const { network, activity } = longest
  const chosen = shown.flatMap((one) =>
    one.activity.layers
      .filter((own) => layer === null || own.layer.name === layer)
      .map((own, index) => ({ own, one, isFirst: index === 0 })),
  )
  const layers = chosen.map(({ own, one, isFirst }) => {
    const made = stackLayer(one, own, { order, isFirst })
    return layer === null ? made : { ...made, hasRate: true }
  })
  const acts = actingOf(network) !== null
  return {
    activity: {
      places: activity.places,
      steps: activity.steps,
      layers: chosen.map(({ own, one }) => ({
        ...own,
        layer: { ...own.layer, name: layer === null ? `trial ${one.trial} ${own.layer.name}` : `trial ${one.trial}` },
      })),
    },
    dtMs: network.dtMs,
    timeUnit: timeUnitOf(network),
    potentialUnit: null,
    layers,
    classes: null,
    traces: [],
    leastRaster: 30,
    sampleWords: {
      head: acts ? 'episode' : 'label',
      noun: acts ? 'episode' : 'sample',
      hasPicture: !acts,
      of: ({ sample, label }) => String(acts ? sample : label),
    },
  }
}
