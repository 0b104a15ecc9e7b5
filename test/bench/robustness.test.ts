import { describe, expect, it } from 'vitest'
import { evaluateCase, histories, randomCase, styles } from '../../bench/scbo/randomCases.ts'
import { checkCase, checkCases } from '../../bench/scbo/robustness.ts'
import { createRandomSearch } from '../../src-core/optimiser/random.ts'
import { cardinality } from '../../src-core/space/finiteSpace.ts'

const cases = Array.from({ length: 400 }, (_, number) => randomCase(number))

describe('random spaces and histories', () => {
  it('hold every kind of trouble', () => {
    expect(new Set(cases.map(({ style }) => style))).toEqual(new Set(styles))
    expect(new Set(cases.map(({ history }) => history))).toEqual(new Set(histories))
    const parameters = cases.flatMap(({ space }) => Object.values(space))
    expect(parameters.some(({ when }) => when !== undefined)).toBe(true)
    expect(parameters.some((one) => one.type === 'categorical' && one.choices.length === 1)).toBe(true)
    expect(parameters.every((one) => one.type === 'categorical' || one.low < one.high)).toBe(true)
    expect(cases.filter(({ space }) => cardinality(space) < 20).length).toBeGreaterThan(5)
  })

  it('give values that are none of a number where they say so', () => {
    const odd = cases.filter(({ style }) => style === 'not finite')
    const objectives = odd.map((one) => evaluateCase(one, { p0: 1 }, one.number))
    expect(objectives.some((one) => one.kind === 'measured' && Number.isNaN(one.objective))).toBe(true)
  })

  it.each(['random', 'sobol'])('find no fault with %s search', (optimiser) => {
    const report = checkCases({ optimiser, first: 0, count: 400 })
    expect(report.faults).toEqual([])
    expect(report.exhausted).toBeGreaterThan(0)
  })

  it('find the faults that there are', () => {
    const infinite = randomCase(cases.findIndex(({ space }) => cardinality(space) === Infinity))
    const one = { ...infinite, space: { p: { type: 'integer', low: 1, high: 9, sampler: 'uniform' } } } as const
    const random = createRandomSearch(one.space, 1)
    const answering = (configuration: Record<string, number>) => () => ({
      ...random,
      ask: () => ({ kind: 'candidate' as const, configuration, explanation: {} }),
    })
    const quiet = { ...one, history: 'none' } as const
    expect(checkCase(quiet, answering({ p: 10 })).faults[0]).toContain('p is 10')
    expect(checkCase(quiet, answering({ p: NaN })).faults[0]).toContain('p is NaN')
    expect(checkCase(quiet, answering({ p: 4 })).faults[0]).toContain('asked again')
    const ending = () => ({ ...random, ask: () => ({ kind: 'exhausted' as const, reason: 'tired' }) })
    expect(checkCase(quiet, ending).faults[0]).toContain('ended after 0 of 9 points: tired')
    const throwing = () => {
      throw new Error('broken')
    }
    expect(checkCase(quiet, throwing).faults[0]).toContain('broken')
  })
})
