import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelSpace } from '../../../src-core/space/modelSpace.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { sampleConfiguration } from '../../../src-core/space/space.ts'
import { arbitrarySpace, probabilitiesFor } from './arbitrarySpace.ts'

const space: SearchSpace = {
  decoder: { type: 'categorical', choices: ['all', 'vote', 'log'] },
  neurons: { type: 'integer', low: 10, high: 13, sampler: 'uniform' },
  norm: { type: 'real', low: 1, high: 100, sampler: 'log-uniform' },
  penalty: { type: 'real', low: 0, high: 1, sampler: 'uniform', when: { decoder: ['log'] } },
}
const model = new ModelSpace(space)

const columnsAt = (...coordinates: number[]): number[] => {
  const point = Float64Array.from(coordinates)
  model.snap(point)
  return Array.from(model.encodeAll([point]))
}

describe('ModelSpace', () => {
  it('has a column for each choice, and one lengthscale for them', () => {
    expect(model.columns).toEqual({ groups: [0, 0, 0, 1, 2, 3], groupCount: 4 })
  })

  it('makes two choices 1 apart, whichever they are', () => {
    const choices = [0.1, 0.5, 0.9].map((unit) => columnsAt(unit, 0.5, 0.5, 0.5).slice(0, 3))
    for (const [index, a] of choices.entries()) {
      for (const b of choices.slice(index + 1)) {
        expect(Math.hypot(...a.map((value, column) => value - (b[column] ?? NaN)))).toBeCloseTo(1, 12)
      }
    }
  })

  it('is flat between integers', () => {
    expect(columnsAt(0.1, 0.26, 0.5, 0.5)).toEqual(columnsAt(0.1, 0.49, 0.5, 0.5))
    expect(columnsAt(0.1, 0.26, 0.5, 0.5)).not.toEqual(columnsAt(0.1, 0.51, 0.5, 0.5))
  })

  it('does not see what does not apply', () => {
    expect(columnsAt(0.1, 0.5, 0.5, 0.2)).toEqual(columnsAt(0.1, 0.5, 0.5, 0.9))
    expect(columnsAt(0.9, 0.5, 0.5, 0.2)).not.toEqual(columnsAt(0.9, 0.5, 0.5, 0.9))
  })

  it('has the configuration of a snapped point, and the point of a configuration, in any space, seed 60', () => {
    fc.assert(
      fc.property(
        arbitrarySpace.chain((space) => fc.tuple(fc.constant(space), probabilitiesFor(space))),
        ([space, probabilities]) => {
          const model = new ModelSpace(space)
          const point = Float64Array.from(probabilities)
          const before = model.configurationOf(point)
          model.snap(point)
          const again = point.slice()
          model.snap(again)
          for (const [index, coordinate] of again.entries()) expect(coordinate).toBeCloseTo(point[index] ?? NaN, 9)
          // Rounding on a scale may move a real value by a hair.
          const after = model.configurationOf(point)
          expect(Object.keys(after)).toEqual(Object.keys(before))
          for (const [name, value] of Object.entries(before)) {
            if (typeof value === 'string' || space[name]?.type === 'integer') expect(after[name]).toBe(value)
          }
          const back = model.pointOf(sampleConfiguration(space, probabilities))
          const snapped = back.slice()
          model.snap(snapped)
          for (const [index, coordinate] of snapped.entries()) expect(coordinate).toBeCloseTo(back[index] ?? NaN, 6)
        },
      ),
      { seed: 60 },
    )
  })
})
