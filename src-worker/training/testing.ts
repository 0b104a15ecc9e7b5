import type { Pacer, TrainedState } from './pacer.ts'

export interface TestSetup {
  /** The label of each sample to be tested, in their order. */
  readonly labels: readonly number[]
  readonly classes: number
  /** Samples shown at a time. */
  readonly batchSize: number
  /** Shows the samples from `from` to before `to`, and says what the network takes them for. */
  readonly answer: (from: number, to: number) => readonly number[]
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
 * Shows a network samples without learning, and counts how often its answer is right.
 * @throws {Cancelled} when it was called off
 */
export async function testNetwork(setup: TestSetup): Promise<Pick<TestResult, 'accuracy' | 'confusion'>> {
  const { labels, classes, batchSize, answer, pacer, progress } = setup
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  let correct = 0
  let shown = 0
  const turn = (): Promise<void> =>
    pacer.turn({ ...progress, phase: 'testing', samplesDone: shown, samplesPlanned: labels.length })
  await turn()
  while (shown < labels.length) {
    const answers = answer(shown, Math.min(shown + batchSize, labels.length))
    for (const predicted of answers) {
      const label = labels[shown] ?? 0
      correct += Number(predicted === label)
      const row = confusion[label]
      if (row !== undefined) row[predicted] = (row[predicted] ?? 0) + 1
      shown++
    }
    if (pacer.isDue()) await turn()
  }
  return { accuracy: correct / labels.length, confusion }
}
