import { expect, it } from 'vitest'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { type CreateOptimiser, run } from './contract.ts'

/** For optimisers that draw from the parameters' own samplers: shares of 4,000 points, within five standard errors. */
export const itUsesTheSamplers = (create: CreateOptimiser): void => {
  const space: SearchSpace = {
    decoder: { type: 'categorical', choices: ['all', 'vote', '2gram', 'log'] },
    norm: { type: 'real', low: 1, high: 100, sampler: 'log-uniform' },
    strength: { type: 'real', low: 50, high: 500, sampler: 'reversed-log-uniform' },
    threshold: { type: 'real', low: -70, high: -50, sampler: 'uniform', scale: 'linear' },
    epochs: { type: 'integer', low: 1, high: 3, sampler: 'uniform' },
    regularisation: { type: 'real', low: 1, high: 2, sampler: 'uniform', when: { decoder: ['log'] } },
  }
  const count = 4000
  const { asked } = run(create(space, 7), count, 3)
  const cases: readonly (readonly [string, number, (one: Readonly<Record<string, number | string>>) => boolean])[] = [
    ['a choice of four', 1 / 4, ({ decoder }) => decoder === 'vote'],
    ['a log-uniform value below the geometric middle', 1 / 2, ({ norm }) => Number(norm) < 10],
    ['a reversed log-uniform value below 400', Math.log10(500 / 150), ({ strength }) => Number(strength) < 400],
    ['a uniform value in the lowest quarter', 1 / 4, ({ threshold }) => Number(threshold) < -65],
    ['the highest of three integers', 1 / 3, ({ epochs }) => epochs === 3],
    ['a parameter that applies to one choice of four', 1 / 4, (one) => 'regularisation' in one],
    ['two that are independent', 1 / 8, ({ norm, decoder }) => Number(norm) < 10 && decoder === 'all'],
  ]
  it.each(cases)('draws %s with its probability', (_, probability, holds) => {
    const share = asked.filter(holds).length / count
    const standardError = Math.sqrt((probability * (1 - probability)) / count)
    expect(Math.abs(share - probability)).toBeLessThan(5 * standardError)
  })
}
