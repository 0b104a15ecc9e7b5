/** Terms of spiking networks: how they are built, how they learn, and what is seen inside them. */
import type { GlossaryEntry } from './entry.ts'

const units = 'numerics.md#neuron'
const layered = 'numerics.md#layered-networks'
const codes = 'numerics.md#values-as-counts-of-spikes'
const processors = 'numerics.md#neuromorphic-processors'
const evolution = 'numerics.md#evolution'
const tennlab = 'Schuman et al. 2020, EONS'

export const networkTerms = {
  spike: {
    term: 'Spike',
    text: 'What a neuron sends when its potential reaches its threshold: always the same, so that only when and how often counts.',
    synonyms: ['event', 'spike train'],
  },
  spikeRate: {
    term: 'Spikes per sample',
    text: 'Spikes that all neurons fire at one sample, the input’s left out; of networks that evolve while they train, those of the outputs.',
    unit: 'spikes per sample',
    synonyms: ['spike rate', 'activity'],
  },
  raster: {
    term: 'Raster',
    text: 'A point for each spike: its time across, its neuron upwards.',
    synonyms: ['spikes'],
  },
  rate: {
    term: 'Rate',
    text: 'Spikes of a neuron at a sample, a mean over the tested samples.',
    unit: 'spikes per sample',
  },
  isi: {
    term: 'Inter-spike interval (ISI)',
    text: 'Time between two spikes of the same neuron that follow each other.',
    unit: 'ms or steps',
    synonyms: ['intervals'],
  },
  populationRate: {
    term: 'Population rate (PSTH)',
    text: 'Spikes of a layer in each short part of the time, over its neurons.',
    synonyms: ['PSTH', 'rates'],
  },
  membranePotential: {
    term: 'Membrane potential',
    text: 'The state of a neuron: input raises it, the leak draws it back to rest, and at the threshold the neuron fires.',
    unit: 'mV (Diehl & Cook)',
    synonyms: ['potential', 'charge'],
    page: units,
  },
  leak: {
    term: 'Leak',
    text: 'How a neuron forgets what it received: its potential decays to rest, of RISP neurons it is gone after a step.',
    page: units,
  },
  threshold: {
    term: 'Threshold',
    text: 'The potential at which a neuron fires.',
    unit: 'mV (Diehl & Cook)',
    page: units,
  },
  theta: {
    term: 'Theta (θ)',
    text: 'What a neuron’s own spikes add to its threshold, so that no neuron answers everything. It decays slowly.',
    unit: 'mV',
    source: 'Diehl, Cook 2015',
    synonyms: ['adaptive threshold', 'homeostasis'],
    page: units,
  },
  refractory: {
    term: 'Refractory period',
    text: 'Time after a spike in which the neuron cannot fire again.',
    unit: 'ms',
    page: units,
  },
  stdp: {
    term: 'STDP',
    text: 'Spike-timing-dependent plasticity: a synapse grows where its input fired shortly before its neuron, and shrinks the other way round.',
    synonyms: ['post-pre', 'plasticity'],
    page: 'numerics.md#plasticity',
  },
  surrogateGradient: {
    term: 'Surrogate gradient',
    text: 'Learning by gradients where a spike, a jump, has none: a smooth curve stands in for it backwards.',
    source: 'Shrestha, Orchard 2018, SLAYER; Neftci et al. 2019',
    synonyms: ['SLAYER'],
    page: layered,
  },
  axonalDelay: {
    term: 'Axonal delay',
    text: 'Steps that a spike of a neuron takes to its targets; it can be learned.',
    unit: 'steps',
    page: layered,
  },
  receptiveField: {
    term: 'Receptive field',
    text: 'The weights from the input to one neuron, laid out as the input is: what the neuron looks for.',
    synonyms: ['weights', 'kernel', 'filter'],
  },
  confusion: {
    term: 'Confusion matrix',
    text: 'How often samples of each class (rows) were taken for each class (columns); right answers stand on the diagonal.',
  },
  selectivity: {
    term: 'Selectivity',
    text: 'How far a neuron’s spikes belong to one class: 0 all classes alike, 1 one class only.',
    unit: '0 to 1',
  },
  assignedClass: {
    term: 'Assigned class',
    text: 'The class at which a neuron fired most in training; what decoders read answers by.',
    page: 'numerics.md#decoders',
  },
  decoder: {
    term: 'Decoder',
    text: 'How an answer is read from the spikes of a network, such as the class whose neurons fire most.',
    synonyms: ['all', 'vote', '2gram', 'winner'],
    page: 'numerics.md#decoders',
  },
  encoding: {
    term: 'Encoding',
    text: 'How a sample becomes spikes of the input, such as rates that grow with the brightness.',
    synonyms: ['rate code', 'latency', 'encoder'],
    page: 'numerics.md#encoder',
  },
  argyle: {
    term: 'Argyle',
    text: 'A code of a value by neighbouring pairs of neurons: as one falls the next rises, so that both say where the value lies.',
    source: 'Schuman et al. 2019',
    page: codes,
  },
  flipFlop: {
    term: 'Flip-flop',
    text: 'A code of a value by pairs of neurons: the first falls from the most spikes to none, the second rises.',
    source: 'Schuman et al. 2019',
    page: codes,
  },
  bins: {
    term: 'Bins',
    text: 'A code of a value by the neuron of the part of the range that it lies in.',
    synonyms: ['triangle'],
    source: 'Schuman et al. 2019',
    page: codes,
  },
  neuroprocessor: {
    term: 'Neuroprocessor',
    text: 'A neuromorphic processor with neurons and synapses of few discrete levels, as RISP or Caspian.',
    synonyms: ['RISP', 'Caspian', 'TENNLab'],
    page: processors,
  },
  eons: {
    term: 'EONS',
    text: 'Evolution of a population of networks: the fitter ones are kept, combined and mutated from generation to generation.',
    source: tennlab,
    synonyms: ['evolution', 'mutation', 'crossover'],
    page: evolution,
  },
  generation: {
    term: 'Generation',
    text: 'All networks of a population that are judged before the next ones are bred. It is the epoch of networks that evolve.',
    source: tennlab,
    page: evolution,
  },
  fitness: {
    term: 'Fitness',
    text: 'What networks of a population are ranked by: their score on the training samples or episodes, then the goals asked for.',
    source: tennlab,
    page: evolution,
  },
  neuron: {
    term: 'Neuron',
    text: 'Gathers the spikes that reach it, and fires one itself at its threshold. More of them can tell more apart, and take longer.',
    synonyms: ['map size', 'hidden neuron'],
    page: units,
  },
  synapse: {
    term: 'Synapse',
    text: 'Runs from one neuron to another: a spike changes the potential of the second by the weight of the synapse.',
    synonyms: ['weight', 'connection', 'edge'],
    page: units,
  },
  inhibition: {
    term: 'Excitation and inhibition',
    text: 'Spikes of excitatory neurons raise the potential of others, those of inhibitory ones lower it, so that few neurons answer at a time.',
    synonyms: ['excitatory', 'inhibitory', 'lateral inhibition', 'winner takes all'],
    source: 'Diehl, Cook 2015',
    page: units,
  },
  weightNorm: {
    term: 'Normalisation of weights',
    text: 'After every sample the weights of the inputs of a neuron are scaled to one sum, so that no neuron outgrows the others.',
    source: 'Diehl, Cook 2015',
    page: 'numerics.md#plasticity',
  },
  trace: {
    term: 'Spike trace',
    text: 'What a neuron remembers of its last spikes: it is set at a spike and decays. Plasticity reads it.',
    page: 'numerics.md#plasticity',
  },
  learningRate: {
    term: 'Learning rate',
    text: 'How far a weight moves at a step of learning: too little learns nothing in time, too much forgets.',
    synonyms: ['nu'],
  },
  step: {
    term: 'Step',
    text: 'The smallest unit of time of a simulation. A sample is shown for so many of them; more resolve its spikes finer, and take longer.',
    synonyms: ['time step', 'dt', 'frame'],
    page: units,
  },
  batch: {
    term: 'Batch',
    text: 'Samples whose gradients make one step of learning together: more are steadier, and step less often.',
    page: layered,
  },
  loss: {
    term: 'Loss',
    text: 'What learning by gradients makes small: how far the spikes of the output are from those that the label asks for.',
    synonyms: ['cross-entropy', 'target rate'],
    page: layered,
  },
  adam: {
    term: 'Adam',
    text: 'Learning by running means of gradients and of their squares: each weight has a step of its own length.',
    source: 'Kingma, Ba 2015',
    synonyms: ['AdamW', 'moment'],
    page: layered,
  },
  regularisation: {
    term: 'Regularisation',
    text: 'Keeps a model simple, by a price on large weights or by their decay, so that it does not learn its samples by heart.',
    synonyms: ['weight decay', 'overfitting'],
  },
  dropout: {
    term: 'Dropout',
    text: 'Leaves out neurons at random while a sample is learned, so that a network does not rely on single ones.',
    source: 'Srivastava et al. 2014',
    page: layered,
  },
  convolution: {
    term: 'Convolution',
    text: 'A layer that looks for the same patterns, its kernels, at every place of its input; a pool takes neighbouring places together.',
    synonyms: ['kernel', 'stride', 'padding', 'pool', 'channel'],
    page: layered,
  },
  synapticDelay: {
    term: 'Synaptic delay',
    text: 'Steps that a spike takes along a synapse.',
    unit: 'steps',
    page: processors,
  },
  population: {
    term: 'Population',
    text: 'The networks of a generation. More of them try more at once, and take longer.',
    source: tennlab,
    page: evolution,
  },
  mutation: {
    term: 'Mutation',
    text: 'A change of a child at random: a neuron or a synapse is added, deleted, or one of its values changed. Weights say which is how likely.',
    source: tennlab,
    page: evolution,
  },
  crossover: {
    term: 'Crossover',
    text: 'Makes children of two parents: each gets neurons and synapses of both. A merge puts both parents into one.',
    source: tennlab,
    page: evolution,
  },
  tournament: {
    term: 'Tournament',
    text: 'How parents are chosen: of a few networks drawn at random the fittest wins, mostly. A larger one presses harder.',
    source: tennlab,
    synonyms: ['selection'],
    page: evolution,
  },
  elite: {
    term: 'Elite',
    text: 'The fittest networks of a generation, which go on unchanged: the best is never lost.',
    source: tennlab,
    page: evolution,
  },
  cv: {
    term: 'CV of intervals',
    text: 'Coefficient of variation of the intervals between spikes, deviation over mean: 0 like a clock, 1 at random (Poisson), above in bursts.',
    synonyms: ['coefficient of variation', 'regularity', 'burst'],
    page: 'numerics.md#spikes-of-networks-side-by-side',
  },
  silentNeuron: {
    term: 'Silent neuron',
    text: 'One that fired at no tested sample. It takes part in no answer.',
    page: 'numerics.md#spikes-of-networks-side-by-side',
  },
  synapticOperations: {
    term: 'Synaptic operations',
    text: 'Additions that the spikes of a sample cause: one for each synapse that a spike runs along. A measure of energy.',
    unit: 'operations per sample',
    source: 'Yik et al. 2025, NeuroBench',
    synonyms: ['SynOps', 'energy'],
    page: layered,
  },
} satisfies Readonly<Record<string, GlossaryEntry>>
