import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Optimiser } from '../../../src-core/optimiser/optimiser.ts'
import type { Configuration, Parameter, SearchSpace } from '../../../src-core/space/parameter.ts'
import { sampleConfiguration } from '../../../src-core/space/space.ts'
import { validateConfiguration } from '../../../src-core/space/validateConfiguration.ts'
import type { Failure, Measurement } from '../../../src-core/trial/measurement.ts'
import { type FinishedTrial, trialNumber, type WaitingTrial } from '../../../src-core/trial/trial.ts'
import { deepFreeze } from '../../../src-core/values/deepReadonly.ts'
import { arbitraryFiniteSpace, arbitrarySpace } from '../space/arbitrarySpace.ts'
import { type CreateOptimiser, finishedTrial, waitingTrial } from './contract.ts'

/** The constraints that told trials have, all of them, some, or none. */
export const historyConstraints = ['first', 'second'] as const

/** What an optimiser may have to live with: what was told and what is under way, numbered in order. */
export interface History {
  readonly space: SearchSpace
  readonly seed: number
  readonly told: readonly FinishedTrial[]
  readonly pending: readonly WaitingTrial[]
}

const real = (low: number, high: number, sampler: 'uniform' | 'log-uniform' | 'reversed-log-uniform'): Parameter => ({
  type: 'real',
  low,
  high,
  sampler,
})
const integer = (low: number, high: number, sampler: 'uniform' | 'log-uniform' = 'uniform'): Parameter => ({
  type: 'integer',
  low,
  high,
  sampler,
})

const extremeParameter = fc.constantFrom<Parameter>(
  real(1e-300, 1e300, 'log-uniform'),
  real(1e-300, 1e300, 'reversed-log-uniform'),
  real(-1e300, 1e300, 'uniform'),
  real(-1e-300, 1e-300, 'uniform'),
  real(1, 1 + 1e-12, 'uniform'),
  integer(1, 1e9, 'log-uniform'),
  integer(-(2 ** 52), 2 ** 52),
  integer(1, 2),
  integer(7, 7),
  { type: 'categorical', choices: ['only'] },
  { type: 'categorical', choices: ['a', 'b'] },
)
const extremeSpace: fc.Arbitrary<SearchSpace> = fc
  .array(extremeParameter, { minLength: 1, maxLength: 5 })
  .map((parameters) => Object.fromEntries(parameters.map((parameter, index) => [`p${index}`, parameter])))

/** Any space at all: mixed, conditional, finite, of one or two points, of huge and of tiny ranges. */
export const arbitraryHostileSpace = fc.oneof(arbitrarySpace, arbitraryFiniteSpace, extremeSpace)

const usual = fc.double({ min: -1, max: 1, noNaN: true })
const hostile = fc.oneof(
  usual,
  fc.constantFrom(Infinity, -Infinity, NaN, 0, -0, 1e300, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324),
)
const positive = fc.oneof(fc.double({ min: 1e-9, max: 1, noNaN: true }), fc.constantFrom(1e300, Infinity))

type Ending =
  | { readonly kind: 'measured'; readonly objective: number; readonly constraints: readonly (number | null)[] }
  | { readonly kind: 'failed'; readonly reason: Failure['reason'] }

const measured = (objective: fc.Arbitrary<number>, constraint: fc.Arbitrary<number | null>): fc.Arbitrary<Ending> =>
  fc.record({
    kind: fc.constant('measured' as const),
    objective,
    constraints: fc.array(constraint, {
      minLength: historyConstraints.length,
      maxLength: historyConstraints.length,
    }),
  })
const failed = fc
  .constantFrom<Failure['reason']>('non-finite', 'out-of-memory', 'worker-died', 'cancelled')
  .map((reason): Ending => ({ kind: 'failed', reason }))

/** What the trials of one study come to. */
const endings: fc.Arbitrary<fc.Arbitrary<Ending>> = fc.constantFrom(
  measured(usual, usual),
  measured(fc.constant(0.5), fc.constant(-0.1)),
  measured(usual, positive),
  measured(usual, fc.option(usual)),
  measured(usual, fc.constant(null)),
  measured(hostile, fc.option(hostile)),
  failed,
  fc.oneof(measured(hostile, fc.option(hostile)), failed),
)

const placeOf = (space: SearchSpace): fc.Arbitrary<Configuration> => {
  const count = Object.keys(space).length
  const coordinate = fc.oneof(
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.constantFrom(0, 0.5, 1 - 2 ** -53),
  )
  return fc
    .array(coordinate, { minLength: count, maxLength: count })
    .map((coordinates) => sampleConfiguration(space, coordinates))
}

const toldTrial = (number: number, configuration: Configuration, ending: Ending): FinishedTrial => {
  // Numbers that the contract's trials succeed by.
  const trial = finishedTrial(3 * number + 1, configuration, number)
  if (trial.state === 'failed') throw new Error(`trial ${number} was to succeed`)
  const { measurement, ...base } = { ...trial, number: trialNumber(number) }
  if (ending.kind === 'failed') return { ...base, state: 'failed', failure: { reason: ending.reason, message: '' } }
  const constraints = historyConstraints.flatMap((name, index): Measurement['constraints'] => {
    const value = ending.constraints[index] ?? null
    return value === null ? [] : [{ name, value }]
  })
  return { ...base, state: 'complete', measurement: { ...measurement, objective: ending.objective, constraints } }
}

/** Histories of any space, with few or many trials, the same point again and again, and any outcomes. */
export const arbitraryHistory: fc.Arbitrary<History> = fc
  .tuple(arbitraryHostileSpace, endings, fc.constantFrom(0, 1, 2, 12, 40), fc.boolean())
  .chain(([space, ending, most, same]) => {
    const places = same
      ? placeOf(space).map((place) => [place])
      : fc.array(placeOf(space), { minLength: 1, maxLength: 8 })
    return fc
      .record({
        seed: fc.nat(),
        few: places,
        chosen: fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constant(null), placeOf(space)), ending), {
          minLength: most,
          maxLength: most,
        }),
        underWay: fc.array(placeOf(space), { maxLength: 4 }),
      })
      .map(({ seed, few, chosen, underWay }): History => {
        // Half of the points, or all of them, are among a few that come again and again.
        const told = chosen.map(([which, other, end], number) => {
          const place = (same ? null : other) ?? few[which % few.length] ?? {}
          return toldTrial(number, place, end)
        })
        const pending = underWay.map((place, index) => waitingTrial(told.length + index, place))
        return { space, seed, told, pending }
      })
  })

/** How often `describeRobustness` asks after a history, each time with one trial more under way. */
const asks = 3

const answersOf = <State>(optimiser: Optimiser<State>, { told, pending }: History) => {
  const state = told.reduce((state, trial) => deepFreeze(optimiser.tell(state, trial)) as State, optimiser.initial)
  const underWay = [...pending]
  return Array.from({ length: asks }, () => {
    const number = told.length + underWay.length
    const answer = optimiser.ask(state, trialNumber(number), underWay)
    expect(optimiser.ask(state, trialNumber(number), underWay)).toEqual(answer)
    if (answer.kind === 'candidate') underWay.push(waitingTrial(number, answer.configuration))
    return answer
  })
}

/**
 * Whatever was told: a valid configuration or a clear end, the same when it is asked or told again, and nothing thrown.
 * @param create gets `historyConstraints` as the names of constraints, if it needs any
 */
export const describeRobustness = (name: string, create: CreateOptimiser, runs: number): void => {
  describe(`${name} is robust`, () => {
    it(`answers after any of ${runs} histories, seed 20`, () => {
      fc.assert(
        fc.property(arbitraryHistory, (history) => {
          const { space, seed } = history
          deepFreeze(history)
          const answers = answersOf(create(space, seed), history)
          for (const answer of answers) {
            if (answer.kind === 'exhausted') expect(answer.reason).toMatch(/\d+ points/)
            else expect(validateConfiguration(space, answer.configuration)).toEqual([])
            expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
          }
          expect(answersOf(create(space, seed), history)).toEqual(answers)
        }),
        { seed: 20, numRuns: runs },
      )
    })
  })
}
