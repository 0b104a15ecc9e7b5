import { describe, expect, it } from 'vitest'
import { feasibilityMap, mapAxis } from '../../../src-core/diagnostics/feasibilityMap.ts'
import { unitPoint } from '../../../src-core/space/space.ts'
import { knownSurrogate, mixedSpace, unitSpace } from './knownSurrogate.ts'

const centre = (dimensions: number) => unitPoint(Array.from({ length: dimensions }, () => 0.5))

describe('the axes of a map', () => {
  it('have native values: choices, integers, and numbers even on their scale', () => {
    expect(mapAxis(mixedSpace, 'colour', 5)).toEqual({
      parameter: 'colour',
      values: ['red', 'green', 'blue'],
      coordinates: [1 / 6, 0.5, 5 / 6],
    })
    expect(mapAxis(mixedSpace, 'depth', 4)).toMatchObject({
      values: [1, 2, 3, 4],
      coordinates: [0.125, 0.375, 0.625, 0.875],
    })
    const { values, coordinates } = mapAxis(mixedSpace, 'rate', 4)
    // Middles of the four decades.
    for (const [cell, value] of values.entries()) expect(Math.log10(Number(value))).toBeCloseTo(cell - 3.5, 12)
    for (const [cell, coordinate] of coordinates.entries()) expect(coordinate).toBeCloseTo((cell + 0.5) / 4, 12)
  })

  it('pick some integers where not all fit, and say where they are', () => {
    const space = { size: { type: 'integer', low: 1, high: 100, sampler: 'uniform' } } as const
    const { values, coordinates } = mapAxis(space, 'size', 5)
    expect(values).toHaveLength(5)
    for (const [index, value] of values.entries()) {
      expect(Number.isInteger(value)).toBe(true)
      expect(coordinates[index]).toBeCloseTo((Number(value) - 0.5) / 100, 12)
    }
  })

  it('throws for a parameter that is not there', () => {
    expect(() => mapAxis(mixedSpace, 'weight', 4)).toThrow('weight')
  })
})

describe('the probability of feasibility', () => {
  it('is the product of the normal probabilities of the constraints', () => {
    // Phi((t - mean) / sd): sd = 1/2, means x1 and 2 x2 - x3, thresholds 0.5 and 0.
    const first = knownSurrogate(([x1 = 0]) => x1, 3, { threshold: 0.5, variance: 0.25 })
    const second = knownSurrogate(([, x2 = 0, x3 = 0]) => 2 * x2 - x3, 3, { threshold: 0, variance: 0.25 })
    const objective = knownSurrogate(() => 100, 3)
    const map = feasibilityMap([objective, first, second], unitSpace(3), {
      x: 'x1',
      y: 'x2',
      resolution: 2,
      others: [centre(3)],
    })
    expect(map.x.values).toEqual([0.25, 0.75])
    // At x1 = 1/4, 3/4: Phi(1/2), Phi(-1/2). At x2 = 1/4, 3/4 with x3 = 1/2: Phi(0), Phi(-2).
    const phi = { half: 0.6914624612740131, minusHalf: 0.3085375387259869, minusTwo: 0.02275013194817921 }
    const expected = [
      [0.5 * phi.half, 0.5 * phi.minusHalf],
      [phi.minusTwo * phi.half, phi.minusTwo * phi.minusHalf],
    ]
    for (const [row, line] of expected.entries()) {
      for (const [column, value] of line.entries()) expect(map.probability[row]?.[column]).toBeCloseTo(value, 12)
    }
  })

  it('averages over the points given for the other parameters', () => {
    const constraint = knownSurrogate(([, , x3 = 0]) => x3, 3, { threshold: 0.5 })
    const others = [0.2, 0.3, 0.4, 0.9].map((x3) => unitPoint([0, 0, x3]))
    const { probability } = feasibilityMap([constraint], unitSpace(3), { x: 'x1', y: 'x2', resolution: 3, others })
    expect(probability).toEqual([0, 1, 2].map(() => [0.75, 0.75, 0.75]))
  })

  it('holds at its limit without uncertainty, and is 1 without constraints', () => {
    const flat = knownSurrogate(() => 0.5, 2, { threshold: 0.5 })
    const settings = { x: 'x1', y: 'x2', resolution: 1, others: [centre(2)] }
    expect(feasibilityMap([flat], unitSpace(2), settings).probability).toEqual([[1]])
    expect(feasibilityMap([knownSurrogate(() => 0, 2)], unitSpace(2), settings).probability).toEqual([[1]])
  })

  it('is null where a parameter does not apply, and sees only representable points', () => {
    const seen = new Set<number>()
    const constraint = knownSurrogate(
      ([kind = 0]) => {
        seen.add(kind)
        return 0
      },
      4,
      { threshold: 1 },
    )
    const { probability } = feasibilityMap([constraint], mixedSpace, {
      x: 'depth',
      y: 'kind',
      resolution: 8,
      others: [unitPoint([0.1, 0.5, 0.2, 0.3])],
    })
    expect(probability).toEqual([
      [null, null, null, null],
      [1, 1, 1, 1],
    ])
    expect([...seen]).toEqual([0.75])
    const elsewhere = { x: 'depth', y: 'rate', resolution: 2, others: [unitPoint([0.1, 0.5, 0.2, 0.3])] }
    const apart = feasibilityMap([constraint], mixedSpace, elsewhere)
    expect(apart.probability.flat().every((value) => value === null)).toBe(true)
  })

  it('throws for a map over the same parameter, or without a point', () => {
    const settings = { x: 'x1', y: 'x1', resolution: 2, others: [centre(2)] }
    expect(() => feasibilityMap([], unitSpace(2), settings)).toThrow('x1 over itself')
    expect(() => feasibilityMap([], unitSpace(2), { ...settings, y: 'x2', others: [] })).toThrow('needs a point')
  })
})
