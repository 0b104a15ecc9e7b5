import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGridSearch, permutation } from '../../../../src-core/optimiser/grid/grid.ts'
import { gridAxes } from '../../../../src-core/optimiser/grid/gridAxes.ts'
import { gridProduct } from '../../../../src-core/optimiser/grid/gridProduct.ts'
import { gridText } from '../../../../src-core/optimiser/grid/gridText.ts'
import type { Configuration, SearchSpace } from '../../../../src-core/space/parameter.ts'
import { validateConfiguration } from '../../../../src-core/space/validateConfiguration.ts'
import { trialNumber } from '../../../../src-core/trial/trial.ts'
import { arbitrarySpace, keyOf } from '../../space/arbitrarySpace.ts'
import { describeRobustness } from '../arbitraryHistory.ts'
import { describeOptimiser, run } from '../contract.ts'

// So many points that no space of the contract is exhausted before its test is.
describeOptimiser('grid search', (space, seed) => createGridSearch(space, { points: 1000 }, seed))
describeRobustness('grid search', (space, seed) => createGridSearch(space, { points: 3 }, seed), 300)

const conditional: SearchSpace = {
  regularisation: { type: 'real', low: 1e-3, high: 1e3, sampler: 'log-uniform', when: { decoder: ['log', 'svm'] } },
  decoder: { type: 'categorical', choices: ['all', 'vote', 'log', 'svm'] },
  kernel: { type: 'categorical', choices: ['linear', 'radial'], when: { decoder: ['svm'] } },
  width: { type: 'real', low: 0, high: 1, sampler: 'uniform', when: { kernel: ['radial'] } },
  mapSize: { type: 'integer', low: 10, high: 12, sampler: 'uniform' },
}

describe('the axes of a grid', () => {
  const valuesOf = (space: SearchSpace, points: number) => gridAxes(space, { points }).map(({ values }) => values)

  it('are evenly spaced on the scale of a number, ends included', () => {
    const space: SearchSpace = {
      linear: { type: 'real', low: -10, high: 10, sampler: 'uniform' },
      log: { type: 'real', low: 0.01, high: 100, sampler: 'log-uniform' },
      own: { type: 'real', low: 1, high: 16, sampler: 'uniform', scale: 'log' },
    }
    const [linear = [], log = [], own = []] = valuesOf(space, 5)
    expect(linear).toEqual([-10, -5, 0, 5, 10])
    for (const [index, value] of [0.01, 0.1, 1, 10, 100].entries()) expect(log[index]).toBeCloseTo(value, 10)
    for (const [index, value] of [1, 2, 4, 8, 16].entries()) expect(own[index]).toBeCloseTo(value, 10)
    expect([log[0], log[4]]).toEqual([0.01, 100])
  })

  it('have all integers where these are few, else some of them, and each once', () => {
    const integer = (low: number, high: number, sampler: 'uniform' | 'log-uniform' = 'uniform') =>
      ({ type: 'integer', low, high, sampler }) as const
    expect(valuesOf({ n: integer(-1, 2) }, 5)).toEqual([[-1, 0, 1, 2]])
    expect(valuesOf({ n: integer(0, 4) }, 5)).toEqual([[0, 1, 2, 3, 4]])
    expect(valuesOf({ n: integer(0, 100) }, 5)).toEqual([[0, 25, 50, 75, 100]])
    expect(valuesOf({ n: integer(1, 9, 'log-uniform') }, 5)).toEqual([[1, 2, 3, 5, 9]])
    expect(valuesOf({ n: integer(1, 8, 'log-uniform') }, 7)).toEqual([[1, 2, 3, 4, 6, 8]])
  })

  it('take the middle where there is one point only', () => {
    expect(valuesOf({ x: { type: 'real', low: 2, high: 4, sampler: 'uniform' } }, 1)).toEqual([[3]])
  })

  it('are what a study says of single parameters', () => {
    const parameters = { regularisation: { points: 2 }, mapSize: { values: [12, 10] }, decoder: { values: ['svm'] } }
    expect(gridAxes(conditional, { points: 5, parameters }).map(({ values }) => values)).toEqual([
      [1e-3, 1e3],
      ['svm'],
      ['linear', 'radial'],
      [0, 0.25, 0.5, 0.75, 1],
      [12, 10],
    ])
  })
})

describe('the cross product of a grid', () => {
  it('counts what applies only', () => {
    // all and vote: 1 each; log: 5; svm: 5 with each of linear and the 5 widths of radial; all that for 3 sizes.
    expect(gridProduct(conditional, { points: 5 }).total).toBe(BigInt(3 * (1 + 1 + 5 + 5 * (1 + 5))))
  })

  it('has every point once, each of the space, seed 1', () => {
    fc.assert(
      fc.property(arbitrarySpace, fc.integer({ min: 1, max: 3 }), (space, points) => {
        const { total, at } = gridProduct(space, { points })
        fc.pre(total <= 2000n)
        const all = Array.from({ length: Number(total) }, (_, number) => at(BigInt(number)))
        expect(new Set(all.map(keyOf)).size).toBe(Number(total))
        expect(all.flatMap((configuration) => validateConfiguration(space, configuration))).toEqual([])
      }),
      { seed: 1 },
    )
  })

  it('agrees with a product written out', () => {
    const space: SearchSpace = {
      a: { type: 'categorical', choices: ['x', 'y'] },
      n: { type: 'integer', low: 1, high: 3, sampler: 'uniform' },
    }
    const { total, at } = gridProduct(space, { points: 5 })
    const all = Array.from({ length: Number(total) }, (_, number) => at(BigInt(number)))
    expect(all).toEqual(['x', 'y'].flatMap((a) => [1, 2, 3].map((n) => ({ a, n }))))
    expect(() => at(total)).toThrow('no point 6')
  })

  it('computes points of a grid that no memory holds', () => {
    const real = { type: 'real', low: 0, high: 1, sampler: 'uniform' } as const
    const space = Object.fromEntries(Array.from({ length: 18 }, (_, index) => [`p${index}`, real]))
    const { total, at } = gridProduct(space, { points: 101 })
    expect(total).toBe(101n ** 18n)
    expect(Object.values(at(total - 1n))).toEqual(Array.from({ length: 18 }, () => 1))
    const search = createGridSearch(space, { points: 101 }, 3)
    const { asked } = run(search, 200, 3)
    expect(new Set(asked.map(keyOf)).size).toBe(200)
    expect(search.ask(null, trialNumber(0), [])).toMatchObject({ explanation: { points: (101n ** 18n).toString() } })
  })
})

describe('grid search', () => {
  const space: SearchSpace = {
    a: { type: 'categorical', choices: ['x', 'y'] },
    b: { type: 'real', low: 0, high: 1, sampler: 'uniform' },
    c: { type: 'integer', low: 1, high: 3, sampler: 'uniform' },
  }

  it('tries every point once, and says that it is done', () => {
    const { asked, last } = run(createGridSearch(space, { points: 5 }, 7), 100, 4)
    expect(new Set(asked.map(keyOf)).size).toBe(30)
    expect(asked).toHaveLength(30)
    expect(last).toEqual({ kind: 'exhausted', reason: 'all 30 points of the grid were tried' })
  })

  it('spreads an unfinished grid over all values, where row by row it would hold some of them at one', () => {
    const large: SearchSpace = { ...space, d: { type: 'real', low: 0, high: 1, sampler: 'uniform' } }
    const { total } = gridProduct(large, { points: 10 })
    expect(total).toBe(600n)
    for (let seed = 0; seed < 10; seed++) {
      const { asked } = run(createGridSearch(large, { points: 10 }, seed), 60, 1)
      for (const { name, values } of gridAxes(large, { points: 10 })) {
        const tried = new Set(asked.map((configuration) => configuration[name]))
        expect(tried.size).toBeGreaterThanOrEqual(Math.min(values.length, 8))
      }
    }
  })

  it('says which point it asks for', () => {
    const search = createGridSearch(space, { points: 5 }, 7)
    const answer = search.ask(null, trialNumber(4), [])
    if (answer.kind !== 'candidate') throw new Error(answer.reason)
    const { point, ...explanation } = answer.explanation
    expect(explanation).toEqual({ optimiser: 'grid', place: 4, points: 30 })
    expect(gridProduct(space, { points: 5 }).at(BigInt(point as number))).toEqual(answer.configuration)
  })
})

describe('an order of numbers', () => {
  it.each([1, 2, 3, 4, 5, 16, 17, 1000])('has each of %i once, by the seed', (size) => {
    const orders = [1, 2].map((seed) => {
      const numberAt = permutation(BigInt(size), seed)
      return Array.from({ length: size }, (_, place) => Number(numberAt(BigInt(place))))
    })
    for (const order of orders) {
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, place) => place))
    }
    if (size > 16) expect(orders[0]).not.toEqual(orders[1])
    expect(() => permutation(BigInt(size), 1)(BigInt(size))).toThrow('no place')
  })

  it('leaves no trace of the order before', () => {
    const size = 10_000
    const numberAt = permutation(BigInt(size), 5)
    const order = Array.from({ length: size }, (_, place) => Number(numberAt(BigInt(place))))
    const mean = (size - 1) / 2
    const variance = (size * size - 1) / 12
    const covariance = (lag: number) =>
      order.slice(lag).reduce((sum, number, index) => sum + (number - mean) * ((order[index] ?? 0) - mean), 0) / size
    // Of independent numbers the correlation is normal with standard deviation 1 / sqrt(size) = 0.01.
    for (const lag of [1, 2, 7]) expect(Math.abs(covariance(lag) / variance)).toBeLessThan(0.04)
  })
})

describe('a grid in words', () => {
  it('is the cross product', () => {
    const space: SearchSpace = {
      a: { type: 'real', low: 0, high: 1, sampler: 'uniform' },
      b: { type: 'categorical', choices: ['x', 'y', 'z'] },
      c: { type: 'integer', low: 1, high: 2, sampler: 'uniform' },
    }
    const product = gridProduct(space, { points: 5 })
    expect(gridText(product, undefined)).toBe('grid: 5 x 3 x 2 = 30 points')
    expect(gridText(product, 30)).toBe('grid: 5 x 3 x 2 = 30 points')
    expect(gridText(product, 12)).toBe(
      'grid: 5 x 3 x 2 = 30 points, of which the budget of 12 trials covers 40.0 %, chosen at random',
    )
  })

  it('says what applies only sometimes', () => {
    expect(gridText(gridProduct(conditional, { points: 5 }), undefined)).toBe(
      'grid: 4 x 3 values, and 5 of regularisation, 2 of kernel, 5 of width, where they apply: 111 points',
    )
  })

  it('says how many can be, and has these alone', () => {
    const space: SearchSpace = {
      far: { type: 'integer', low: 0, high: 9, sampler: 'uniform' },
      shape: { type: 'categorical', choices: ['round', 'square'] },
      one: { type: 'integer', low: 1, high: 3, sampler: 'uniform', when: { shape: ['square'] } },
      other: { type: 'integer', low: 1, high: 3, sampler: 'uniform' },
    }
    const why = ({ one = 0, other = 0 }: Configuration): string | undefined =>
      Number(one) + Number(other) > 4 ? 'too much' : undefined
    const product = gridProduct(space, { points: 10 }, [{ names: ['one', 'other'], why }])
    // Round 3, square 9 of which 3 are too much; times ten.
    expect([product.total, product.impossible]).toEqual([90n, 30n])
    const points = Array.from({ length: 90 }, (_, number) => product.at(BigInt(number)))
    expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(90)
    expect(points.filter((point) => why(point) !== undefined)).toEqual([])
    expect(gridText(product, undefined)).toBe(
      'grid: 10 x 2 x 3 values, and 3 of one, where it applies: 120 points, of which 90 can be',
    )
    expect(gridText(gridProduct(space, { points: 10 }), undefined)).toContain(': 120 points')
  })

  it('rounds what no one counts to', () => {
    expect(gridText({ axes: [], total: 101n ** 18n, impossible: 0n }, 1000)).toContain('about 1.1e36 points')
    expect(gridText({ axes: [], total: 101n ** 18n, impossible: 0n }, 1000)).toContain('covers less than 0.1 %')
  })
})
