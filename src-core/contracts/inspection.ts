/**
 * The inspection of one network: what a worker tells of it, and the window shows. Large arrays travel as typed arrays.
 * Neurons are numbered within their layer, samples within their split, steps within their presentation.
 */
import { z } from 'zod'
import { dataCardSchema } from '../datasets/dataCard.ts'
import { layerShapeSchema } from '../encoding/inputEvents.ts'
import { evolvedSchema } from './evolvedInspection.ts'

const count = z.int().min(0)
// Typed as arrays over any buffer: nobody resizes or shares these.
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array)
const numbers = z.custom<Uint32Array>((value) => value instanceof Uint32Array)
const classLabels = z.custom<Int16Array>((value) => value instanceof Int16Array)
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** training: the images that the network learned from; objective: those that it was measured on; test: the dataset's own. */
export const inspectedSplitSchema = z.enum(['training', 'objective', 'test'])
export type InspectedSplit = z.infer<typeof inspectedSplitSchema>

const inspectedLayerSchema = z.strictObject({
  /** `input` comes first; the others in the order of the signal. */
  name: z.string(),
  neurons: z.int().min(1),
  /** Where neurons have a place, numbered as `indexAt` of src-core/encoding/inputEvents.ts does; null: they are a list. */
  shape: layerShapeSchema.nullable(),
})
export type InspectedLayer = z.infer<typeof inspectedLayerSchema>

/** Learned weights from one layer onto another, or onto itself. */
export const projectionSchema = z.strictObject({ from: z.string(), to: z.string() })
export type Projection = z.infer<typeof projectionSchema>

/** What is inspected. */
export const inspectedNetworkSchema = z.strictObject({
  /** stored: the weights kept on disk; running: those of a network in training as it was a moment ago; retrained: trained again from its seed. */
  origin: z.enum(['stored', 'running', 'retrained']),
  layers: z.array(inspectedLayerSchema).min(2),
  /** What has weights that can be asked for, in the order of the signal; of evolved networks none: their synapses are told at once. */
  projections: z.array(projectionSchema),
  /** The layer that is read out. */
  outputLayer: z.string(),
  /** Of membrane potentials and thresholds; null: they have no unit. */
  potentialUnit: z.literal('mV').nullable(),
  steps: z.int().min(1),
  dtMs: z.number().gt(0),
  classes: z.int().min(1),
  samples: z.strictObject({ training: count, objective: count, test: count }),
  /** Samples that it has been trained on; where it evolved, networks that were judged. */
  samplesTrained: count,
  /** Of networks that evolve; absent: of a network with weights that learn. */
  evolved: evolvedSchema.optional(),
})
export type InspectedNetwork = z.infer<typeof inspectedNetworkSchema>

/** Weights of a projection as they act, and the state that goes with the neurons they lead to. */
export const inspectedWeightsSchema = projectionSchema.extend({
  /** conv: the same weights at every place, one set for each output channel; here a channel counts as one neuron. */
  type: z.enum(['dense', 'conv']),
  inputs: z.int().min(1),
  neurons: z.int().min(1),
  /** What the weights of one neuron lie over: `inputs` in all, numbered as `indexAt` does; null: a list. */
  field: layerShapeSchema.nullable(),
  /** [input][neuron], row by row; of a convolution [kernel][kernel][input channel][output channel]. */
  values: floats,
  /** Whether there are negative weights by nature. */
  signed: z.boolean(),
  /** What adapts of the threshold of each neuron, in the unit of potentials; null: nothing that lasts. */
  thetas: floats.nullable(),
  /** Class that each neuron is assigned to; -1: none. null: none ever are. */
  assignedClasses: classLabels.nullable(),
  /** [channels], steps; null: none are learned. */
  delays: floats.nullable(),
  /** Shares lost in a step, [1] or [channels]; null: not learned. */
  currentDecays: floats.nullable(),
  voltageDecays: floats.nullable(),
})
export type InspectedWeights = z.infer<typeof inspectedWeightsSchema>

/** The spikes of a layer in one presentation, by rising step. */
const layerSpikesSchema = z.strictObject({
  layer: z.string(),
  neurons: numbers,
  steps: numbers,
})

/** A neuron whose state is recorded at every step. */
export const tracedNeuronSchema = z.strictObject({ layer: z.string(), neuron: count })
export type TracedNeuron = z.infer<typeof tracedNeuronSchema>

const neuronTraceSchema = tracedNeuronSchema.extend({
  /** [steps], in the network's unit of potentials. */
  membranePotential: floats,
  /** [steps]: what it has to reach, with what adapts of it and the refractory state. */
  threshold: floats,
})
export type NeuronTrace = z.infer<typeof neuronTraceSchema>

/** A sample as the dataset holds it. Numbers lie as `indexAt` of src-core/encoding/inputEvents.ts counts. */
const sampleViewSchema = z.discriminatedUnion('kind', [
  /** Grey values [frames][rows][columns][channels]. */
  z.strictObject({ kind: z.literal('images'), shape: layerShapeSchema, frames: z.int().min(1), pixels: bytes }),
  /** Events of each input in all steps [rows][columns][channels], as the network is shown them. */
  z.strictObject({ kind: z.literal('events'), shape: layerShapeSchema, counts: floats }),
  /** [frames][rows][columns][channels]. */
  z.strictObject({ kind: z.literal('values'), shape: layerShapeSchema, frames: z.int().min(1), values: floats }),
])
export type SampleView = z.infer<typeof sampleViewSchema>

/** One sample, shown to the network without learning. */
export const sampleRecordingSchema = z.strictObject({
  /** Place in the request. */
  place: count,
  split: inspectedSplitSchema,
  sample: count,
  label: count,
  /** null: the network answers nothing. */
  prediction: count.nullable(),
  view: sampleViewSchema,
  steps: z.int().min(1),
  /** One entry for each layer of the network. */
  spikes: z.array(layerSpikesSchema),
  traces: z.array(neuronTraceSchema),
})
export type SampleRecording = z.infer<typeof sampleRecordingSchema>

/** Samples of a dataset and their input spikes. */
export const datasetPreviewSchema = z.strictObject({
  card: dataCardSchema,
  classes: z.int().min(1),
  trainSamples: count,
  objectiveSamples: count,
  /** Of the network, in this shape. */
  inputs: z.int().min(1),
  shape: layerShapeSchema,
  steps: z.int().min(1),
  dtMs: z.number().gt(0),
  samples: z.array(
    sampleRecordingSchema.pick({ sample: true, label: true }).extend({
      rows: z.int().min(1),
      columns: z.int().min(1),
      /** 1: grey; 2: off and on; 3: red, green and blue. */
      channels: z.literal([1, 2, 3]),
      /** [rows][columns][channels] from 0 to 255. */
      image: bytes,
      spikes: layerSpikesSchema,
    }),
  ),
})
export type DatasetPreview = z.infer<typeof datasetPreviewSchema>

/** How the network answers the samples of a split. */
export const inspectedTestSchema = z.strictObject({
  split: inspectedSplitSchema,
  /** Samples tested, in this order. */
  samples: numbers,
  labels: classLabels,
  /** -1: no answer. */
  predictions: classLabels,
  /** Spikes of the output layer in each sample. */
  outputSpikes: numbers,
  /** Mean spikes per sample of each neuron of the output layer for each class [class][neuron]. */
  ratesByClass: floats,
  /** Mean spikes per sample of each neuron, of every layer but the input. */
  rates: z.array(z.strictObject({ layer: z.string(), values: floats })),
  accuracy: z.number().min(0).max(1),
})
export type InspectedTest = z.infer<typeof inspectedTestSchema>

/** The network at some point of its training. */
export const trainingSnapshotSchema = z.strictObject({
  samplesTrained: count,
  weights: inspectedWeightsSchema,
  /** On the training samples since the snapshot before; null: not known. */
  trainAccuracy: z.number().min(0).max(1).nullable(),
})
export type TrainingSnapshot = z.infer<typeof trainingSnapshotSchema>

export const inspectionProgressSchema = z.strictObject({
  /** `waiting`: for another process, which converts the dataset. */
  phase: z.enum(['waiting', 'loading', 'training', 'testing', 'presenting']),
  samplesDone: count,
  samplesPlanned: count,
})
export type InspectionProgress = z.infer<typeof inspectionProgressSchema>
