import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandomSearch } from '../../../src-core/optimiser/random.ts'
import { createSobolSearch } from '../../../src-core/optimiser/sobol.ts'
import { validateConfiguration } from '../../../src-core/space/validateConfiguration.ts'
import { arbitraryHistory, describeRobustness, type History } from './arbitraryHistory.ts'

describe('random histories', () => {
  const histories = fc.sample(arbitraryHistory, { seed: 21, numRuns: 1000 })
  const some = (matches: (history: History) => boolean): number => histories.filter(matches).length
  const constraintsOf = ({ told }: History) =>
    told.flatMap((trial) => (trial.state === 'complete' ? [trial.measurement.constraints] : []))

  it('have configurations of their space', () => {
    const problems = histories.flatMap(({ space, told, pending }) =>
      [...told, ...pending].flatMap(({ configuration }) => validateConfiguration(space, configuration)),
    )
    expect(problems).toEqual([])
  })

  it.each<[string, (history: History) => boolean]>([
    ['nothing told', ({ told }) => told.length === 0],
    ['two trials', ({ told }) => told.length === 2],
    ['many trials', ({ told }) => told.length === 40],
    [
      'one point again and again',
      ({ told }) =>
        told.length > 2 && new Set(told.map(({ configuration }) => JSON.stringify(configuration))).size === 1,
    ],
    ['all failed', ({ told }) => told.length > 2 && told.every(({ state }) => state === 'failed')],
    [
      'all infeasible',
      (history) => {
        const all = constraintsOf(history)
        return all.length > 2 && all.every((values) => values.some(({ value }) => value > 0))
      },
    ],
    ['constraints missing', (history) => constraintsOf(history).some(({ length }) => length === 0)],
    [
      'constraints that are no numbers',
      (history) =>
        constraintsOf(history)
          .flat()
          .some(({ value }) => Number.isNaN(value)),
    ],
    [
      'infinite objectives',
      ({ told }) => told.some((trial) => trial.state === 'complete' && trial.measurement.objective === Infinity),
    ],
    [
      'constant objectives',
      ({ told }) =>
        told.length > 2 && told.every((trial) => trial.state === 'complete' && trial.measurement.objective === 0.5),
    ],
    ['trials under way', ({ pending }) => pending.length > 2],
    ['conditions', ({ space }) => Object.values(space).some(({ when }) => when !== undefined)],
    ['huge ranges', ({ space }) => Object.values(space).some((one) => one.type === 'real' && one.high === 1e300)],
    [
      'one choice',
      ({ space }) => Object.values(space).some((one) => one.type === 'categorical' && one.choices.length === 1),
    ],
  ])('are often such as: %s', (_what, matches) => {
    expect(some(matches)).toBeGreaterThan(20)
  })
})

describeRobustness('random search', createRandomSearch, 300)
describeRobustness('scrambled Sobol search', createSobolSearch, 300)
