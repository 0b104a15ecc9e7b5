/**
 * The parameters of a Diehl & Cook network (Diehl & Cook, Front. Comput. Neurosci. 9:99, 2015) in the discrete form of
 * BindsNET's DiehlAndCook2015 (Hazan et al., Front. Neuroinform. 12:89, 2018).
 * Potentials in mV, durations in ms, weights and strengths in mV per spike, learning rates per spike.
 */

/**
 * Which of the excitatory neurons that cross their threshold in one step keep their spike: one drawn uniformly, the
 * one of lowest index, or all of them.
 */
export type OneSpikeRule = 'random' | 'lowestIndex' | 'off'

/**
 * How strongly inhibitory neuron i acts on excitatory neuron j: on all but its own partner alike, or in proportion to
 * |i - j| / (neurons - 1), the soft lateral inhibition of experiment 2 of arXiv 2403.00450, whose authors ran it exciting.
 */
export type InhibitionRule = 'all' | 'distance'

export interface DiehlCookParameters {
  /** Input channels. */
  readonly inputSize: number
  /** Excitatory neurons, and as many inhibitory ones. */
  readonly neurons: number
  readonly dtMs: number

  readonly restExcitatoryMv: number
  readonly resetExcitatoryMv: number
  readonly thresholdExcitatoryMv: number
  readonly refractoryExcitatoryMs: number
  readonly tauMembraneExcitatoryMs: number
  /** Added to a neuron's threshold at each of its crossings while learning. */
  readonly thetaPlusMv: number
  readonly tauThetaDecayMs: number

  readonly restInhibitoryMv: number
  readonly resetInhibitoryMv: number
  readonly thresholdInhibitoryMv: number
  readonly refractoryInhibitoryMs: number
  readonly tauMembraneInhibitoryMs: number

  /** Of the one-to-one synapses from excitatory to inhibitory neurons. */
  readonly strengthExcitatory: number
  /** Of the synapses from each inhibitory neuron to the excitatory neurons, of all or of the longest; negative: they excite. */
  readonly strengthInhibitory: number

  /** Time constant of the spike traces of inputs and of excitatory neurons. */
  readonly tauTraceMs: number
  readonly learningRatePre: number
  readonly learningRatePost: number
  readonly weightMinimum: number
  readonly weightMaximum: number
  /** Sum of the absolute weights onto each excitatory neuron after every sample. */
  readonly weightNorm: number

  readonly oneSpike: OneSpikeRule
  readonly inhibition: InhibitionRule
  /**
   * After every so many steps of a sample, potentials, refractory counters, traces and spikes under way are reset as they
   * are between samples; 0: only there.
   */
  readonly resetIntervalSteps: number
}

/** The defaults of BindsNET's DiehlAndCook2015, for MNIST and 100 neurons. */
export const defaultDiehlCookParameters: DiehlCookParameters = Object.freeze({
  inputSize: 784,
  neurons: 100,
  dtMs: 1,
  restExcitatoryMv: -65,
  resetExcitatoryMv: -60,
  thresholdExcitatoryMv: -52,
  refractoryExcitatoryMs: 5,
  tauMembraneExcitatoryMs: 100,
  thetaPlusMv: 0.05,
  tauThetaDecayMs: 1e7,
  restInhibitoryMv: -60,
  resetInhibitoryMv: -45,
  thresholdInhibitoryMv: -40,
  refractoryInhibitoryMs: 2,
  tauMembraneInhibitoryMs: 10,
  strengthExcitatory: 22.5,
  strengthInhibitory: 17.5,
  tauTraceMs: 20,
  learningRatePre: 1e-4,
  learningRatePost: 1e-2,
  weightMinimum: 0,
  weightMaximum: 1,
  weightNorm: 78.4,
  oneSpike: 'random',
  inhibition: 'all',
  resetIntervalSteps: 0,
})
