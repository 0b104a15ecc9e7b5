/** SCBO on a small constrained problem over a mixed space, as a study would run it. */
import { describe, expect, it } from 'vitest'
import type { Ask, Optimiser, PendingTrial } from '../../../../src-core/optimiser/optimiser.ts'
import { scboExplanationOf } from '../../../../src-core/optimiser/scbo/explanation.ts'
import { createScbo } from '../../../../src-core/optimiser/scbo/scbo.ts'
import type { GivenScboSettings } from '../../../../src-core/optimiser/scbo/settings.ts'
import { createRandomSearch } from '../../../../src-core/optimiser/random.ts'
import type { Configuration, SearchSpace } from '../../../../src-core/space/parameter.ts'
import { type FinishedTrial, trialNumber } from '../../../../src-core/trial/trial.ts'
import { numericKernel } from '../../../support/numericKernel.ts'
import { finishedTrial, waitingTrial } from '../contract.ts'

const space: SearchSpace = {
  decoder: { type: 'categorical', choices: ['all', 'vote', 'log'] },
  neurons: { type: 'integer', low: 1, high: 30, sampler: 'uniform' },
  rate: { type: 'real', low: 1e-4, high: 1, sampler: 'log-uniform' },
  norm: { type: 'real', low: -1, high: 1, sampler: 'uniform' },
}
const names = ['silence:excitatory']
const small: GivenScboSettings = { initial: 8, candidates: 300, features: 64 }
const scbo = (seed: number, settings = small) =>
  createScbo(space, settings, { constraintNames: names, seed, kernel: numericKernel() })

/** Best: 1, of vote with 20 neurons, a rate of 0.01 and a norm of 0.5, on the edge of what is feasible. */
const evaluate = (configuration: Configuration): { readonly objective: number; readonly constraint: number } => {
  const rate = Math.log10(Number(configuration['rate'])) + 2
  const norm = Number(configuration['norm']) - 0.5
  const neurons = (Number(configuration['neurons']) - 20) / 10
  const decoder = configuration['decoder'] === 'vote' ? 0 : 0.5
  return { objective: 1 - rate ** 2 - norm ** 2 - neurons ** 2 - decoder, constraint: norm - rate }
}

const tellable = ({ number, configuration, explanation }: PendingTrial, toldOrder: number): FinishedTrial => {
  // A number that the contract's trials do not let fail.
  const trial = finishedTrial(1, configuration, toldOrder, explanation)
  if (trial.state !== 'complete') throw new Error('it failed')
  const { objective, constraint } = evaluate(configuration)
  const constraints = [{ name: 'silence:excitatory', value: constraint }]
  return { ...trial, number: trialNumber(number), measurement: { ...trial.measurement, objective, constraints } }
}

interface Search<State> {
  readonly told: readonly FinishedTrial[]
  readonly pending: readonly PendingTrial[]
  readonly state: State
  readonly answers: readonly Ask[]
}

const search = <State>(optimiser: Optimiser<State>, trials: number, workers: number): Search<State> => {
  let state = optimiser.initial
  const told: FinishedTrial[] = []
  const pending: PendingTrial[] = []
  const answers: Ask[] = []
  for (let number = 0; number < trials; number++) {
    const answer = optimiser.ask(state, trialNumber(number), pending)
    answers.push(answer)
    if (answer.kind === 'exhausted') throw new Error(answer.reason)
    pending.push(waitingTrial(number, answer.configuration, answer.explanation))
    const next = pending.length < workers ? undefined : pending.shift()
    if (next === undefined) continue
    const trial = tellable(next, told.length)
    told.push(trial)
    state = optimiser.tell(state, trial)
  }
  return { told, pending, state, answers }
}

const bestOf = ({ told }: Pick<Search<unknown>, 'told'>): number =>
  Math.max(
    ...told.map(({ configuration }) => {
      const { objective, constraint } = evaluate(configuration)
      return constraint <= 0 ? objective : -Infinity
    }),
  )
const medianOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN
const seeds = [1, 2, 3, 4, 5]

describe('SCBO', () => {
  it('comes near the optimum of a mixed space in 60 trials with 3 workers, unlike random search', () => {
    const ours = seeds.map((seed) => bestOf(search(scbo(seed), 60, 3)))
    const random = seeds.map((seed) => bestOf(search(createRandomSearch(space, seed), 60, 3)))
    expect(medianOf(ours)).toBeGreaterThan(0.95)
    expect(medianOf(random)).toBeLessThan(0.9)
  })

  it('explains every ask', () => {
    const { answers } = search(scbo(1), 30, 3)
    const explanations = answers.map((answer) =>
      answer.kind === 'candidate' ? scboExplanationOf(answer.explanation) : null,
    )
    expect(explanations.map((explanation) => explanation?.phase)).toEqual(
      answers.map((_, number) => (number < 8 ? 'initial' : 'region')),
    )
    const last = explanations.at(-1)
    if (last?.phase !== 'region') throw new Error('not in the region')
    expect(last).toMatchObject({ life: 0, candidates: 300, sampled: { objective: expect.any(Number) as number } })
    expect(Object.keys(last.sampled.constraints)).toEqual(names)
    expect(last.fit.models['objective']?.lengthscales).toHaveLength(4)
    expect(last.fit.told).toBeLessThanOrEqual(last.told)
  })

  it('gives a resumed study the next ask to the last bit, from the stored trials alone', () => {
    const settings = { ...small, fitInterval: 5 }
    // Ends between two fits, before and after they come into use.
    for (const trials of [20, 23, 26, 29, 32]) {
      const { told, pending, state, answers } = search(scbo(3, settings), trials, 4)
      expect(answers).toHaveLength(trials)
      const resumed = scbo(3, settings)
      const stored = JSON.parse(JSON.stringify(told)) as FinishedTrial[]
      const replayed = stored.reduce((so, trial) => resumed.tell(so, trial), resumed.initial)
      const live = scbo(3, settings)
      const next = trialNumber(trials)
      expect(resumed.ask(replayed, next, pending)).toEqual(live.ask(state, next, pending))
    }
  })

  it('answers the same whether its fits were prepared or not', () => {
    const prepared = scbo(5)
    const lazy = scbo(5)
    const { state, pending } = search(lazy, 25, 3)
    const steps = prepared.prepare?.(state) ?? null
    let count = 0
    while (steps && steps.next().done !== true) count++
    expect(count).toBeGreaterThan(0)
    expect(prepared.prepare?.(state) ?? null).toBeNull()
    expect(prepared.ask(state, trialNumber(25), pending)).toEqual(lazy.ask(state, trialNumber(25), pending))
  })

  it('lets an answer be handed out late until the region moves', () => {
    const optimiser = scbo(2)
    const { state, pending, answers } = search(optimiser, 30, 3)
    const answer = optimiser.ask(state, trialNumber(30), pending)
    expect(optimiser.stillHolds?.(state, answer)).toBe(true)
    const better = { decoder: 'vote', neurons: 20, rate: 0.0101, norm: 0.499 }
    const moved = optimiser.tell(
      state,
      tellable(waitingTrial(99, better, (answers.at(-1) as { explanation: Record<string, unknown> }).explanation), 30),
    )
    expect(moved.region.centre?.trial).toBe(99)
    expect(optimiser.stillHolds?.(moved, answer)).toBe(false)
  })

  it('keeps away from where trials fail', () => {
    const optimiser = scbo(4)
    const fails = (configuration: Configuration): boolean => Number(configuration['norm']) < 0
    let { initial: state } = optimiser
    let failedLate = 0
    for (let number = 0; number < 60; number++) {
      const answer = optimiser.ask(state, trialNumber(number), [])
      if (answer.kind === 'exhausted') throw new Error(answer.reason)
      const trial = tellable(waitingTrial(number, answer.configuration, answer.explanation), number)
      if (number >= 30 && fails(answer.configuration)) failedLate++
      state = optimiser.tell(
        state,
        fails(answer.configuration)
          ? { ...finishedTrial(0, answer.configuration, number, answer.explanation), number: trialNumber(number) }
          : trial,
      )
    }
    expect(failedLate).toBeLessThan(4)
  })

  it('models at most so many trials as it is told to, and goes on', () => {
    const capped = scbo(6, { ...small, modelRows: 16, fitRows: 12 })
    expect(bestOf(search(capped, 60, 3))).toBeGreaterThan(0.8)
  })
})
