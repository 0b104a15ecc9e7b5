/** What the strips show, made of the recordings once, so that a frame of zooming only draws. */
import type {
  InspectedNetwork,
  InspectedWeights,
  SampleRecording,
  TracedNeuron,
} from '../../../src-core/contracts/inspection.ts'
import { type TimeUnit, timeUnitOf } from '../../../src-core/activity/spikeTable.ts'
import type { RasterLayer } from '../raster/raster.ts'
import { type Activity, countByNeuron, type StepRange } from '../../../src-core/activity/activity.ts'
import { type NeuronOrder, orderNeurons, rowsOf } from './neuronOrder.ts'
import { type ClassSpikes, spikesByClass } from '../../../src-core/activity/rates.ts'

export type SpikeColouring = 'layer' | 'class'

export interface StackLayer {
  readonly raster: RasterLayer
  /** What is written beside it, in two lines; absent: its name and how many neurons it has. */
  readonly heads?: readonly [string, string]
  /** False: its rate is not drawn with those of the others. */
  readonly hasRate?: boolean
  /** What its network answers to each sample; absent: the strip of the samples says it. */
  readonly answers?: readonly (StepRange & { readonly text: string; readonly correct: boolean })[]
  /** Its place in the palette. */
  readonly colour: number
  /** [rows]: neuron of each row. */
  readonly neurons: Uint32Array
  /** [neurons]: row of each neuron. */
  readonly rows: Uint32Array
}

/** A neuron's state on the shared axis, NaN where it was not recorded. */
export interface StackTrace extends TracedNeuron {
  /** [steps] */
  readonly membranePotential: Float32Array
  readonly threshold: Float32Array
  /** Steps at which it spikes. */
  readonly spikes: Uint32Array
}

export interface StackModel {
  readonly activity: Activity
  readonly dtMs: number
  /** What `dtMs` counts: the steps of a neuromorphic processor have no length. */
  readonly timeUnit: TimeUnit
  readonly potentialUnit: InspectedNetwork['potentialUnit']
  readonly layers: readonly StackLayer[]
  /** Of the output layer; null where neurons have no classes. */
  readonly classes: ClassSpikes | null
  readonly traces: readonly StackTrace[]
  /** CSS pixels of a raster at least; absent: as many as are easily read. */
  readonly leastRaster?: number
  /** What the strip of the samples says of each; absent: its label and the answer. */
  readonly sampleWords?: {
    readonly head: string
    /** What one is called. */
    readonly noun: string
    readonly hasPicture: boolean
    readonly of: (recording: SampleRecording) => string
  }
}

/** Places in the palette: the layers first, then "no class", then the classes. */
const layerColours = 5
/** The input has one of its own; the others take turns. */
export const colourOfLayer = (index: number): number => (index === 0 ? 0 : 1 + ((index - 1) % (layerColours - 1)))
export const colourOfClass = (assigned: number): number =>
  assigned < 0 ? layerColours : layerColours + 1 + (assigned % 10)

/**
 * Classes of the neurons of the layer that is read out: those that they are assigned to, or, where each class has its
 * neuron, their numbers. null: not known.
 */
export const outputClasses = (
  { layers, classes, outputLayer, projections }: InspectedNetwork,
  weights: InspectedWeights | null,
): { readonly layer: string; readonly classes: Int16Array } | null => {
  if (weights !== null && weights.assignedClasses !== null)
    return { layer: weights.to, classes: weights.assignedClasses }
  const neurons = layers.find(({ name }) => name === outputLayer)?.neurons
  return neurons === classes && (weights !== null || projections.length === 0)
    ? { layer: outputLayer, classes: Int16Array.from({ length: classes }, (_, neuron) => neuron) }
    : null
}

interface ModelInput {
  readonly network: InspectedNetwork
  readonly activity: Activity
  readonly weights: InspectedWeights | null
  readonly order: NeuronOrder
  readonly colouring: SpikeColouring
  readonly traced: readonly TracedNeuron[]
}

export const makeStackModel = ({ network, activity, weights, order, colouring, traced }: ModelInput): StackModel => {
  const whole: StepRange = { from: 0, to: activity.steps }
  const known = outputClasses(network, weights)
  const layers = activity.layers.map((own): StackLayer => {
    const { neurons: count, name } = own.layer
    const colour = colourOfLayer(network.layers.findIndex((layer) => layer.name === name))
    const classes = known?.layer === name ? known.classes : null
    const neurons = orderNeurons({ neurons: count, spikes: countByNeuron(own, whole), classes }, order)
    const rows = rowsOf(neurons)
    const rowColours = Uint8Array.from(neurons, (neuron) =>
      colouring === 'class' && classes !== null ? colourOfClass(classes[neuron] ?? -1) : colour,
    )
    const spikeRows = own.neurons.map((neuron) => rows[neuron] ?? 0)
    return {
      raster: { name, rows: count, steps: own.steps, spikeRows, rowColours, before: own.before },
      colour,
      neurons,
      rows,
    }
  })
  const output = activity.layers.find(({ layer }) => layer.name === known?.layer)
  return {
    activity,
    dtMs: network.dtMs,
    timeUnit: timeUnitOf(network),
    potentialUnit: network.potentialUnit,
    layers,
    classes: output === undefined || known === null ? null : spikesByClass(output, known.classes, network.classes),
    traces: traced.flatMap((neuron) => joinTrace(activity, neuron) ?? []),
  }
}

const joinTrace = ({ places, steps, layers }: Activity, { layer, neuron }: TracedNeuron): StackTrace | null => {
  const membranePotential = new Float32Array(steps).fill(Number.NaN)
  const threshold = new Float32Array(steps).fill(Number.NaN)
  let known = false
  for (const { recording, from } of places) {
    const trace = recording.traces.find((one) => one.layer === layer && one.neuron === neuron)
    if (trace === undefined) continue
    membranePotential.set(trace.membranePotential, from)
    threshold.set(trace.threshold, from)
    known = true
  }
  const own = layers.find((one) => one.layer.name === layer)
  if (!known || own === undefined) return null
  const spikes = own.steps.filter((_, spike) => own.neurons[spike] === neuron)
  return { layer, neuron, membranePotential, threshold, spikes }
}
