import { predictByMeanCount, predictByVote } from './assignmentDecoders.ts'
import { BigramTable } from './bigramTable.ts'
import type { Decoder, DecoderOptions } from './decoder.ts'
import { LinearClassifier } from './linearClassifier.ts'
import { crossEntropy, squaredHinge } from './linearLosses.ts'
import { NeuronLabels } from './neuronLabels.ts'

export const decoderKinds = ['all', 'all-last', 'vote', '2gram', '2gram-order', 'log', 'svm'] as const
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
})
