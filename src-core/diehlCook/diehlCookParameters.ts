/**
 * The parameters of a Diehl & Cook network (Diehl & Cook, Front. Comput. Neurosci. 9:99, 2015) in the discrete form of
 * BindsNET's DiehlAndCook2015 (Hazan et al., Front. Neuroinform. 12:89, 2018).
 * Potentials in mV, durations in ms, weights and strengths in mV per spike, learning rates per spike.
 */
import type { NetworkNumber } from '../study/diehlCookHyperparameters.ts'

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

/** The numbers of its table, as the network has them: a negative `strengthInhibitory` excites. */
type TableNumbers = Readonly<Record<NetworkNumber, number>>

export interface DiehlCookParameters extends TableNumbers {
  /** Input channels. */
  readonly inputSize: number
  /** Excitatory neurons, and as many inhibitory ones. */
  readonly neurons: number
  readonly dtMs: number
  readonly weightMinimum: number
  readonly weightMaximum: number
  readonly oneSpike: OneSpikeRule
  readonly inhibition: InhibitionRule
  /**
   * Each time this many steps of a sample have passed, potentials, refractory counters, traces and spikes under way are reset as they
   * are between samples; 0: only there.
   */
  readonly resetIntervalSteps: number
}
