import type { DiehlCookNetwork } from '../../src-core/neuron/diehlCookNetwork.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import { imageAt } from '../datasets/loadDataset.ts'
import type { ImageSelection } from '../datasets/splitDataset.ts'
import type { Decoder } from '../decoders/decoder.ts'
import type { Pacer, ProgressState } from './pacer.ts'
import { SpikeTotals, spikeTrainOf } from './presentation.ts'

export interface TestSetup {
  readonly network: DiehlCookNetwork
  readonly decoder: Decoder
  readonly evaluation: ImageSelection
  readonly classes: number
  readonly seed: Seed
  readonly pacer: Pacer
  readonly progress: Pick<ProgressState, 'epoch' | 'epochs' | 'lastInterval'>
}

export interface TestResult {
  readonly accuracy: number
  /** Rows: true label; columns: predicted label. */
  readonly confusion: number[][]
  /** accuracy, testSamples, testSpikesPerSample<Layer>. */
  readonly metrics: Readonly<Record<string, number>>
}

/**
 * Shows the network images without learning, and counts how often the decoder is right.
 * @throws {Cancelled} when it was called off
 */
export async function testNetwork(setup: TestSetup): Promise<TestResult> {
  const { network, decoder, evaluation, classes, seed, pacer, progress } = setup
  const { part, indices } = evaluation
  const totals = new SpikeTotals(network.neurons)
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  const turn = (): Promise<void> =>
    pacer.turn({ ...progress, phase: 'testing', samplesDone: totals.samples, samplesPlanned: indices.length })
  let correct = 0
  await turn()
  for (const index of indices) {
    network.present(imageAt(part, index), deriveSeed(seed, 'test', totals.samples), false)
    totals.add(network)
    const label = part.labels[index] ?? 0
    const predicted = decoder.predict(spikeTrainOf(network))
    correct += Number(predicted === label)
    const row = confusion[label]
    if (row !== undefined) row[predicted] = (row[predicted] ?? 0) + 1
    if (pacer.isDue()) await turn()
  }
  const accuracy = correct / indices.length
  const metrics = { accuracy, testSamples: indices.length, ...totals.perSample('testSpikesPerSample') }
  return { accuracy, confusion, metrics }
}
