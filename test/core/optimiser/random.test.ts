import { describe, expect, it } from 'vitest'
import { createRandomSearch } from '../../../src-core/optimiser/random.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { trialNumber } from '../../../src-core/trial/trial.ts'
import { describeOptimiser, waitingTrial } from './contract.ts'
import { itUsesTheSamplers } from './samplers.ts'

describeOptimiser('random search', createRandomSearch)

describe('random search', () => {
  itUsesTheSamplers(createRandomSearch)

  it('has a candidate for each number, in whatever order it is asked', () => {
    const space: SearchSpace = { norm: { type: 'real', low: 1, high: 2, sampler: 'uniform' } }
    const search = createRandomSearch(space, 1)
    const ask = (number: number, pending: readonly ReturnType<typeof waitingTrial>[] = []) =>
      search.ask(search.initial, trialNumber(number), pending)
    const alone = ask(5)
    expect(ask(5, [waitingTrial(4, { norm: 1.5 })])).toEqual(alone)
    expect(ask(6)).not.toEqual(alone)
  })

  it('avoids the points under way as it does those told', () => {
    const space: SearchSpace = { n: { type: 'integer', low: 1, high: 2, sampler: 'uniform' } }
    for (let seed = 0; seed < 20; seed++) {
      const search = createRandomSearch(space, seed)
      const second = search.ask(search.initial, trialNumber(1), [waitingTrial(0, { n: 1 })])
      expect(second).toMatchObject({ kind: 'candidate', configuration: { n: 2 } })
    }
  })

  it('repeats a point where real parameters hardly ever apply, rather than give up', () => {
    const choices = Array.from({ length: 5000 }, (_, index) => `c${index}`)
    const space: SearchSpace = {
      choice: { type: 'categorical', choices },
      norm: { type: 'real', low: 1, high: 2, sampler: 'uniform', when: { choice: ['c0'] } },
    }
    const search = createRandomSearch(space, 1)
    const pending = choices.slice(1).map((choice, index) => waitingTrial(index, { choice }))
    expect(search.ask(null, trialNumber(5000), pending)).toMatchObject({
      kind: 'candidate',
      explanation: { optimiser: 'random', repeated: true },
    })
  })

  it('finds the rarest point of a skewed space', () => {
    const space: SearchSpace = { n: { type: 'integer', low: 1, high: 2000, sampler: 'reversed-log-uniform' } }
    const search = createRandomSearch(space, 3)
    const pending = Array.from({ length: 1999 }, (_, index) => waitingTrial(index, { n: index + 2 }))
    expect(search.ask(null, trialNumber(1999), pending)).toMatchObject({
      configuration: { n: 1 },
      explanation: { optimiser: 'random', leftOver: true },
    })
  })
})
