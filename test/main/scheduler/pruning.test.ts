import { describe, expect, it } from 'vitest'
import type { Outcome, PrunedStop } from '../../../src-core/trial/measurement.ts'
import { Bench, complete, definitionOf, failed, measurement, settle, space } from './schedulerBench.ts'

const started = async (pruning: string, workers = 1, start = {}): Promise<Bench> => {
  const bench = new Bench(definitionOf(`${space}budget: { trials: 20 }\npruning: ${pruning}`), start)
  bench.scheduler.start(workers)
  await settle()
  return bench
}

const medianOfTwo = '{ rule: median, minimumTrials: 2 }'

/** An outcome with a learning curve of one look an epoch. */
const learned = (...accuracies: number[]): Outcome => ({
  kind: 'complete',
  measurement: {
    ...measurement(accuracies.at(-1) ?? 0),
    intervals: accuracies.map((trainAccuracy, epoch) => ({ epoch, sample: 100, trainAccuracy, nonSpiking: [] })),
  },
})

const finish = async (bench: Bench, trial: number, outcome: Outcome): Promise<void> => {
  bench.workers.finish(trial, outcome)
  await settle()
}

describe('pruning by the scheduler', () => {
  it('compares a trial with the complete ones at the same epoch', async () => {
    const bench = await started(medianOfTwo)
    expect(bench.workers.endEpoch(0, 0, 0.1)).toBeNull()
    await finish(bench, 0, learned(0.4, 0.6))
    expect(bench.workers.endEpoch(1, 0, 0.1)).toBeNull()
    await finish(bench, 1, learned(0.6, 0.8))
    expect(bench.workers.endEpoch(2, 0, 0.5)).toBeNull()
    const stop: PrunedStop = { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.6, threshold: 0.7, trials: 2 }
    expect(bench.workers.endEpoch(2, 1, 0.6)).toEqual(stop)
    await finish(bench, 2, { kind: 'stopped', measurement: measurement(0.6), stop })
    expect(bench.journal.trials.get(2)).toMatchObject({ state: 'stopped', stop })
  })

  it('leaves out what a person left out, and counts it again when it is put back', async () => {
    const bench = await started(medianOfTwo)
    await finish(bench, 0, learned(0.4))
    await finish(bench, 1, learned(0.6))
    bench.scheduler.setExcluded(1, true, true)
    expect(bench.workers.endEpoch(2, 0, 0.1)).toBeNull()
    bench.scheduler.setExcluded(1, false, true)
    expect(bench.workers.endEpoch(2, 0, 0.1)).toMatchObject({ threshold: 0.5 })
  })

  it('knows the trials that were stored before', async () => {
    const stored = [0.4, 0.6].map((accuracy, index) => ({ trial: 100 + index, accuracies: [accuracy], complete: true }))
    const bench = await started(medianOfTwo, 1, { curves: () => stored })
    expect(bench.workers.endEpoch(0, 0, 0.45)).toMatchObject({ rule: 'median', threshold: 0.5, trials: 2 })
  })

  it('halves among running trials too, by the order in which they report', async () => {
    const bench = await started('{ rule: asha, minimumTrials: 2 }', 3)
    expect(bench.workers.endEpoch(2, 0, 0.5)).toBeNull()
    expect(bench.workers.endEpoch(0, 0, 0.4)).toBeNull()
    expect(bench.workers.endEpoch(1, 0, 0.45)).toMatchObject({ rule: 'asha', accuracy: 0.45, threshold: 0.5 })
  })

  it('forgets what a trial had learned when its worker dies, and all of failed ones', async () => {
    const bench = await started('{ rule: asha, minimumTrials: 2 }', 3)
    bench.workers.endEpoch(0, 0, 0.9)
    bench.workers.endEpoch(1, 0, 0.8)
    bench.workers.die(0)
    await settle()
    await finish(bench, 1, failed('non-finite'))
    expect(bench.workers.endEpoch(2, 0, 0.1)).toBeNull()
    // The second attempt begins a curve of its own.
    bench.workers.endEpoch(0, 0, 0.3)
    await settle()
    expect(bench.workers.endEpoch(3, 0, 0.2)).toMatchObject({ threshold: 0.3, trials: 2 })
  })

  it('says nothing without a rule, nor of trials that do not run', async () => {
    const without = await started('{ rule: none, minimumTrials: 1 }')
    await finish(without, 0, learned(0.9))
    expect(without.workers.endEpoch(1, 0, 0.1)).toBeNull()
    const bench = await started('{ rule: median, minimumTrials: 1 }')
    await finish(bench, 0, learned(0.9))
    expect(bench.workers.endEpoch(7, 0, 0.1)).toBeNull()
    expect(bench.workers.endEpoch(1, 0, 0.1)).not.toBeNull()
  })

  it('ends the study in error where the stored curves cannot be read', async () => {
    const bench = await started(medianOfTwo, 1, {
      curves: () => {
        throw new Error('the database is damaged')
      },
    })
    expect(bench.workers.endEpoch(0, 0, 0.1)).toBeNull()
    expect(bench.state).toMatchObject({ kind: 'error', message: 'the database is damaged' })
  })

  it('does not compare with trials without a curve', async () => {
    const bench = await started('{ rule: median, minimumTrials: 1 }')
    await finish(bench, 0, complete(0.9))
    expect(bench.workers.endEpoch(1, 0, 0.1)).toBeNull()
  })
})
