import { describe, expect, it } from 'vitest'
import { createRandomSearch } from '../../../../src-core/optimiser/random.ts'
import { createTpe } from '../../../../src-core/optimiser/tpe/tpe.ts'
import type { Optimiser } from '../../../../src-core/optimiser/optimiser.ts'
import type { Configuration, SearchSpace } from '../../../../src-core/space/parameter.ts'
import { type CompleteTrial, trialNumber } from '../../../../src-core/trial/trial.ts'
import { describeRobustness, historyConstraints } from '../arbitraryHistory.ts'
import { describeOptimiser, finishedTrial, waitingTrial } from '../contract.ts'

const settings = { startup: 10, candidates: 24 }

// The model begins early enough to be most of what the contract sees.
describeOptimiser('TPE', (space, seed) =>
  createTpe(space, ['silence:excitatory'], { startup: 4, candidates: 24 }, seed),
)
describeRobustness('TPE', (space, seed) => createTpe(space, historyConstraints, { ...settings, startup: 2 }, seed), 300)

/** A trial that was measured. */
const measured = (number: number, configuration: Configuration, objective: number, constraint = -1): CompleteTrial => {
  const trial = finishedTrial(3 * number + 1, configuration, number)
  if (trial.state !== 'complete') throw new Error(`trial ${number} is ${trial.state}`)
  const constraints = [{ name: 'limit', value: constraint }]
  return { ...trial, number: trialNumber(number), measurement: { ...trial.measurement, objective, constraints } }
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle - 0.5)] ?? NaN) + (sorted[Math.ceil(middle - 0.5)] ?? NaN)) / 2
}

describe('TPE on a constrained quadratic in five dimensions', () => {
  const space: SearchSpace = Object.fromEntries(
    Array.from(
      { length: 5 },
      (_, index) => [`x${index}`, { type: 'real', low: 0, high: 1, sampler: 'uniform' }] as const,
    ),
  )
  /** Its maximum, 0 at 0.7 everywhere, is on the edge of what is feasible: a third of the space. */
  const evaluate = (x: readonly number[]) => ({
    objective: -x.reduce((sum, value) => sum + (value - 0.7) ** 2, 0),
    constraint: 2.8 - x.slice(0, 4).reduce((sum, value) => sum + value, 0) - 0.5,
  })
  /** The best feasible value after 100 trials. */
  const bestOf = (optimiser: Optimiser<unknown>): number => {
    let state = optimiser.initial
    let best = -Infinity
    for (let number = 0; number < 100; number++) {
      const answer = optimiser.ask(state, trialNumber(number), [])
      if (answer.kind === 'exhausted') throw new Error(answer.reason)
      const { objective, constraint } = evaluate(Object.values(answer.configuration).map(Number))
      state = optimiser.tell(state, measured(number, answer.configuration, objective, constraint))
      if (constraint <= 0) best = Math.max(best, objective)
    }
    return best
  }
  const seeds = Array.from({ length: 10 }, (_, index) => index + 1)

  it('comes at least twice as near as random search, by the median of seeds 1 to 10', () => {
    const tpe = median(seeds.map((seed) => bestOf(createTpe(space, ['limit'], settings, seed))))
    const random = median(seeds.map((seed) => bestOf(createRandomSearch(space, seed))))
    expect(Number.isFinite(random)).toBe(true)
    expect(tpe).toBeGreaterThan(random / 2)
  })
})

describe('TPE', () => {
  const space: SearchSpace = {
    x: { type: 'real', low: 0, high: 1, sampler: 'uniform' },
    mode: { type: 'categorical', choices: ['plain', 'fine'] },
    width: { type: 'real', low: 0, high: 1, sampler: 'uniform', when: { mode: ['fine'] } },
  }
  const create = (seed = 1) => createTpe(space, ['limit'], settings, seed)
  const told = (trials: readonly CompleteTrial[], seed = 1) =>
    trials.reduce((state, trial) => create(seed).tell(state, trial), create(seed).initial)
  const ask = (trials: readonly CompleteTrial[], pending: readonly Configuration[] = [], seed = 1) => {
    const underWay = pending.map((configuration, index) => waitingTrial(trials.length + index, configuration))
    const answer = create(seed).ask(told(trials, seed), trialNumber(trials.length + pending.length), underWay)
    if (answer.kind === 'exhausted') throw new Error(answer.reason)
    return answer
  }
  const xOf = ({ configuration }: { readonly configuration: Configuration }) => Number(configuration.x)
  const line = (count: number, trialAt: (x: number, index: number) => CompleteTrial) =>
    Array.from({ length: count }, (_, index) => trialAt((index + 0.5) / count, index))
  const seeds = Array.from({ length: 20 }, (_, index) => index)

  it('says in which phase it is, the sizes of its groups, and the log density ratio of what it chose', () => {
    const trials = line(30, (x, index) => measured(index, { x, mode: 'plain' }, x))
    expect(ask(trials.slice(0, 9)).explanation).toEqual({ optimiser: 'tpe', phase: 'startup' })
    expect(ask(trials, [{ x: 0.5, mode: 'plain' }]).explanation).toEqual({
      optimiser: 'tpe',
      phase: 'model',
      good: 3,
      bad: 27,
      underWay: 1,
      logDensityRatio: expect.any(Number) as number,
    })
  })

  it('looks where objectives are large, in the category that they are large in', () => {
    const trials = line(40, (x, index) =>
      measured(index, { x, mode: index % 2 ? 'plain' : 'fine', ...(index % 2 ? {} : { width: x }) }, index % 2 ? x : 0),
    )
    const answers = seeds.map((seed) => ask(trials, [], seed))
    expect(median(answers.map(xOf))).toBeGreaterThan(0.8)
    expect(answers.filter(({ configuration }) => configuration.mode === 'plain').length).toBeGreaterThan(15)
  })

  it('prefers what is feasible to what is good', () => {
    const trials = line(40, (x, index) => measured(index, { x, mode: 'plain' }, x, x - 0.3))
    expect(median(seeds.map((seed) => xOf(ask(trials, [], seed))))).toBeLessThan(0.4)
  })

  it('moves towards what violates less while nothing is feasible', () => {
    const trials = line(40, (x, index) => measured(index, { x, mode: 'plain' }, x, 1 + x))
    expect(median(seeds.map((seed) => xOf(ask(trials, [], seed))))).toBeLessThan(0.2)
  })

  it('keeps away from where trials failed', () => {
    const optimiser = create()
    let state = optimiser.initial
    for (const [index, x] of line(30, (x, index) => measured(index, { x: x / 2, mode: 'plain' }, 0)).entries()) {
      const { measurement: _, ...base } = x
      state = optimiser.tell(state, {
        ...base,
        number: trialNumber(index),
        state: 'failed',
        failure: { reason: 'non-finite', message: '' },
      })
    }
    const answers = seeds.map((seed) => createTpe(space, ['limit'], settings, seed).ask(state, trialNumber(30), []))
    const places = answers.map((answer) => (answer.kind === 'candidate' ? xOf(answer) : NaN))
    expect(median(places)).toBeGreaterThan(0.6)
    expect(answers[0]).toMatchObject({ explanation: { good: 0, bad: 30 } })
  })

  it('learns nothing from a cancelled trial', () => {
    const optimiser = create()
    const trials = line(20, (x, index) => measured(index, { x, mode: 'plain' }, x))
    const before = told(trials)
    const { measurement: _, ...base } = measured(20, { x: 0.95, mode: 'plain' }, 0)
    const cancelled = { ...base, state: 'failed', failure: { reason: 'cancelled', message: '' } } as const
    expect(optimiser.tell(before, cancelled).observations).toEqual(before.observations)
  })

  it('spreads the trials that are under way', () => {
    const trials = line(20, (x, index) => measured(index, { x, mode: 'plain' }, -Math.abs(x - 0.5)))
    const crowded = Array.from({ length: 12 }, () => ({ x: 0.5, mode: 'plain' }))
    const distance = (pending: readonly Configuration[]) =>
      median(seeds.map((seed) => Math.abs(xOf(ask(trials, pending, seed)) - 0.5)))
    expect(distance(crowded)).toBeGreaterThan(2 * distance([]))
  })
})
