import type { InspectedSplit, InspectedTest } from '../../../src-core/contracts/inspection.ts'
import { show, spikeTrainOf } from '../../training/stdp/presentation.ts'
import { presentationSeed } from '../inspectedSubject.ts'
import { RateTable } from '../rateTable.ts'
import { excitatoryLayer, type StdpParts } from './stdpParts.ts'

const noAnswer = -1

/**
 * Tests a network on the first samples of a split as its trial did: on all of the objective's, the accuracy is the
 * trial's own.
 * @param limit most samples to test; null: all
 * @param shown called between two samples, with their number so far and the number planned
 */
export const testSubject = async (
  subject: StdpParts,
  split: InspectedSplit,
  limit: number | null,
  shown: (done: number, planned: number) => Promise<void>,
): Promise<InspectedTest> => {
  const { network, decoder, dataset, state, request, stimulusOf } = subject
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
    const seed = presentationSeed(request, sample)
    show(network, stimulusOf(part, index, seed), seed, false)
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
    rates: [{ layer: excitatoryLayer, values: rates.overall() }],
    accuracy: correct / Math.max(1, tested.length),
  }
}
