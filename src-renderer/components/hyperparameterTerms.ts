/** Which term of the glossary says what a hyperparameter is about. */
import type { TermKey } from '../../src-core/glossary/glossary.ts'

/** By the end of its name, or all of it; the first that fits. Those of a layer are called `<layer>.<name>`. */
const terms: readonly (readonly [name: RegExp, term: TermKey])[] = [
  [/^(decoder|outputDecoder)$/, 'decoder'],
  [/^(decoderRegularisation|weightDecay)$/, 'regularisation'],
  [/^learningRate(Pre|Post)$/, 'stdp'],
  [/learningRate/i, 'learningRate'],
  [/^epochs$/, 'epoch'],
  [/^generations$/, 'generation'],
  [/^trainShare$/, 'split'],
  [/^batchSize$/, 'batch'],
  [/^(loss|trueRate|falseRate|sparsityPenalty)$/, 'loss'],
  [/MomentDecay$/, 'adam'],
  [/^strength/, 'inhibition'],
  [/^weightNorm$/, 'weightNorm'],
  [/^(theta|tauTheta)|^threshold(Step|Decay)$/, 'theta'],
  [/^(threshold|changeThreshold)/, 'threshold'],
  [/^(rest|reset(Excitatory|Inhibitory|Interval)|minPotential)/, 'membranePotential'],
  [/^refractory/, 'refractory'],
  [/^(tauMembrane|currentDecay|voltageDecay|leakMode|changeLeak)/, 'leak'],
  [/^tauTrace/, 'trace'],
  [/Gradient$/, 'surrogateGradient'],
  [/^dropout$/, 'dropout'],
  [/^(weightGain|weight|startingSynapses)$/, 'synapse'],
  [/^(filters|kernel|stride|padding)$/, 'convolution'],
  [/^(code|within|maxSpikes)$/, 'encoding'],
  [/^(steps|runSteps|intervalSteps)$/, 'step'],
  [/^(mapSize|neurons|neuronsPerInput|startingNeurons)$/, 'neuron'],
  [/^maxDelaySteps$/, 'synapticDelay'],
  [/^changeAxonalDelay$/, 'axonalDelay'],
  [/^(processor|resolution)$/, 'neuroprocessor'],
  [/^populationSize$|^randomFactor$/, 'population'],
  [/^(crossover|merge)Rate$/, 'crossover'],
  [/^tournament/, 'tournament'],
  [/^elites$/, 'elite'],
  [/^(mutation|add|delete|change)/, 'mutation'],
]

/** Null: it is about nothing that the glossary has, such as a column of an imported log. */
export const termOfHyperparameter = (name: string): TermKey | null => {
  const own = name.slice(name.lastIndexOf('.') + 1)
  return terms.find(([named]) => named.test(own))?.[1] ?? null
}
