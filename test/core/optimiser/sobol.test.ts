import { describe, expect, it } from 'vitest'
import { createSobolSearch } from '../../../src-core/optimiser/sobol.ts'
import { sobolSequence } from '../../../src-core/optimiser/sobolSequence.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { trialNumber } from '../../../src-core/trial/trial.ts'
import { describeOptimiser, run } from './contract.ts'
import { itUsesTheSamplers } from './samplers.ts'

describeOptimiser('scrambled Sobol search', createSobolSearch)

describe('scrambled Sobol search', () => {
  itUsesTheSamplers(createSobolSearch)

  it('asks for the points of the sequence', () => {
    const space: SearchSpace = {
      x: { type: 'real', low: 0, high: 1, sampler: 'uniform' },
      y: { type: 'real', low: 0, high: 2, sampler: 'uniform' },
    }
    const points = sobolSequence(2, 9)
    run(createSobolSearch(space, 9), 20, 4).asked.forEach((configuration, number) => {
      const [x = NaN, y = NaN] = points(number)
      expect(configuration).toEqual({ x, y: 2 * y })
    })
  })

  it('covers a range evenly where random points leave gaps', () => {
    const space: SearchSpace = {
      map: { type: 'integer', low: 1, high: 16, sampler: 'uniform' },
      x: { type: 'real', low: 0, high: 1, sampler: 'uniform' },
    }
    const asked = run(createSobolSearch(space, 4), 32, 3).asked.map(({ map }) => map)
    for (let value = 1; value <= 16; value++) expect(asked.filter((one) => one === value)).toHaveLength(2)
  })

  it('says where a candidate comes from', () => {
    const space: SearchSpace = { n: { type: 'integer', low: 1, high: 8, sampler: 'uniform' } }
    const search = createSobolSearch(space, 1)
    const first = search.ask(null, trialNumber(0), [])
    expect(first).toMatchObject({ kind: 'candidate', explanation: { optimiser: 'sobol', point: 0 } })
    // Eight points of the sequence fill eight intervals; from the ninth on all are repeats.
    expect(run(search, 9, 1).last?.kind).toBe('exhausted')
  })
})
