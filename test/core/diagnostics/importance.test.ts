import { describe, expect, it } from 'vitest'
import {
  defaultImportanceSettings,
  type Estimate,
  importance,
  type ImportanceSettings,
  type OutputImportance,
} from '../../../src-core/diagnostics/importance.ts'
import type { Surrogate } from '../../../src-core/diagnostics/surrogateModel.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { knownSurrogate, mixedSpace, unitSpace } from './knownSurrogate.ts'

const importanceOf = (surrogate: Surrogate, space: SearchSpace, rest: Partial<ImportanceSettings> = {}) => {
  const [output] = importance([surrogate], space, { ...defaultImportanceSettings, seed: 1, ...rest })
  if (!output) throw new Error('one surrogate has one answer')
  return output
}
const valuesOf = ({ parameters }: OutputImportance, order: 'firstOrder' | 'total'): number[] =>
  parameters.map((parameter) => parameter[order].value)
const expectNear = (actual: readonly number[], expected: readonly number[], tolerance: number): void => {
  expect(actual).toHaveLength(expected.length)
  for (const [index, value] of expected.entries())
    expect(Math.abs((actual[index] ?? NaN) - value)).toBeLessThan(tolerance)
}

describe('importance of known functions', () => {
  // Ishigami & Homma 1990, a = 7, b = 0.1, x in [-pi, pi]^3: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2.
  const ishigami = knownSurrogate((unit) => {
    const [x1 = 0, x2 = 0, x3 = 0] = unit.map((coordinate) => (2 * coordinate - 1) * Math.PI)
    return Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1)
  }, 3)
  const variance = 49 / 8 + (0.1 * Math.PI ** 4) / 5 + (0.01 * Math.PI ** 8) / 18 + 0.5
  const alone = [0.5 * (1 + (0.1 * Math.PI ** 4) / 5) ** 2, 49 / 8, 0].map((part) => part / variance)
  const interaction = ((8 / 225) * 0.01 * Math.PI ** 8) / variance
  const withInteractions = [(alone[0] ?? 0) + interaction, alone[1] ?? 0, interaction]

  it("has Ishigami's indices", () => {
    const found = importanceOf(ishigami, unitSpace(3))
    expect(found.variance / variance).toBeCloseTo(1, 1)
    expectNear(valuesOf(found, 'firstOrder'), alone, 0.03)
    expectNear(valuesOf(found, 'total'), withInteractions, 0.03)
  })

  it("has Ishigami's indices of groups, exchanged as a whole", () => {
    const groups = [
      { group: 'swing', parameters: ['x1', 'x3'] },
      { group: 'square', parameters: ['x2'] },
    ]
    const [found] = importance([ishigami], unitSpace(3), { ...defaultImportanceSettings, seed: 1 }, groups)
    const swing = (alone[0] ?? 0) + interaction
    expect(found?.groups.map(({ group }) => group)).toEqual(['swing', 'square'])
    expectNear(found?.groups.map(({ firstOrder }) => firstOrder.value) ?? [], [swing, alone[1] ?? 0], 0.03)
    expectNear(found?.groups.map(({ total }) => total.value) ?? [], [swing, alone[1] ?? 0], 0.03)
    // The indices of single ones stay as they are without groups.
    expect(found?.parameters).toEqual(importanceOf(ishigami, unitSpace(3)).parameters)
  })

  it('comes nearer with more points', () => {
    const found = importanceOf(ishigami, unitSpace(3), { points: 8192 })
    expectNear(valuesOf(found, 'firstOrder'), alone, 0.006)
    expectNear(valuesOf(found, 'total'), withInteractions, 0.006)
  })

  it("has the g-function's indices (Saltelli & Sobol 1995)", () => {
    const a = [0, 1, 4.5, 9, 99]
    const g = knownSurrogate(
      (unit) =>
        unit.reduce(
          (product, u, index) => (product * (Math.abs(4 * u - 2) + (a[index] ?? 0))) / (1 + (a[index] ?? 0)),
          1,
        ),
      a.length,
    )
    const parts = a.map((ai) => 1 / (3 * (1 + ai) ** 2))
    const whole = parts.reduce((product, part) => product * (1 + part), 1) - 1
    const found = importanceOf(g, unitSpace(a.length), { points: 4096 })
    expectNear(
      valuesOf(found, 'firstOrder'),
      parts.map((part) => part / whole),
      0.015,
    )
    expectNear(
      valuesOf(found, 'total'),
      parts.map((part) => (part * (whole + 1)) / (1 + part) / whole),
      0.015,
    )
  })

  it('states an error that covers the truth, and the same answer for the same seed', () => {
    const covered: boolean[] = []
    for (let seed = 0; seed < 20; seed++) {
      const found = importanceOf(ishigami, unitSpace(3), { seed, points: 256 })
      for (const [index, { firstOrder, total }] of found.parameters.entries()) {
        const within = ({ value, standardError }: Estimate, truth = 0): boolean =>
          Math.abs(value - truth) <= 2 * standardError
        covered.push(within(firstOrder, alone[index]), within(total, withInteractions[index]))
      }
    }
    expect(covered.filter(Boolean).length / covered.length).toBeGreaterThan(0.93)
    expect(importanceOf(ishigami, unitSpace(3))).toEqual(importanceOf(ishigami, unitSpace(3)))
  })
})

describe('importance in mixed spaces', () => {
  it('sees integers and choices at their own places, and a condition as an interaction of what decides', () => {
    // Depth counts only where kind is deep; it has four values, evenly spread over the unit interval.
    const coordinates = new Set<string>()
    const surrogate = knownSurrogate(([kind = 0, depth = 0, colour = 0]) => {
      coordinates.add(`${kind} ${depth} ${colour}`)
      return depth
    }, 4)
    const found = importanceOf(surrogate, mixedSpace, { points: 4096 })
    expect([...new Set([...coordinates].map((text) => Number(text.split(' ')[0])))].sort()).toEqual([0.25, 0.75])
    expect([...new Set([...coordinates].map((text) => Number(text.split(' ')[1])))].sort()).toEqual([
      0.125, 0.375, 0.5, 0.625, 0.875,
    ])
    expect(
      [...coordinates].filter((text) => text.startsWith('0.25 ')).every((text) => text.startsWith('0.25 0.5 ')),
    ).toBe(true)
    // Half of the time the function is 1/2, half of the time the depth's coordinate d, of mean 1/2 and variance v:
    // E(f | depth) = 1/4 + d/2 has the variance v/4, all of f v/2; E(f | kind) is 1/2 in both cases.
    expectNear(valuesOf(found, 'firstOrder'), [0, 0.5, 0, 0], 0.03)
    expectNear(valuesOf(found, 'total'), [0.5, 1, 0, 0], 0.03)
  })

  it('is none for what is constant, whatever rounding makes of it', () => {
    const found = importanceOf(
      knownSurrogate(([u = 0]) => 1 + 1e-12 * Math.sin(1e6 * u), 4),
      mixedSpace,
    )
    expect(found.variance).toBe(0)
    expect([...valuesOf(found, 'firstOrder'), ...valuesOf(found, 'total')]).toEqual(Array.from({ length: 8 }, () => 0))
    expect(found.parameters[0]?.total).toEqual({ value: 0, standardError: 0, pointError: 0, modelError: null })
  })

  it('refuses a space with more parameters than there are Sobol points for', () => {
    expect(() =>
      importanceOf(
        knownSurrogate(() => 0, 65),
        unitSpace(65),
      ),
    ).toThrow('at most 128 dimensions')
  })
})

describe('uncertainty of the model', () => {
  it('is the spread over functions drawn from the posterior', () => {
    // Drawn functions are x1 + w x2 with w = 0 or 2: S2 = w^2 / (1 + w^2) is 0 or 0.8.
    const drawn = knownSurrogate(([x1 = 0, x2 = 0]) => x1 + x2, 2, {
      sample: (seed, points) => {
        const weight = createGenerator(seed).below(2) * 2
        return Float64Array.from(
          { length: points.length / 2 },
          (_, row) => (points[2 * row] ?? 0) + weight * (points[2 * row + 1] ?? 0),
        )
      },
    })
    const [, second] = importanceOf(drawn, unitSpace(2)).parameters
    expect(second?.firstOrder.value).toBeCloseTo(0.5, 1)
    expect(second?.firstOrder.modelError).toBeGreaterThan(0.3)
    expect(second?.firstOrder.modelError).toBeLessThan(0.45)
    expect(second?.firstOrder.standardError).toBeCloseTo(
      Math.hypot(second?.firstOrder.pointError ?? NaN, second?.firstOrder.modelError ?? NaN),
      12,
    )
  })
})
