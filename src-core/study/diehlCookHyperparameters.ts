/**
 * Every hyperparameter of a Diehl & Cook network trained by PostPre, with its decoder: what may be searched or fixed.
 * Defaults are those of BindsNET's DiehlAndCook2015 (Hazan et al., Front. Neuroinform. 12:89, 2018), published names those
 * of Firmin, Boulet & Talbi, arXiv 2403.00450, experiment 1 (and 2 for the traces). The bounds are what is physically
 * meaningful, far wider than what is worth searching. Potentials and strengths in mV, times in ms.
 */
import { categorical, inGroup, integer, namePublishedAs, numeric, real } from './hyperparameter.ts'

const decoder = categorical(
  ['all', 'all-last', 'vote', '2gram', '2gram-order', 'log', 'svm'],
  'How spike counts become a label: all, all-last (by the last interval), vote by labelled neurons; 2gram, 2gram-order by pairs of spikes; log, svm by a linear classifier on counts',
  { publishedName: 'decoder' },
)

/** What a network itself is made with: the arguments of its engine. */
export const networkNumbers = Object.freeze({
  ...inGroup('learning', {
    learningRatePre: real(1e-4, 0, 1, null, 'nu_pre', 'Depression of a weight at a spike of its input'),
    learningRatePost: real(1e-2, 0, 1, null, 'nu_post', 'Potentiation of a weight at a spike of its neuron'),
  }),
  ...inGroup('network', {
    strengthExcitatory: real(22.5, 0, 1e5, 'mV', 'strength_exc', 'Synapse from a neuron to its inhibitory partner'),
    strengthInhibitory: real(
      17.5,
      0,
      1e5,
      'mV',
      'strength_inh',
      'Synapse from an inhibitory neuron to all neurons but its partner, as a magnitude',
    ),
    weightNorm: real(78.4, 0, 1e6, 'mV', 'norm', 'Sum of the input weights of a neuron after every sample'),
  }),
  ...inGroup('neurons', {
    thresholdExcitatoryMv: real(-52, -1000, 1000, 'mV', 'e_thresh', 'Threshold of an excitatory neuron, without theta'),
    restExcitatoryMv: real(-65, -1000, 1000, 'mV', 'e_rest', 'Resting potential of an excitatory neuron'),
    resetExcitatoryMv: real(-60, -1000, 1000, 'mV', 'e_reset', 'Potential of an excitatory neuron after a spike'),
    refractoryExcitatoryMs: integer(5, 0, 10_000, 'ms', 'e_refrac', 'Refractory period of an excitatory neuron'),
    thetaPlusMv: real(0.05, 0, 1000, 'mV', 'theta_plus', 'Rise of the adaptive threshold at a spike'),
    tauThetaDecayMs: real(1e7, 1e-3, 1e12, 'ms', 'tc_theta_decay', 'Time constant of the adaptive threshold'),
    tauMembraneExcitatoryMs: real(100, 1e-3, 1e9, 'ms', 'e_tc_decay', 'Membrane time constant of an excitatory neuron'),
  }),
  ...inGroup('learning', {
    tauTraceMs: real(20, 1e-3, 1e9, 'ms', 'e_tc_trace', 'Time constant of the spike traces that plasticity reads'),
  }),
  ...inGroup('neurons', {
    thresholdInhibitoryMv: real(-40, -1000, 1000, 'mV', 'i_thresh', 'Threshold of an inhibitory neuron'),
    restInhibitoryMv: real(-60, -1000, 1000, 'mV', 'i_rest', 'Resting potential of an inhibitory neuron'),
    resetInhibitoryMv: real(-45, -1000, 1000, 'mV', 'i_reset', 'Potential of an inhibitory neuron after a spike'),
    refractoryInhibitoryMs: integer(2, 0, 10_000, 'ms', 'i_refrac', 'Refractory period of an inhibitory neuron'),
    tauMembraneInhibitoryMs: real(10, 1e-3, 1e9, 'ms', 'i_tc_decay', 'Membrane time constant of an inhibitory neuron'),
  }),
})

/** In the order in which people read them. */
export const diehlCookHyperparameters = Object.freeze({
  ...inGroup('encoding', {
    decoder,
    decoderRegularisation: numeric(
      'real',
      [1, 1e-6, 1e6, null, null, 'C of the log and svm decoders: the smaller, the stronger the regularisation'],
      { decoder: ['log', 'svm'] },
    ),
  }),
  ...inGroup('learning', { epochs: integer(1, 1, 1000, null, 'epochs', 'Passes over the training samples') }),
  ...inGroup('network', {
    mapSize: integer(100, 1, 1_000_000, null, 'map_size', 'Excitatory neurons, and as many inhibitory ones'),
  }),
  ...networkNumbers,
})

/** Of networks with `inhibition: distance`, in addition. */
export const distanceHyperparameters = Object.freeze({
  ...diehlCookHyperparameters,
  ...inGroup('network', {
    resetInterval: integer(
      100,
      1,
      10_000,
      null,
      'reset_interval',
      'Steps after which a sample finds the network at rest again',
    ),
  }),
})

export type NetworkNumber = keyof typeof networkNumbers
export const networkNumberNames = Object.freeze(Object.keys(networkNumbers)) as readonly NetworkNumber[]
export type DiehlCookHyperparameter = keyof typeof diehlCookHyperparameters
export const diehlCookHyperparameterNames = Object.freeze(
  Object.keys(diehlCookHyperparameters),
) as readonly DiehlCookHyperparameter[]

export const isDiehlCookHyperparameter = (name: string): name is DiehlCookHyperparameter =>
  Object.hasOwn(diehlCookHyperparameters, name)

/** Our name of a hyperparameter of the reference experiments; null: they have none of that name. */
export const fromPublishedName = (published: string): DiehlCookHyperparameter | null =>
  namePublishedAs(diehlCookHyperparameters, published) as DiehlCookHyperparameter | null
