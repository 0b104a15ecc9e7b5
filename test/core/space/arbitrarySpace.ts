import fc from 'fast-check'
import type { Configuration, Parameter, SearchSpace } from '../../../src-core/space/parameter.ts'

const sampler = fc.constantFrom('uniform', 'log-uniform', 'reversed-log-uniform')
const scale = fc.option(fc.constantFrom('linear', 'log', 'reversed-log'), { nil: undefined })

const numbers = (type: 'real' | 'integer', low: fc.Arbitrary<number>, width: fc.Arbitrary<number>) =>
  fc.record({ low, width, sampler, scale }).map(({ low, width, sampler, scale }): Parameter => {
    const logarithmic = sampler !== 'uniform' || (scale !== undefined && scale !== 'linear')
    const from = logarithmic ? Math.abs(low) + (type === 'real' ? 1e-4 : 1) : low
    return { type, low: from, high: from + width, sampler, ...(scale && { scale }) }
  })

const real = numbers(
  'real',
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
)
const integer = (widest: number) =>
  numbers('integer', fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: widest }))
const categorical = fc
  .integer({ min: 1, max: 4 })
  .map((count): Parameter => ({ type: 'categorical', choices: ['a', 'b', 'c', 'd'].slice(0, count) }))

/** Spaces with conditions on categorical parameters before or behind, themselves conditional or not. */
const spaceOf = (parameter: fc.Arbitrary<Parameter>, most: number): fc.Arbitrary<SearchSpace> => {
  const conditions = fc.array(fc.option(fc.tuple(fc.nat(), fc.nat())), { minLength: most, maxLength: most })
  return fc
    .tuple(fc.array(parameter, { minLength: 1, maxLength: most }), conditions, fc.boolean())
    .map(([parameters, chosen, turned]) => {
      const named = parameters.map((parameter, index): [string, Parameter] => {
        const before = parameters.slice(0, index).flatMap((other, at) => (other.type === 'categorical' ? [at] : []))
        const [which, how] = chosen[index] ?? [0, 0]
        const other = before[which % Math.max(1, before.length)]
        const decides = other === undefined ? undefined : parameters[other]
        if (!chosen[index] || decides?.type !== 'categorical') return [`p${index}`, parameter]
        const choices = decides.choices.filter((_, at) => ((how + 1) >> at) & 1)
        const when = { [`p${other}`]: choices.length > 0 ? choices : decides.choices }
        return [`p${index}`, { ...parameter, when }]
      })
      return Object.fromEntries(turned ? named.reverse() : named)
    })
}

export const arbitrarySpace = spaceOf(fc.oneof(real, integer(1000), categorical), 6)
/** At most a few hundred points. */
export const arbitraryFiniteSpace = spaceOf(fc.oneof(integer(3), categorical), 4)

export const probabilitiesFor = (space: SearchSpace): fc.Arbitrary<number[]> => {
  const count = Object.keys(space).length
  return fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: count, maxLength: count })
}

export const keyOf = (configuration: Configuration): string => JSON.stringify(Object.entries(configuration).sort())
