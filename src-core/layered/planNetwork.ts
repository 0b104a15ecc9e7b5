/**
 * From the layers of a definition and a configuration to the network that an engine builds: which shape each layer has,
 * and every number of its neurons.
 *
 *   conv   o = floor((i + 2 padding - kernel) / stride) + 1 rows, and columns alike; `filters` channels
 *   pool   o = ceil((i - kernel) / stride) + 1, the last windows completed by zeros (`padding: zero`), or
 *          o = floor((i - kernel) / stride) + 1, rows and columns at the end that fill no window left out (`drop`)
 *   dense  a list of `neurons`, of the classes in the last layer; recurrent the same
 *
 * Each layer passes its spikes on a step later, the last one too, so that with as many steps as layers nothing that a
 * network is shown is ever seen in its answer.
 */
import { type LayerShape, sizeOf } from '../encoding/inputEvents.ts'
import { ImpossibleNetwork } from '../diehlCook/networkFailure.ts'
import type { Configuration } from '../space/parameter.ts'
import { hasNeuronValue, type NeuronHyperparameter, neuronHyperparameters } from '../study/layeredHyperparameters.ts'
import type { LayerDefinition, LayeredDefinition } from '../study/networkSchema.ts'
import type { LayerPlan, NetworkInput, NetworkPlan, NeuronPlan, PlannedValue, SynapsePlan } from './networkPlan.ts'

/** Neurons of a layer; more are a slip, and would only run out of memory later. */
const mostNeurons = 2 ** 26

/**
 * Plans a network.
 * @param hyperparameters as `resolveHyperparameters` gives them
 * @throws {ImpossibleNetwork} where a layer cannot take what the one before it gives, and with too few steps
 */
export const planNetwork = (
  network: LayeredDefinition,
  hyperparameters: Configuration,
  { shape, steps, classes }: NetworkInput,
): NetworkPlan => {
  checkSteps(steps, network.layers.length)
  const layers: LayerPlan[] = []
  for (const [index, layer] of network.layers.entries()) {
    const values = new LayerValues(layer, hyperparameters)
    const given = layers.at(-1)?.output ?? shape
    const last = index === network.layers.length - 1
    const { synapse, output } = last
      ? { synapse: { type: 'dense' } as const, output: list(classes) }
      : shapeOf(network, layer, given, values)
    if (sizeOf(output) > mostNeurons) {
      throw new ImpossibleNetwork(
        `${layer.name}: ${sizeOf(output)} neurons are more than the ${mostNeurons} of a layer`,
      )
    }
    layers.push({
      name: layer.name,
      synapse,
      input: given,
      output,
      neuron: neuronOf(network, layer, values),
      weightNormalisation: layer.weightNormalisation && layer.type !== 'pool',
      delays: layer.delays,
      dropout: values.neuron('dropout'),
      dropoutOf: network.dropoutOf,
      weightGain: layer.type === 'pool' ? 1 : values.neuron('weightGain'),
    })
  }
  return { input: shape, steps, classes, layers }
}

/** The hyperparameters of one layer. */
class LayerValues {
  readonly #layer: LayerDefinition
  readonly #all: Configuration

  constructor(layer: LayerDefinition, all: Configuration) {
    this.#layer = layer
    this.#all = all
  }

  shape(name: string): number {
    return this.#number(this.#nameOf(name))
  }

  /** That of the layer, or else another of its shape. */
  shapeOr(name: string, otherwise: string): number {
    return this.shape(Object.hasOwn(this.#all, this.#nameOf(name)) ? name : otherwise)
  }

  /** Of the layer, or else of the network; 0 where it has no meaning. */
  neuron(name: NeuronHyperparameter): number {
    if (!hasNeuronValue(this.#layer, name)) return 0
    const own = this.#nameOf(name)
    return this.#number(Object.hasOwn(this.#all, own) ? own : name)
  }

  #nameOf(name: string): string {
    return `${this.#layer.name}.${name}`
  }

  #number(name: string): number {
    const value = this.#all[name]
    if (typeof value === 'number') return value
    throw new Error(`the hyperparameter ${name} is missing`)
  }
}

const list = (neurons: number): LayerShape => ({ channels: neurons, rows: 1, columns: 1 })

const shapeOf = (
  { convolutionGradient: gradient }: LayeredDefinition,
  { name, type, padding: ends }: LayerDefinition,
  input: LayerShape,
  values: LayerValues,
): { readonly synapse: SynapsePlan; readonly output: LayerShape } => {
  switch (type) {
    case 'conv': {
      const [kernel, stride, padding] = [values.shape('kernel'), values.shape('stride'), values.shape('padding')]
      checkFits(name, kernel, padding, input)
      const places = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1
      return {
        synapse: { type, kernel, stride, padding, gradient },
        output: { channels: values.shape('filters'), rows: places(input.rows), columns: places(input.columns) },
      }
    }
    case 'pool': {
      const [kernel, weight] = [values.shape('kernel'), values.shape('weight')]
      const stride = values.shapeOr('stride', 'kernel')
      checkFits(name, kernel, 0, input)
      // a completed window begins within the input, so that it has something of it
      const places = (length: number): number =>
        ends === 'drop'
          ? Math.floor((length - kernel) / stride) + 1
          : Math.min(Math.ceil((length - kernel) / stride), Math.floor((length - 1) / stride)) + 1
      return {
        synapse: { type, kernel, stride, weight },
        output: { channels: input.channels, rows: places(input.rows), columns: places(input.columns) },
      }
    }
    case 'dense':
    case 'recurrent':
      return { synapse: { type }, output: list(values.shape('neurons')) }
  }
}

const checkSteps = (steps: number, layers: number): void => {
  if (steps > layers) return
  const few = `${steps} ${steps === 1 ? 'step is' : 'steps are'} too few for ${layers} ${layers === 1 ? 'layer' : 'layers'}`
  throw new ImpossibleNetwork(`${few}: each passes spikes on a step later, so ${layers + 1} are needed`)
}

const checkFits = (name: string, kernel: number, padding: number, { rows, columns }: LayerShape): void => {
  if (kernel <= rows + 2 * padding && kernel <= columns + 2 * padding) return
  const padded = padding === 0 ? '' : `, padded by ${padding} on each side`
  throw new ImpossibleNetwork(
    `${name}: a kernel of ${kernel} x ${kernel} does not fit its input of ${rows} x ${columns}${padded}`,
  )
}

const plannedValues = neuronHyperparameters.filter(
  (name): name is PlannedValue => name !== 'dropout' && name !== 'weightGain',
)

const neuronOf = (network: LayeredDefinition, layer: LayerDefinition, values: LayerValues): NeuronPlan => ({
  model: layer.neuron,
  subtract: layer.subtract,
  ...(Object.fromEntries(plannedValues.map((name) => [name, values.neuron(name)])) as Record<PlannedValue, number>),
  decays: network.decays,
  decayGradient: network.decayGradient,
  surrogate: network.surrogate,
  quantised: network.quantised,
})
