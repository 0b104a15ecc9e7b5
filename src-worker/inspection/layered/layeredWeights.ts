/** What is learned of a layered network, projection by projection, as it acts. */
import type { InspectedLayer, InspectedWeights, Projection } from '../../../src-core/contracts/inspection.ts'
import { type LayerShape, sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import { quantiseWeight } from '../../../src-core/layered/fixedPoint.ts'
import type { LayerPlan, NetworkPlan } from '../../../src-core/layered/networkPlan.ts'
import { takeTensor } from '../../../src-core/networkFile/takeTensor.ts'
import type { Tensors } from '../../../src-core/networkFile/tensor.ts'
import { inputLayer } from '../inspectedSubject.ts'

/** Neurons that have a place; a list has none. */
export const placesOf = (shape: LayerShape): InspectedLayer['shape'] =>
  shape.rows * shape.columns === 1 ? null : shape

/** Of every layer with weights the one from the layer before it, and from a recurrent layer the one onto itself. */
export const projectionsOf = ({ layers }: NetworkPlan): Projection[] =>
  layers.flatMap(({ name, synapse }, index) => {
    if (synapse.type === 'pool') return []
    const forward = { from: layers[index - 1]?.name ?? inputLayer, to: name }
    return synapse.type === 'recurrent' ? [forward, { from: name, to: name }] : [forward]
  })

/** @throws {RangeError} when these are not the tensors of such a network */
export const layeredWeights = (plan: NetworkPlan, tensors: Tensors, { from, to }: Projection): InspectedWeights => {
  const layer = plan.layers.find(({ name }) => name === to)
  if (layer === undefined) throw new RangeError(`The network has no layer ${to}.`)
  const own = from === to
  const { type, inputs, field } = synapseOf(layer, own)
  const neurons = type === 'conv' ? layer.output.channels : sizeOf(layer.output)
  return {
    from,
    to,
    type,
    inputs,
    neurons,
    field,
    values: actingWeights(layer, tensors, own, neurons),
    signed: true,
    thetas: null,
    assignedClasses: null,
    delays: floatsOf(tensors, `${to}.delays`),
    currentDecays: floatsOf(tensors, `${to}.currentDecay`),
    voltageDecays: floatsOf(tensors, `${to}.voltageDecay`),
  }
}

const synapseOf = (
  { synapse, input, output }: LayerPlan,
  own: boolean,
): Pick<InspectedWeights, 'type' | 'inputs' | 'field'> => {
  if (synapse.type === 'conv') {
    const field = { channels: input.channels, rows: synapse.kernel, columns: synapse.kernel }
    return { type: 'conv', inputs: sizeOf(field), field }
  }
  const shape = own ? output : input
  return { type: 'dense', inputs: sizeOf(shape), field: placesOf(shape) }
}

/** Directions times lengths where they are normalised, and to the steps of the weights where they are quantised. */
const actingWeights = ({ name, neuron }: LayerPlan, tensors: Tensors, own: boolean, neurons: number): Float32Array => {
  const learned = floatsOf(tensors, `${name}.${own ? 'recurrentWeights' : 'weights'}`)
  if (learned === null) throw new RangeError(`The layer ${name} has no weights.`)
  const lengths = floatsOf(tensors, `${name}.${own ? 'recurrentLengths' : 'lengths'}`)
  const values = lengths === null ? learned : normalised(learned, lengths, neurons)
  return neuron.quantised ? values.map(quantiseWeight) : values
}

const normalised = (directions: Float32Array, lengths: Float32Array, neurons: number): Float32Array => {
  const squares = new Float64Array(neurons)
  for (const [at, value] of directions.entries()) {
    squares[at % neurons] = (squares[at % neurons] ?? 0) + value * value
  }
  return directions.map((value, at) => {
    const norm = Math.sqrt(squares[at % neurons] ?? 0)
    return norm === 0 ? 0 : (value * (lengths[at % neurons] ?? 0)) / norm
  })
}

const floatsOf = (tensors: Tensors, name: string): Float32Array | null => {
  const tensor = tensors[name]
  return tensor === undefined ? null : Float32Array.from(takeTensor(tensors, name, [Float32Array], tensor.shape))
}
