import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ask, Optimiser, PendingTrial } from '../../../src-core/optimiser/optimiser.ts'
import { cardinality } from '../../../src-core/space/finiteSpace.ts'
import type { Configuration, SearchSpace } from '../../../src-core/space/parameter.ts'
import { validateConfiguration } from '../../../src-core/space/validateConfiguration.ts'
import { type FailedTrial, type FinishedTrial, trialNumber, type WaitingTrial } from '../../../src-core/trial/trial.ts'
import { deepFreeze } from '../../../src-core/values/deepReadonly.ts'
import { arbitraryFiniteSpace, arbitrarySpace, keyOf } from '../space/arbitrarySpace.ts'

export const waitingTrial = (
  number: number,
  configuration: Configuration,
  explanation: Readonly<Record<string, unknown>> = {},
): WaitingTrial => ({
  state: 'waiting',
  number: trialNumber(number),
  configuration,
  seed: 0,
  explanation,
  attempt: 0,
  createdAtMs: 0,
})

const ended = (number: number, toldOrder: number) => ({
  worker: 'one',
  attempt: 1,
  startedAtMs: number,
  endedAtMs: number + 1,
  durationMs: 1,
  toldOrder,
})

/** A trial that succeeded or failed, by its number: optimisers are told both. */
export const finishedTrial = (
  number: number,
  configuration: Configuration,
  toldOrder: number,
  explanation: Readonly<Record<string, unknown>> = {},
): FinishedTrial => {
  const base = { ...waitingTrial(number, configuration, explanation), ...ended(number, toldOrder) }
  const failed: FailedTrial = { ...base, state: 'failed', failure: { reason: 'non-finite', message: 'NaN' } }
  if (number % 3 === 0) return failed
  const measurement = {
    objective: (number % 10) / 10,
    metrics: {},
    constraints: [{ name: 'silence:excitatory', value: (number % 5) / 10 - 0.2 }],
    trainDurationMs: 1,
    testDurationMs: 1,
    samplesTrained: 1,
    samplesPlanned: 1,
    intervals: [],
    spikeCounts: [],
    confusion: [],
    networkFile: null,
    datasetSha256: '',
  }
  return { ...base, state: 'complete', measurement }
}

/** Asks for trials with `workers` under way, ending the oldest or the newest; every state is frozen. */
export const run = <State>(
  optimiser: Optimiser<State>,
  trials: number,
  workers: number,
): {
  readonly asked: readonly Configuration[]
  readonly last: Ask | null
  readonly state: State
  readonly told: FinishedTrial[]
} => {
  let state = optimiser.initial
  const pending: PendingTrial[] = []
  const told: FinishedTrial[] = []
  const asked: Configuration[] = []
  for (let number = 0; number < trials; number++) {
    const answer = optimiser.ask(state, trialNumber(number), pending)
    if (answer.kind === 'exhausted') return { asked, last: answer, state, told }
    asked.push(answer.configuration)
    pending.push(waitingTrial(number, answer.configuration, answer.explanation))
    if (pending.length < workers) continue
    const end = number % 2 === 0 ? pending.shift() : pending.pop()
    if (!end) continue
    told.push(finishedTrial(end.number, end.configuration, told.length, end.explanation))
    state = optimiser.tell(state, deepFreeze(told[told.length - 1]) as FinishedTrial)
    deepFreeze(state)
  }
  return { asked, last: null, state, told }
}

export type CreateOptimiser = (space: SearchSpace, seed: number) => Optimiser<unknown>

const workers = fc.integer({ min: 1, max: 5 })
const seed = fc.nat()

/**
 * What every optimiser must do.
 * @param share of the usual number of runs, for optimisers that think longer
 */
export const describeOptimiser = (name: string, create: CreateOptimiser, share = 1): void => {
  const most = Math.ceil(100 * share)
  const half = Math.ceil(50 * share)

  describe(`${name} keeps the contract of optimisers`, () => {
    it('asks for configurations of the space, in any space, seed 10', () => {
      fc.assert(
        fc.property(arbitrarySpace, seed, workers, (space, seed, workers) => {
          const { asked } = run(create(space, seed), 20, workers)
          expect(asked.flatMap((configuration) => validateConfiguration(space, configuration))).toEqual([])
        }),
        { seed: 10, numRuns: most },
      )
    })

    it('gives the same answers again, whatever it was asked between, seed 11', () => {
      fc.assert(
        fc.property(arbitrarySpace, seed, workers, (space, seed, workers) => {
          const optimiser = create(space, seed)
          const first = run(optimiser, 15, workers)
          optimiser.ask(first.state, trialNumber(99), [])
          expect(run(optimiser, 15, workers)).toEqual(first)
          expect(run(create(space, seed), 15, workers)).toEqual(first)
        }),
        { seed: 11, numRuns: half },
      )
    })

    it('resumes by telling the finished trials again, seed 12', () => {
      fc.assert(
        fc.property(arbitrarySpace, seed, workers, (space, seed, workers) => {
          const before = run(create(space, seed), 15, workers)
          const resumed = create(space, seed)
          const state = before.told.reduce((state, trial) => resumed.tell(state, trial), resumed.initial)
          expect(state).toEqual(before.state)
          const next = trialNumber(15)
          expect(resumed.ask(state, next, [])).toEqual(create(space, seed).ask(before.state, next, []))
        }),
        { seed: 12, numRuns: half },
      )
    })

    it('tries every point of a finite space once, and says when it is exhausted, seed 13', () => {
      fc.assert(
        fc.property(arbitraryFiniteSpace, seed, workers, (space, seed, workers) => {
          const points = cardinality(space)
          const { asked, last } = run(create(space, seed), points + 1, workers)
          expect(asked).toHaveLength(points)
          expect(new Set(asked.map(keyOf)).size).toBe(points)
          expect(last).toEqual({ kind: 'exhausted', reason: expect.stringContaining(String(points)) as string })
        }),
        { seed: 13, numRuns: half },
      )
    })

    it('asks for points that differ where the space is infinite', () => {
      const space: SearchSpace = {
        decoder: { type: 'categorical', choices: ['all', 'vote'] },
        norm: { type: 'real', low: 78.4, high: 200, sampler: 'reversed-log-uniform' },
      }
      const { asked } = run(create(space, 5), 500 * share, 4)
      expect(new Set(asked.map(keyOf)).size).toBe(500 * share)
    })

    it('asks for values that differ where rounding makes most draws the same number', () => {
      const nearOne: SearchSpace = {
        rate: { type: 'real', low: 1e-300, high: 1, sampler: 'reversed-log-uniform' },
      }
      const { asked } = run(create(nearOne, 5), 40, 3)
      expect(new Set(asked.map(keyOf)).size).toBe(40)
    })

    it('depends on its seed', () => {
      const space: SearchSpace = { norm: { type: 'real', low: 1, high: 2, sampler: 'uniform' } }
      expect(run(create(space, 1), 5, 1).asked).not.toEqual(run(create(space, 2), 5, 1).asked)
    })

    it('answers with values that JSON holds', () => {
      const space: SearchSpace = { n: { type: 'integer', low: 1, high: 5, sampler: 'uniform' } }
      const optimiser = create(space, 1)
      const answer = optimiser.ask(optimiser.initial, trialNumber(0), [])
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
    })
  })
}
