import { describe, expect, it } from 'vitest'
import type { ConfirmationOutcome, ConfirmationRun } from '../../../src-core/confirmation/confirmation.ts'
import { planConfirmation } from '../../../src-core/confirmation/plan.ts'
import {
  confirmedBest,
  seedDeviation,
  summariseConfirmation,
  seedWords,
} from '../../../src-core/confirmation/summarise.ts'

const measured = (accuracy: number, value = -0.01, metrics: Record<string, number> = {}): ConfirmationOutcome => ({
  kind: 'measured',
  accuracy,
  constraints: [{ name: 'silence:excitatory', value }],
  metrics,
  stopped: false,
  durationMs: 1,
})
const failed: ConfirmationOutcome = { kind: 'failed', failure: { reason: 'worker-died', message: 'it died' } }
const run = (trial: number, outcome: ConfirmationOutcome | null): ConfirmationRun => ({ trial, seed: 1, outcome })

describe('the plan of a confirmation', () => {
  it('gives each trial seeds of its own, the same each time; more seeds begin with the fewer', () => {
    const runs = planConfirmation(7, { trials: [3, 5, 3], seeds: 4 })
    expect(runs.map(({ trial }) => trial)).toEqual([3, 3, 3, 3, 5, 5, 5, 5])
    expect(new Set(runs.map(({ seed }) => seed)).size).toBe(8)
    expect(planConfirmation(7, { trials: [3], seeds: 2 })).toEqual(runs.slice(0, 2))
  })
})

describe('the summary of a confirmation', () => {
  it('has mean, deviation and interval of the measured runs', () => {
    const runs = [0.8, 0.9, 0.85].map((accuracy) => run(4, measured(accuracy)))
    const [summary] = summariseConfirmation({ runs }, 'accuracy')
    expect(summary).toMatchObject({ trial: 4, planned: 3, failed: 0, feasibleShare: 1 })
    expect(summary?.mean).toBeCloseTo(0.85, 12)
    expect(summary?.standardDeviation).toBeCloseTo(0.05, 12)
    // t of 2 degrees at 95 %: 4.302653
    expect(summary?.interval?.high).toBeCloseTo(0.85 + (4.302653 * 0.05) / Math.sqrt(3), 6)
  })

  it('says what the seeds of a trial differ by, whatever the trials differ by', () => {
    const runs = [
      ...[0.43, 0.7].map((accuracy) => run(1, measured(accuracy))),
      ...[0.9, 0.9, 0.9].map((accuracy) => run(2, measured(accuracy))),
      run(3, measured(0.2)),
    ]
    const trials = summariseConfirmation({ runs }, 'accuracy')
    // the variance of the first is 0.27^2 / 2 with one degree of freedom, of the second 0 with two
    expect(seedDeviation(trials)).toBeCloseTo(Math.sqrt(0.27 ** 2 / 2 / 3), 12)
    expect(seedWords(trials, (value) => value.toFixed(4))).toContain('differ by 0.1102 (standard deviation)')
    const single = summariseConfirmation({ runs: [run(3, measured(0.2))] }, 'accuracy')
    expect(seedDeviation(single)).toBeNull()
    expect(seedWords(single, String)).toContain('not known yet')
    expect(seedWords(summariseConfirmation({ runs: [run(3, null)] }, 'accuracy'), String)).toBe('')
  })

  it('has no interval beyond what can be: accuracies from 0 to 1, costs from 0', () => {
    const interval = (values: number[], metric: 'accuracy' | 'spikesPerSample') => {
      const runs = values.map((value) => run(1, measured(value, -0.01, { spikesPerSample: value })))
      return summariseConfirmation({ runs }, metric)[0]?.interval
    }
    expect(interval([0.4, 0.5667], 'accuracy')).toEqual({ low: 0, high: 1 })
    const high = interval([0.98, 1], 'accuracy')
    expect(high?.low).toBeCloseTo(0.99 - 12.7062 * 0.01, 4)
    expect(high?.high).toBe(1)
    const cost = interval([1, 3], 'spikesPerSample')
    expect(cost?.low).toBe(0)
    expect(cost?.high).toBeCloseTo(2 + 12.7062, 3)
  })

  it('counts what failed and what has not ended, and says nothing of spread with one run', () => {
    const runs = [run(1, measured(0.5, 0.2)), run(1, failed), run(1, null)]
    const [summary] = summariseConfirmation({ runs }, 'accuracy')
    expect(summary).toEqual({
      trial: 1,
      planned: 3,
      failed: 1,
      accuracies: [0.5],
      values: [0.5],
      mean: 0.5,
      standardDeviation: null,
      interval: null,
      feasibleShare: 0,
    })
  })

  it('prefers trials whose every run kept the constraints', () => {
    const runs = [run(1, measured(0.95)), run(1, measured(0.95, 0.1)), run(2, measured(0.8)), run(3, measured(0.85))]
    const trials = summariseConfirmation({ runs }, 'accuracy')
    expect(confirmedBest(trials, 'accuracy')?.trial).toBe(3)
    expect(confirmedBest(trials.slice(0, 1), 'accuracy')?.trial).toBe(1)
    expect(confirmedBest([], 'accuracy')).toBeNull()
  })

  it('is of the cost where that is minimised: the least mean is best', () => {
    const costing = (spikesPerSample: number) => measured(0.9, -0.01, { accuracy: 0.9, spikesPerSample })
    const runs = [run(1, costing(1200)), run(1, costing(1000)), run(2, costing(900)), run(3, measured(0.99))]
    const trials = summariseConfirmation({ runs }, 'spikesPerSample')
    expect(trials.map(({ mean, values }) => [mean, values])).toEqual([
      [1100, [1200, 1000]],
      [900, [900]],
      [null, []],
    ])
    expect(trials[0]?.accuracies).toEqual([0.9, 0.9])
    expect(confirmedBest(trials, 'spikesPerSample')?.trial).toBe(2)
  })
})
