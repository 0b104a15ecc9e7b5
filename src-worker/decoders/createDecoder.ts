/** Decoders by name. Two of them average the spike counts of the neurons of each class (BindsNET's `all_activity`, `proportion_weighting`). */
import { diehlCookHyperparameters } from '../../src-core/study/diehlCookHyperparameters.ts'
import { BigramTable } from './bigramTable.ts'
import { type Decoder, type DecoderOptions, highest, type SpikeTrain } from './decoder.ts'
import { LinearClassifier } from './linearClassifier.ts'
import { crossEntropy, squaredHinge } from './linearLosses.ts'
import { NeuronLabels, unassigned } from './neuronLabels.ts'

/** `all` and `all-last`: the class whose neurons spiked most in the mean. */
const predictByMeanCount = (labels: NeuronLabels, spikes: SpikeTrain): number => byMean(labels, spikes, () => 1)

/** `vote`: like `all`, with each spike weighted by the proportion of the class in the rates of its neuron. */
const predictByVote = (labels: NeuronLabels, spikes: SpikeTrain): number =>
  byMean(labels, spikes, (neuron, label) => labels.proportions[neuron * labels.classes + label] ?? 0)

const byMean = (
  { assignments, assigned }: NeuronLabels,
  spikes: SpikeTrain,
  weightOf: (neuron: number, label: number) => number,
): number => {
  const scores = new Float64Array(assigned.length)
  for (const neuron of spikes.neurons) {
    const label = assignments[neuron] ?? unassigned
    if (label !== unassigned) scores[label] = (scores[label] ?? 0) + weightOf(neuron, label)
  }
  return highest(Float32Array.from(scores, (score, label) => score / Math.max(1, assigned[label] ?? 0)))
}

export const decoderKinds = diehlCookHyperparameters.decoder.choices
export type DecoderKind = (typeof decoderKinds)[number]

/** Creates a decoder that has learned nothing. Whatever its kind, it labels the neurons too, for the network's file. */
export const createDecoder = (kind: DecoderKind, options: DecoderOptions): Decoder => {
  const labels = new NeuronLabels(options.neurons, options.classes, kind !== 'all-last')
  switch (kind) {
    case 'all':
    case 'all-last':
      return withLabels(labels, { predict: (spikes) => predictByMeanCount(labels, spikes) })
    case 'vote':
      return withLabels(labels, { predict: (spikes) => predictByVote(labels, spikes) })
    case '2gram':
      return withLabels(labels, new BigramTable(options.neurons, options.classes, 'steps'))
    case '2gram-order':
      return withLabels(labels, new BigramTable(options.neurons, options.classes, 'order'))
    case 'log':
      return withLabels(labels, new LinearClassifier(options, crossEntropy))
    case 'svm':
      return withLabels(labels, new LinearClassifier(options, squaredHinge))
  }
}

const withLabels = (labels: NeuronLabels, own: Pick<Decoder, 'predict'> & Partial<Decoder>): Decoder => ({
  observe(spikes, label) {
    labels.observe(spikes, label)
    own.observe?.(spikes, label)
  },
  learn() {
    labels.learn()
    own.learn?.()
  },
  predict: (spikes) => own.predict(spikes),
  tensors: () => ({ ...labels.tensors(), ...own.tensors?.() }),
  restore(tensors) {
    labels.restore(tensors)
    own.restore?.(tensors)
  },
  pending: () => ({ ...labels.pending(), ...own.pending?.() }),
  restorePending(tensors) {
    labels.restorePending(tensors)
    own.restorePending?.(tensors)
  },
})
