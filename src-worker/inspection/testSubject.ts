import type { InspectedSplit, InspectedTest } from '../../src-core/contracts/inspection.ts'
import { imageAt } from '../datasets/dataset.ts'
import { spikeTrainOf } from '../training/stdp/presentation.ts'
import type { InspectedSubject } from './inspectedSubject.ts'
import { presentationSeed } from './recordSample.ts'

const noAnswer = -1

/**
 * Tests a network on the first samples of a split as its trial did: on all of the objective's, the accuracy is the
 * trial's own.
 * @param limit at most so many samples; null: all
 * @param shown called between two samples, with their number so far and the number planned
 */
export async function testSubject(
  subject: InspectedSubject,
  split: InspectedSplit,
  limit: number | null,
  shown: (done: number, planned: number) => Promise<void>,
): Promise<InspectedTest> {
  const { network, decoder, dataset, state } = subject
  const { part, indices } = subject.splits[split]
  const tested = indices.slice(0, limit ?? indices.length)
  const labels = Int16Array.from(tested, (index) => part.labels[index] ?? 0)
  const predictions = new Int16Array(tested.length).fill(noAnswer)
  const outputSpikes = new Uint32Array(tested.length)
  const rates = new RateTable(dataset.classes, network.neurons)
  let correct = 0
  await shown(0, tested.length)
  for (const [sample, index] of tested.entries()) {
    const label = labels[sample] ?? 0
    network.present(imageAt(part, index), presentationSeed(subject, sample), false)
    if (state.decoderHasLearned) predictions[sample] = decoder.predict(spikeTrainOf(network))
    correct += Number(predictions[sample] === label)
    outputSpikes[sample] = network.excitatorySpikeTotal
    rates.add(label, network.excitatoryCounts)
    await shown(sample + 1, tested.length)
  }
  return {
    split,
    samples: Uint32Array.from(tested.keys()),
    labels,
    predictions,
    outputSpikes,
    ratesByClass: rates.means(),
    accuracy: correct / Math.max(1, tested.length),
  }
}

/** Mean spikes per sample of each neuron for each class. */
class RateTable {
  private readonly neurons: number
  private readonly sums: Float64Array
  private readonly samples: Uint32Array

  constructor(classes: number, neurons: number) {
    this.neurons = neurons
    this.sums = new Float64Array(classes * neurons)
    this.samples = new Uint32Array(classes)
  }

  add(label: number, counts: Uint32Array): void {
    this.samples[label] = (this.samples[label] ?? 0) + 1
    const row = this.sums.subarray(label * this.neurons, (label + 1) * this.neurons)
    for (let neuron = 0; neuron < this.neurons; neuron++) row[neuron] = (row[neuron] ?? 0) + (counts[neuron] ?? 0)
  }

  /** [class][neuron]; of a class without samples: 0. */
  means(): Float32Array {
    return Float32Array.from(
      this.sums,
      (sum, cell) => sum / Math.max(1, this.samples[Math.floor(cell / this.neurons)] ?? 0),
    )
  }
}
