import { describe, expect, it } from 'vitest'
import { diagnose } from '../../../src-core/diagnostics/diagnosis.ts'
import { surrogatesOf } from '../../../src-core/diagnostics/surrogateModels.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { knownDefinition, knownOutcome, knownSpace, knownTrials, observationsOf, seenOf } from './knownTrials.ts'

const trials = knownTrials(knownSpace, 60, knownOutcome)
const observations = observationsOf(knownDefinition, trials)
const surrogates = surrogatesOf(knownDefinition, observations, numericKernel())
const seen = { ...seenOf(trials), observations }
const settings = { map: null, average: false, resolution: 6 }
const diagnosis = diagnose(knownDefinition, seen, surrogates, settings)

describe('a diagnosis', () => {
  it('finds what matters to each output of a known function', () => {
    const totals = diagnosis.importance.map(({ parameters }) =>
      Object.fromEntries(parameters.map(({ parameter, total }) => [parameter, total.value])),
    )
    const [objective, constraint] = totals
    expect(objective?.['size']).toBeGreaterThan(0.5)
    expect(objective?.['noise']).toBeLessThan(0.05)
    expect(objective?.['threshold']).toBeLessThan(0.05)
    expect(constraint?.['threshold']).toBeGreaterThan(0.4)
    expect(constraint?.['decoder']).toBeGreaterThan(0.2)
    expect(constraint?.['size']).toBeLessThan(0.05)
    for (const { parameters } of diagnosis.importance) {
      for (const { total } of parameters) expect(total.modelError).not.toBeNull()
    }
  })

  it('looks at the trials of a grid themselves, and at no others', () => {
    expect(diagnosis.variance).toEqual([])
    const grid = { ...knownDefinition, optimiser: { type: 'grid' as const, points: 3, parameters: {} } }
    const { variance } = diagnose(grid, seen, surrogates, settings)
    expect(variance.map(({ output, trials: count }) => [output, count])).toEqual([
      ['objective', 60],
      ['silence:excitatory', 60],
    ])
    expect(variance[0]?.effects.map(({ parameter }) => parameter)).toEqual(Object.keys(knownSpace))
  })

  it('takes known standard errors of the trials of a grid for their noise', () => {
    const grid = { ...knownDefinition, optimiser: { type: 'grid' as const, points: 3, parameters: {} } }
    const errorAt = (error: number) => {
      const known = observations.map(({ trial, point, objective, constraints, failed, violation }) => ({
        ...{ trial, objective, constraints, failed, violation },
        // A grid has each level more than once.
        point: point.map((place) => Math.round(2 * place) / 2),
        standardErrors: { objective: error, constraints: [error] },
      }))
      const { variance } = diagnose(grid, { ...seen, observations: known }, surrogates, settings)
      return variance[0]?.effects[0]?.share.standardError ?? NaN
    }
    expect(errorAt(0.1)).toBeGreaterThan(errorAt(0.001))
  })

  it('maps feasibility over the two parameters that matter to the constraint, about the best trial', () => {
    const { map, place } = diagnosis.feasibility ?? {}
    expect([map?.x.parameter, map?.y.parameter]).toEqual(['threshold', 'decoder'])
    expect(place?.kind).toBe('trial')
    const [all, , bigrams] = map?.probability ?? []
    // Feasible up to a threshold of -54, or -64 with bigrams; cells are 3.33 mV wide.
    expect(all?.map((value) => Math.round(value ?? NaN))).toEqual([1, 1, 1, 1, 1, 0])
    expect(bigrams?.map((value) => Math.round(value ?? NaN))).toEqual([1, 1, 0, 0, 0, 0])
  })

  it('maps what it is asked for, averaged over the space too', () => {
    const { feasibility } = diagnose(knownDefinition, seen, surrogates, {
      map: { x: 'size', y: 'threshold' },
      average: true,
      resolution: 6,
    })
    expect(feasibility?.place).toEqual({ kind: 'average', points: 64 })
    // Two of three decoders are feasible between -64 and -54.
    expect(feasibility?.map.probability[3]?.[2]).toBeCloseTo(2 / 3, 1)
  })

  it('is the same again, and can be sent to another thread', () => {
    expect(structuredClone(diagnosis)).toEqual(diagnose(knownDefinition, seen, surrogates, settings))
  })

  it('has no map without constraints', () => {
    const [objective] = surrogates
    if (!objective) throw new Error('no objective')
    expect(diagnose(knownDefinition, seen, [objective], settings).feasibility).toBeNull()
  })
})
