import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { SampleSelection } from '../datasets/splitDataset.ts'
import { AskedSpikes } from './askedSpikes.ts'
import type { Pacer, TrainedState } from './pacer.ts'
import { type SpikesOf, SpikeTotals } from './spikeTotals.ts'

/** What a network takes a sample for; its spikes are asked for before the next samples are shown. */
export interface TestedSample {
  readonly answer: number
  readonly spikesOf: SpikesOf
}

interface TestSetup {
  readonly definition: Pick<StudyDefinition, 'objective' | 'constraints'>
  readonly evaluation: SampleSelection
  readonly classes: number
  /** All layers, the input too. */
  readonly layers: readonly string[]
  /** Samples shown at a time. */
  readonly batchSize: number
  /** Shows samples without learning. @param from place of the first in the test */
  readonly answer: (indices: readonly number[], from: number) => readonly TestedSample[]
  /** What else was measured, at the end. */
  readonly measured?: () => Readonly<Record<string, number>>
  readonly pacer: Pacer
  readonly progress: TrainedState
}

export interface TestResult {
  readonly accuracy: number
  /** Rows: true label; columns: predicted label. */
  readonly confusion: number[][]
  /** accuracy, testSamples, testSpikesPerSample<Layer>, and what else the kind of network has. */
  readonly metrics: Readonly<Record<string, number>>
}

/**
 * Shows a network samples without learning, and counts how often its answer is right and how it spikes.
 * @throws {Cancelled} when it was called off
 */
export const testNetwork = async (setup: TestSetup): Promise<TestResult> => {
  const { definition, evaluation, classes, layers, batchSize, pacer, progress } = setup
  const { part, indices } = evaluation
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  const totals = new SpikeTotals(layers)
  const asked = new AskedSpikes(definition)
  let correct = 0
  const turn = (): Promise<void> =>
    pacer.turn({ ...progress, phase: 'testing', samplesDone: totals.samples, samplesPlanned: indices.length })
  await turn()
  for (let from = 0; from < indices.length; from += batchSize) {
    const batch = indices.slice(from, from + batchSize)
    for (const [place, { answer, spikesOf }] of setup.answer(batch, from).entries()) {
      const label = part.labels[batch[place] ?? 0] ?? 0
      correct += Number(answer === label)
      const row = confusion[label]
      if (row !== undefined) row[answer] = (row[answer] ?? 0) + 1
      totals.add(spikesOf)
      asked.add(label, spikesOf)
    }
    if (pacer.isDue()) await turn()
  }
  const accuracy = correct / indices.length
  const metrics = {
    accuracy,
    testSamples: indices.length,
    ...setup.measured?.(),
    spikesPerSample: totals.ofNeurons,
    ...totals.perSample('testSpikesPerSample'),
    ...asked.perSample(),
  }
  return { accuracy, confusion, metrics }
}
