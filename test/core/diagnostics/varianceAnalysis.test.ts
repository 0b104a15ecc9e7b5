import { describe, expect, it } from 'vitest'
import { type FactorialData, varianceAnalysis } from '../../../src-core/diagnostics/varianceAnalysis.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'

/** The whole grid of these numbers of levels, with what is measured at each point. */
const grid = (sizes: readonly number[], valueOf: (levels: readonly number[]) => number): FactorialData => {
  const levels = sizes.reduce<number[][]>(
    (rows, size) => rows.flatMap((row) => Array.from({ length: size }, (_, level) => [...row, level])),
    [[]],
  )
  return {
    output: 'objective',
    parameters: sizes.map((_, place) => 'abc'.charAt(place)),
    levels,
    values: levels.map(valueOf),
    standardErrors: levels.map(() => null),
  }
}
const groups = [
  { group: 'encoding', parameters: ['a', 'b'] },
  { group: 'training', parameters: ['c'] },
]
const analysed = (data: FactorialData, groupsOf = groups) => varianceAnalysis(data, groupsOf, 1)
const sharesOf = ({ effects, interactions, rest }: ReturnType<typeof analysed>): Record<string, number> => ({
  ...Object.fromEntries(effects.map(({ parameter, share }) => [parameter, share.value])),
  ...Object.fromEntries(interactions.map(({ parameters, share }) => [parameters.join(''), share.value])),
  rest: rest.value,
})

describe('analysis of variance of a grid', () => {
  it('is that of the sums of squares of a whole grid', () => {
    // The variances of the terms of a polynomial in centred levels, which are independent of each other.
    const value = ([a = 0, b = 0, c = 0]: readonly number[]): number => a - 1 + 2 * b + 3 * c + (a - 1) * (2 * b - 1)
    const data = grid([3, 2, 2], value)
    const found = sharesOf(analysed(data))
    const total = 2 / 3 + 1 + 9 / 4 + 2 / 3
    for (const [name, part] of Object.entries({ a: 2 / 3, b: 1, c: 9 / 4, ab: 2 / 3, ac: 0, bc: 0, rest: 0 })) {
      expect(found[name]).toBeCloseTo(part / total, 12)
    }
  })

  it('gives a group its pairs too, and all together all there is', () => {
    const { groups: found } = analysed(grid([3, 2, 2], ([a = 0, b = 0, c = 0]) => a * b + c))
    const sum = found.reduce((all, { share }) => all + share.value, 0)
    expect(found.map(({ group }) => group)).toEqual(['encoding', 'training'])
    expect(sum).toBeCloseTo(1, 12)
  })

  it('leaves what no pair explains', () => {
    const found = sharesOf(
      analysed(grid([2, 2, 2], ([a = 0, b = 0, c = 0]) => (2 * a - 1) * (2 * b - 1) * (2 * c - 1))),
    )
    const { rest, ...explained } = found
    expect(rest).toBeCloseTo(1, 12)
    for (const share of Object.values(explained)) expect(share).toBeCloseTo(0, 12)
  })

  it('tells effects apart where points of the grid are missing', () => {
    const whole = grid([3, 4, 2], ([a = 0, b = 0]) => 5 * a - b ** 2)
    const kept = whole.levels.flatMap((levels, row) => ((levels[0] ?? 0) + (levels[1] ?? 0) === 1 ? [] : [row]))
    const found = analysed({
      ...whole,
      levels: kept.map((row) => whole.levels[row] ?? []),
      values: kept.map((row) => whole.values[row] ?? 0),
      standardErrors: kept.map(() => null),
    })
    const shares = sharesOf(found)
    expect(shares['c']).toBeCloseTo(0, 12)
    expect(shares['ab']).toBeCloseTo(0, 12)
    expect(shares['rest']).toBeCloseTo(0, 12)
    expect(shares['a']).toBeGreaterThan(0.1)
    expect(found.trials).toBe(kept.length)
  })

  it('is as uncertain as the values are', () => {
    const value = ([a = 0, b = 0, c = 0]: readonly number[]): number => 2 * a + b + c
    const errorsOf = (error: number | null) => {
      const data = grid([4, 3, 3], value)
      return analysed({ ...data, standardErrors: data.values.map(() => error) }).effects[0]?.share.standardError ?? NaN
    }
    expect(errorsOf(0)).toBeCloseTo(0, 12)
    expect(errorsOf(0.4)).toBeGreaterThan(errorsOf(0.1))
    // Without known errors what is left tells: here nothing is.
    expect(errorsOf(null)).toBeLessThan(1e-6)
  })

  it('agrees with itself on noise of a known size', () => {
    // Effects of pure noise are as large as their degrees of freedom: 3 of 95 and 23 of 95.
    const generator = createGenerator(3)
    const many = Array.from(
      { length: 200 },
      () =>
        analysed(
          grid([4, 24], () => generator.next()),
          [],
        ).effects,
    )
    const mean = (place: number): number =>
      many.reduce((sum, effects) => sum + (effects[place]?.share.value ?? 0), 0) / 200
    expect(mean(0)).toBeCloseTo(3 / 95, 2)
    expect(mean(1)).toBeCloseTo(23 / 95, 1)
  })

  it('says nothing of trials that are all the same', () => {
    const { variance, effects, rest } = analysed(grid([2, 2, 2], () => 0.1))
    expect(variance).toBeLessThan(1e-30)
    expect(effects.every(({ share }) => share.value === 0 || Number.isFinite(share.value))).toBe(true)
    expect(Number.isFinite(rest.value)).toBe(true)
  })

  it('gives a lone hyperparameter all of it', () => {
    const found = analysed(
      grid([5], ([a = 0]) => a),
      [],
    )
    expect(sharesOf(found)).toEqual({ a: expect.closeTo(1, 12) as number, rest: expect.closeTo(0, 12) as number })
  })
})
