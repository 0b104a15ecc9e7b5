import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionOrder } from '../../../src-core/space/condition.ts'
import { cardinality, configurationAt } from '../../../src-core/space/finiteSpace.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import {
  applicable,
  configurationFromUnit,
  sampleConfiguration,
  unitFromConfiguration,
  unitPoint,
} from '../../../src-core/space/space.ts'
import { validateConfiguration } from '../../../src-core/space/validateConfiguration.ts'
import { arbitraryFiniteSpace, arbitrarySpace, keyOf, probabilitiesFor } from './arbitrarySpace.ts'

/** A chain of conditions, written against its order: c applies with b = y, b with a = x. */
const chain: SearchSpace = {
  c: { type: 'real', low: 0, high: 1, sampler: 'uniform', when: { b: ['y'] } },
  b: { type: 'categorical', choices: ['y', 'n'], when: { a: ['x'] } },
  a: { type: 'categorical', choices: ['x', 'z'] },
  n: { type: 'integer', low: 1, high: 4, sampler: 'uniform' },
}

describe('conditions', () => {
  it('are decided before what they decide on', () => {
    expect(conditionOrder(chain)).toEqual({ order: ['a', 'b', 'c', 'n'] })
  })

  it('in a circle are found', () => {
    const circle: SearchSpace = {
      n: { type: 'integer', low: 1, high: 4, sampler: 'uniform', when: { a: ['x'] } },
      a: { type: 'categorical', choices: ['x'], when: { b: ['x'] } },
      b: { type: 'categorical', choices: ['x'], when: { a: ['x'] } },
    }
    expect(conditionOrder(circle)).toEqual({ cycle: ['a', 'b'] })
    expect(() => applicable(circle, {})).toThrow('conditions in a circle: a, b')
  })

  it('follows conditions as far as somebody writes them', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `p${index}`)
    const linked = (last: string): SearchSpace =>
      Object.fromEntries(
        names.map((name, index) => [
          name,
          { type: 'categorical', choices: ['x'], when: { [names[index + 1] ?? last]: ['x'] } },
        ]),
      )
    expect(conditionOrder(linked('elsewhere'))).toEqual({ order: [...names].reverse() })
    expect(conditionOrder(linked('p10'))).toEqual({ cycle: names.slice(10) })
  })

  it('pass on that a parameter does not apply', () => {
    expect([...applicable(chain, { a: 'x', b: 'y' })]).toEqual(['c', 'b', 'a', 'n'])
    expect([...applicable(chain, { a: 'x', b: 'n' })]).toEqual(['b', 'a', 'n'])
    expect([...applicable(chain, { a: 'z', b: 'y' })]).toEqual(['a', 'n'])
    expect([...applicable(chain, {})]).toEqual(['a', 'n'])
  })
})

describe('configurations and points', () => {
  it('leave out what does not apply, and keep the order of the space', () => {
    const at = (...coordinates: number[]) => Object.entries(configurationFromUnit(chain, unitPoint(coordinates)))
    expect(at(0.25, 0, 0, 0.5)).toEqual([
      ['c', 0.25],
      ['b', 'y'],
      ['a', 'x'],
      ['n', 3],
    ])
    expect(at(0.25, 0.5, 0, 0)).toEqual([
      ['b', 'n'],
      ['a', 'x'],
      ['n', 1],
    ])
    expect(at(0.25, 0, 1, 1)).toEqual([
      ['a', 'z'],
      ['n', 4],
    ])
  })

  it('place what does not apply in the middle', () => {
    expect(unitFromConfiguration(chain, { a: 'z', n: 1 })).toEqual([0.5, 0.5, 0.75, 0.125])
  })

  it('use the sampler to sample and the scale for points', () => {
    const space: SearchSpace = { rate: { type: 'real', low: 1, high: 100, sampler: 'log-uniform', scale: 'linear' } }
    expect(sampleConfiguration(space, [0.5]).rate).toBeCloseTo(10, 12)
    expect(configurationFromUnit(space, unitPoint([0.5]))).toEqual({ rate: 50.5 })
  })

  it('refuse what is no point of the space', () => {
    expect(() => unitPoint([0.5, 1.01])).toThrow('1.01 is no coordinate')
    expect(() => unitPoint([NaN])).toThrow('NaN is no coordinate')
    expect(() => configurationFromUnit(chain, unitPoint([0.5]))).toThrow('1 coordinates for 4 parameters')
    expect(() => unitFromConfiguration(chain, { a: 'x' })).toThrow('b is nothing')
    expect(() => unitFromConfiguration(chain, { a: 'z', n: 'y' })).toThrow('n is y')
  })

  it('go there and back again in any space, seed 3', () => {
    const cases = arbitrarySpace.chain((space) => fc.tuple(fc.constant(space), probabilitiesFor(space)))
    fc.assert(
      fc.property(cases, ([space, probabilities]) => {
        for (const configuration of [
          sampleConfiguration(space, probabilities),
          configurationFromUnit(space, unitPoint(probabilities)),
        ]) {
          expect(validateConfiguration(space, configuration)).toEqual([])
          expect([...applicable(space, configuration)]).toEqual(Object.keys(configuration))
          const back = configurationFromUnit(space, unitFromConfiguration(space, configuration))
          expect(Object.keys(back)).toEqual(Object.keys(configuration))
          for (const [name, value] of Object.entries(configuration)) {
            const parameter = space[name]
            if (parameter?.type === 'real') {
              expect(Math.abs((back[name] as number) - (value as number))).toBeLessThanOrEqual(
                1e-8 * Math.abs(parameter.high) + 1e-8,
              )
            } else expect(back[name]).toBe(value)
          }
        }
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})

describe('validateConfiguration', () => {
  it('accepts a configuration of the space', () => {
    expect(validateConfiguration(chain, { a: 'x', b: 'y', c: 0.5, n: 4 })).toEqual([])
    expect(validateConfiguration(chain, { a: 'z', n: 1 })).toEqual([])
  })

  it('names every value that is missing, superfluous or not allowed', () => {
    expect(validateConfiguration(chain, { a: 'x', b: 'maybe', c: 0.5, n: 2.5, d: 1 })).toEqual([
      { name: 'c', found: '0.5', allowed: 'nothing, as it does not apply here' },
      { name: 'd', found: '1', allowed: 'c, b, a, n' },
      { name: 'b', found: 'maybe', allowed: 'y, n' },
      { name: 'n', found: '2.5', allowed: 'a whole number from 1 to 4' },
    ])
    expect(validateConfiguration(chain, { a: 'x', b: 'y', c: 1.5 })).toEqual([
      { name: 'c', found: '1.5', allowed: 'a number from 0 to 1' },
      { name: 'n', found: 'nothing', allowed: 'a whole number from 1 to 4' },
    ])
    expect(validateConfiguration(chain, { a: 'z', n: NaN })).toHaveLength(1)
    expect(validateConfiguration(chain, { a: 1, n: 1, toString: 1 })).toHaveLength(2)
  })
})

describe('finite spaces', () => {
  it('are counted with their conditions', () => {
    const finite = Object.fromEntries(Object.entries(chain).filter(([name]) => name !== 'c'))
    // a = z alone, or a = x with one of two b; each with four n.
    expect(cardinality(finite)).toBe(3 * 4)
    expect(cardinality(chain)).toBe(Infinity)
    expect(cardinality({})).toBe(1)
    expect(configurationAt({}, 0)).toEqual({})
    expect(() => configurationAt(finite, 12)).toThrow('no configuration 12 of 12')
    expect(() => configurationAt(chain, 0)).toThrow('no configuration 0 of Infinity')
  })

  it('have a number for every configuration, and no other, seed 4', () => {
    const cases = arbitraryFiniteSpace.chain((space) =>
      fc.tuple(fc.constant(space), fc.array(probabilitiesFor(space), { minLength: 20, maxLength: 20 })),
    )
    fc.assert(
      fc.property(cases, ([space, drawn]) => {
        const all = Array.from({ length: cardinality(space) }, (_, number) => configurationAt(space, number))
        expect(all.flatMap((configuration) => validateConfiguration(space, configuration))).toEqual([])
        const keys = new Set(all.map(keyOf))
        expect(keys.size).toBe(all.length)
        for (const probabilities of drawn) expect(keys).toContain(keyOf(sampleConfiguration(space, probabilities)))
      }),
      { seed: 4 },
    )
  })
})
