/**
 * Every hyperparameter of a network that evolves on a neuromorphic processor, in the groups of Parsa et al. (IEEE Big Data 2019): how
 * values become spikes and spikes an answer, how networks are trained, and the hardware they run on. Published names are those
 * of TENNLab's configurations. Defaults of encoding and processor are those of public Iris networks: flip-flop of two neurons with
 * eight spikes, RISP-7.
 */
import { evolutionNumbers } from '../evolution/parameters.ts'
import { decoders } from '../neuroprocessor/decoders.ts'
import { waysWithin } from '../neuroprocessor/inputSpikes.ts'
import { spikeCodes } from '../neuroprocessor/spikeCounts.ts'
import { categorical, inGroup, integer, numeric } from './hyperparameter.ts'

const encoding = inGroup('encoding', {
  code: categorical(
    spikeCodes,
    'How the range of an input is shared out among its neurons: flip-flop, bins, argyle, triangle',
  ),
  neuronsPerInput: integer(2, 1, 64, null, null, 'Input neurons of each value; flip-flop needs an even number'),
  within: categorical(
    waysWithin,
    'How an input neuron says its count of spikes: count, charge (one spike of that value), temporal (one, earlier for more), rate (spread evenly)',
  ),
  maxSpikes: integer(8, 1, 1000, null, 'max_spikes', 'Most spikes of an input neuron, and levels of the other ways'),
  intervalSteps: numeric(
    'integer',
    [2, 1, 10_000, null, 'interval', 'Steps between two spikes of an input neuron; not with within: charge'],
    { within: ['count', 'temporal', 'rate'] },
  ),
  runSteps: integer(40, 1, 100_000, null, 'sim_time', 'Steps that a network runs for each sample or decision'),
  outputDecoder: categorical(
    decoders,
    'How spikes of outputs become an answer: winner (fired most), rate (of one output), first (fired first)',
  ),
})

const training = {
  ...inGroup('training', {
    generations: integer(100, 1, 100_000, null, null, 'Generations of networks, the random one first'),
  }),
  ...evolutionNumbers,
}

const ofRisp = { processor: ['risp', 'risp-positive', 'risp-floating'] }
const hardware = inGroup('hardware', {
  processor: categorical(
    ['risp', 'risp-positive', 'risp-floating', 'caspian'],
    'risp: integers from -n to n; risp-positive: from 1 to n, no negative charge; risp-floating: numbers from -1 to 1; caspian: charges that leak by time constants',
  ),
  resolution: numeric(
    'integer',
    [
      7,
      1,
      255,
      null,
      null,
      'n: the largest weight and threshold of risp and risp-positive; 1, 7, 127 and 15, 255 are usual',
    ],
    { processor: ['risp', 'risp-positive'] },
  ),
  maxDelaySteps: integer(15, 1, 4095, null, 'max_delay', 'Longest delay of a synapse'),
  leakMode: categorical(
    ['none', 'all', 'configurable'],
    'Whose charge is gone after a step: of no neuron, of all, or of those that evolve so',
    { appliesWhen: ofRisp },
  ),
  minPotential: numeric(
    'real',
    [1, 0, 100, null, null, 'How far below 0 a charge can be, as a multiple of the largest weight, rounded'],
    { processor: ['risp', 'risp-floating'] },
  ),
  thresholds: categorical(
    ['inclusive', 'exclusive'],
    'inclusive: a charge that equals the threshold fires; exclusive: only one above it',
    { appliesWhen: ofRisp },
  ),
})

/** In the order in which people read them. */
export const neuroprocessorHyperparameters = Object.freeze({ ...encoding, ...training, ...hardware })
