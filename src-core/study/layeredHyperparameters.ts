/**
 * Every hyperparameter of a layered network trained by surrogate gradients: of the network as a whole, of each layer as
 * `<layer>.<name>`, and neuron values of one layer in place of the network's. Published names are those of experiments 3
 * and 4 of Firmin, Boulet & Talbi, arXiv 2403.00450; train_size and frames, which say how much a trial is shown, those of
 * their later multi-fidelity search. Defaults are those of lava-dl's N-MNIST example (BSD-3) where it has
 * any; the adaptive threshold, which it has not, begins in the middle of the published ranges. The bounds are what has a
 * meaning, far wider than what is worth searching. Thresholds in the unit of weights, decays as shares lost in a step.
 */
import {
  categorical,
  type Hyperparameter,
  type HyperparameterTable,
  inGroup,
  integer,
  numeric,
  real,
} from './hyperparameter.ts'
import type { LayerDefinition, LayeredDefinition } from './networkSchema.ts'

const loss = categorical(
  ['rate', 'max', 'cross-entropy'],
  'rate: squared distance from target rates; max: log-likelihood of the share of spikes; cross-entropy: of the rates',
  { publishedName: 'decoder' },
)

const withRates = { loss: ['rate'] }

/** Of the network as a whole. */
export const surrogateHyperparameters = {
  ...inGroup('learning', {
    epochs: integer(1, 1, 1000, null, 'epochs', 'Passes over the training samples'),
    trainShare: real(1, 1e-4, 1, null, 'train_size', 'Share of the training samples that a network learns from'),
  }),
  ...inGroup('encoding', {
    steps: Object.freeze({
      ...integer(100, 1, 10_000, null, 'frames', 'Steps that each sample is shown for'),
      inherits: 'encoding.steps',
    }),
  }),
  ...inGroup('learning', {
    batchSize: integer(32, 1, 4096, null, 'batch_size', 'Samples of a step of training'),
    loss,
    learningRate: real(1e-3, 0, 1, null, 'learning_rate', 'Step of the optimiser at the peak of its schedule'),
    decayLearningRateFactor: real(
      0.1,
      0,
      1000,
      null,
      null,
      'Learning rate of the decays of current and voltage, times learningRate; with decayGradient exact',
    ),
    firstMomentDecay: real(0.9, 0, 0.9999, null, null, 'Decay of the mean of the gradients, beta 1 of Adam'),
    secondMomentDecay: real(0.999, 0, 0.999999, null, null, 'Decay of the mean of their squares, beta 2 of Adam'),
    weightDecay: real(0, 0, 1, null, null, 'Decoupled weight decay, with the optimiser adamw'),
    trueRate: numeric('real', [0.2, 0, 1, null, null, 'Target rate of the neuron of the true class'], withRates),
    falseRate: numeric('real', [0.03, 0, 1, null, null, 'Target rate of the other neurons'], withRates),
    sparsityPenalty: real(0, 0, 1e6, null, null, 'Weight of the spikes of hidden layers in the loss'),
  }),
}

/** Values of neurons, which a layer may have of its own. */
const neuron = {
  ...inGroup('neurons', {
    threshold: real(1.25, 1 / 64, 1000, null, 'threshold', 'Threshold of a neuron'),
    thresholdStep: real(0.02, 0, 1000, null, 'threshold_step', 'Rise of the threshold at a spike'),
    currentDecay: real(0.25, 0, 1, null, 'current_decay', 'Share of the current lost in a step'),
    voltageDecay: real(0.03, 0, 1, null, 'voltage_decay', 'Share of the membrane potential lost in a step'),
    thresholdDecay: real(0.07, 0, 1, null, 'threshold_decay', 'Share of the threshold’s rise lost in a step'),
    refractoryDecay: real(0.5, 0, 1, null, 'refractory_decay', 'Share of the refractory state lost in a step'),
    tauGradient: real(0.03, 1e-6, 1000, null, 'tau_grad', 'Width of the surrogate gradient, in thresholds times 100'),
    scaleGradient: real(3, 1e-6, 1000, null, 'scale_grad', 'Height of the surrogate gradient, times 10'),
  }),
  ...inGroup('learning', {
    dropout: real(0.05, 0, 0.99, null, 'dropout', 'Chance of a neuron to be left out of a training sample'),
    weightGain: real(1, 1e-3, 1000, null, null, 'Initial weights, times the square root of the inputs of a neuron'),
  }),
}
export type NeuronHyperparameter = keyof typeof neuron
export const neuronHyperparameters = Object.freeze(Object.keys(neuron)) as readonly NeuronHyperparameter[]

/** Shapes of layers. A name of the publication counts the convolutions: `c1_filters` is `conv1.filters`. */
const shapes = {
  conv: inGroup('network', {
    filters: integer(16, 1, 4096, null, 'filters', 'Output channels'),
    kernel: integer(3, 1, 1024, null, 'k', 'Rows and columns of the kernel'),
    stride: integer(1, 1, 1024, null, null, 'Rows and columns from one place of the kernel to the next'),
    padding: integer(0, 0, 1024, null, null, 'Rows and columns of zeros round the input'),
  }),
  pool: inGroup('network', {
    kernel: integer(2, 1, 1024, null, null, 'Rows and columns that become one'),
    stride: {
      ...integer(2, 1, 1024, null, null, 'Rows and columns from one window to the next'),
      inherits: 'kernel',
    },
    weight: real(1, 0, 1000, null, null, 'Factor of the sum'),
  }),
  dense: inGroup('network', { neurons: integer(128, 1, 1_000_000, null, null, 'Neurons') }),
  recurrent: inGroup('network', { neurons: integer(128, 1, 1_000_000, null, null, 'Neurons') }),
} satisfies Record<LayerDefinition['type'], HyperparameterTable>

const neurons: readonly LayerDefinition['neuron'][] = ['alif', 'cuba', 'lif']
/** Values that not all neurons have. */
const neuronsOfValue: Partial<Record<NeuronHyperparameter, typeof neurons>> = {
  thresholdStep: ['alif'],
  currentDecay: ['alif', 'cuba'],
  thresholdDecay: ['alif'],
  refractoryDecay: ['alif'],
}

/** The neurons that have a value. */
export const neuronsWith = (name: NeuronHyperparameter): typeof neurons => neuronsOfValue[name] ?? neurons

/** Whether a value of neurons has a meaning in a layer. */
export const hasNeuronValue = (layer: LayerDefinition, name: NeuronHyperparameter): boolean => {
  if (name === 'dropout') return layer.dropout
  if (name === 'weightGain') return layer.type !== 'pool'
  return neuronsWith(name).includes(layer.neuron)
}

/** All that may be searched or fixed of a network of these layers. */
export const layeredHyperparameters = ({ layers, decays, decayGradient }: LayeredDefinition): HyperparameterTable => {
  const table: Record<string, Hyperparameter> = { ...surrogateHyperparameters }
  if (decays === 'fixed' || decayGradient === 'lava') delete table['decayLearningRateFactor']
  for (const name of neuronHyperparameters) {
    if (layers.some((layer) => hasNeuronValue(layer, name))) table[name] = neuron[name]
  }
  for (const [index, layer] of layers.entries()) {
    if (index < layers.length - 1) Object.assign(table, shapeOf(layer))
  }
  for (const layer of layers) {
    for (const name of neuronHyperparameters) {
      if (hasNeuronValue(layer, name)) table[`${layer.name}.${name}`] = ownValue(layer.name, name)
    }
  }
  return Object.freeze(table)
}

const shapeOf = ({ name, type }: LayerDefinition): HyperparameterTable =>
  Object.fromEntries(
    Object.entries<Hyperparameter>(inGroup<HyperparameterTable>('network', shapes[type])).map(
      ([key, hyperparameter]) => [
        `${name}.${key}`,
        {
          ...hyperparameter,
          publishedName: publishedOf(name, hyperparameter.publishedName),
          inherits: hyperparameter.inherits && `${name}.${hyperparameter.inherits}`,
        },
      ],
    ),
  )

const publishedOf = (layer: string, published: string | null): string | null => {
  const [, number] = /^conv(\d+)$/.exec(layer) ?? []
  return published === null || number === undefined ? null : `c${number}_${published}`
}

const ownValue = (layer: string, name: NeuronHyperparameter): Hyperparameter => ({
  ...neuron[name],
  description: `${neuron[name].description}, of the layer ${layer}`,
  publishedName: null,
  inherits: name,
})

/** The hyperparameters of any layered network: its own by name, those of layers by what follows the name of the layer. */
export const anyLayered: {
  readonly network: HyperparameterTable
  readonly layer: HyperparameterTable
} = Object.freeze({
  network: { ...surrogateHyperparameters, ...neuron },
  layer: Object.fromEntries(
    Object.entries<Hyperparameter>({
      ...shapes.pool,
      ...shapes.conv,
      stride: {
        ...shapes.conv.stride,
        description: 'Rows and columns from one place of the kernel to the next; of a pool its kernel by default',
      },
      ...shapes.dense,
      ...neuron,
    }).map(([name, one]) => [name, { ...one, publishedName: null }]),
  ),
})
