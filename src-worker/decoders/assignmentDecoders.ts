/** Decoders that average the spike counts of the neurons of each class (BindsNET's `all_activity`, `proportion_weighting`). */
import { highest } from './decoder.ts'
import type { SpikeTrain } from './decoder.ts'
import type { NeuronLabels } from './neuronLabels.ts'
import { unassigned } from './neuronLabels.ts'

/** `all` and `all-last`: the class whose neurons spiked most in the mean. */
export const predictByMeanCount = (labels: NeuronLabels, spikes: SpikeTrain): number => byMean(labels, spikes, () => 1)

/** `vote`: like `all`, with each spike weighted by the proportion of the class in the rates of its neuron. */
export const predictByVote = (labels: NeuronLabels, spikes: SpikeTrain): number =>
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
