/** What a study says of the kind of its networks; their numbers are hyperparameters. */
import { z } from 'zod'
import type { DeepReadonly } from '../values/deepReadonly.ts'

const diehlCookSchema = z.strictObject({
  type: z.literal('diehl-cook').meta({ description: 'Diehl & Cook 2015: excitatory neurons with lateral inhibition' }),
  oneSpike: z.enum(['random', 'lowest-index', 'off']).default('random').meta({
    description: 'Which one of the neurons that cross their threshold in the same step keeps its spike',
  }),
  inhibition: z.enum(['all', 'distance']).default('all').meta({
    description:
      'all: a neuron inhibits all others alike; distance: in proportion to how far they are, soft lateral inhibition',
  }),
  lateral: z.enum(['inhibiting', 'exciting']).default('inhibiting').meta({
    description:
      'Sign of the synapses from the inhibitory layer; exciting: with inhibition distance, as the authors of experiment 2 ran it',
  }),
})

/** Names of layers, as they stand in names of hyperparameters and metrics. */
export const layerNameSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/)
  .meta({ description: 'letters and digits, a small letter first' })

const layerSchema = z.strictObject({
  name: layerNameSchema.meta({ description: 'letters and digits, a small letter first; each layer its own' }),
  type: z.enum(['conv', 'pool', 'dense', 'recurrent']).meta({
    description:
      'conv: convolution; pool: sums over windows; dense: every input to every neuron; recurrent: dense, and from its own spikes',
  }),
  neuron: z.enum(['alif', 'cuba', 'lif']).default('alif').meta({
    description:
      'alif: adaptive threshold and refractory state; cuba: current and membrane, reset at a spike; lif: membrane alone',
  }),
  subtract: z
    .boolean()
    .default(false)
    .meta({ description: 'cuba and lif: a spike subtracts the threshold, otherwise it resets to 0' }),
  delays: z.boolean().default(false).meta({ description: 'Learn an axonal delay of each channel' }),
  dropout: z
    .boolean()
    .default(false)
    .meta({ description: 'Leave neurons out of training samples, each with the chance dropout' }),
  weightNormalisation: z
    .boolean()
    .default(false)
    .meta({ description: 'Not of a pool: learn weights as a direction and a length for each channel' }),
  padding: z.enum(['zero', 'drop']).default('zero').meta({
    description:
      'Of a pool whose windows do not come out even: zero, as in lava-dl, completes the last ones; drop leaves rows and columns out',
  }),
})
export type LayerDefinition = DeepReadonly<z.infer<typeof layerSchema>>

export const layeredSchema = z.strictObject({
  type: z.literal('layered').meta({ description: 'Layers one after the other, trained by surrogate gradients' }),
  quantised: z
    .boolean()
    .default(true)
    .meta({ description: 'Integer states and weights as in lava-dl; false: plain float' }),
  decays: z.enum(['fixed', 'shared', 'per-channel']).default('shared').meta({
    description: 'Whether the decays of current and voltage are learned: not, one of a layer, one of each channel',
  }),
  decayGradient: z.enum(['exact', 'lava']).default('exact').meta({
    description:
      'Of learned decays; exact: the derivative, with a learning rate of its own; lava: with the sign and scale of lava-dl, by which decays hardly move',
  }),
  convolutionGradient: z.enum(['fourier', 'direct']).default('fourier').meta({
    description:
      'How gradients of convolutions are computed: fourier: by the convolution theorem where that is faster; direct: window by window. They differ by rounding alone',
  }),
  dropoutOf: z.enum(['currents', 'spikes']).default('currents').meta({
    description: 'What dropout takes from a neuron: its input, or, as in lava-dl, its spikes',
  }),
  surrogate: z
    .enum(['exponential', 'fast-sigmoid', 'arctan', 'superspike', 'triangle'])
    .default('exponential')
    .meta({ description: 'The derivative that stands in for that of a spike; exponential is lava-dl’s' }),
  layers: z
    .array(layerSchema)
    .min(1)
    .meta({ description: 'From the input on; the last one is dense, with a neuron for each class of the dataset' }),
})

const neuroprocessorSchema = z.strictObject({
  type: z.literal('neuroprocessor').meta({
    description: 'Neurons and synapses of any form on a neuromorphic processor, found by evolution',
  }),
  activity: z.enum(['kept', 'cleared']).default('kept').meta({
    description:
      'Of control tasks: whether charges, and spikes on their way, outlast a decision; samples always begin at rest',
  }),
})

export const networkSchema = z.discriminatedUnion('type', [diehlCookSchema, layeredSchema, neuroprocessorSchema])

export const networkTypes = networkSchema.options.map(({ shape }) => shape.type.value)

export type NetworkDefinition = DeepReadonly<z.infer<typeof networkSchema>>
export type DiehlCookDefinition = DeepReadonly<z.infer<typeof diehlCookSchema>>
export type LayeredDefinition = DeepReadonly<z.infer<typeof layeredSchema>>
export type NeuroprocessorDefinition = DeepReadonly<z.infer<typeof neuroprocessorSchema>>

const diehlCookLayers = Object.freeze(['excitatory', 'inhibitory'])
/** A network of a generation is what a sample is elsewhere: silent where its outputs are. */
const populationLayers = Object.freeze(['population'])

/** The layers of a network from the input on: those whose spikes are counted, and whose silence can be watched. */
export const layersOf = (network: NetworkDefinition): readonly string[] => {
  switch (network.type) {
    case 'diehl-cook':
      return diehlCookLayers
    case 'layered':
      return network.layers.map(({ name }) => name)
    case 'neuroprocessor':
      return populationLayers
  }
}
