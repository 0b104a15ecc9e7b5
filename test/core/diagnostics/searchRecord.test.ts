import { describe, expect, it } from 'vitest'
import { continuedRecord, emptyRecord, regionBox, searchRecord } from '../../../src-core/diagnostics/searchRecord.ts'
import { nativeScale } from '../../../src-core/diagnostics/surrogateModels.ts'
import { compressed } from '../../../src-core/gaussianProcess/transforms.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'

const fit = (told: number, lengthscales: number[]) => ({
  told,
  models: { objective: { lengthscales, outputScale: 1, noiseVariance: 0.1 } },
})
const region = (told: number, ofFit: ReturnType<typeof fit>) => ({
  optimiser: 'scbo',
  phase: 'region',
  told,
  life: 0,
  generation: 0,
  length: 0.8,
  successes: 0,
  failures: 1,
  centre: 0,
  centreFeasible: true,
  candidates: 100,
  feasible: true,
  sampled: { objective: 1, constraints: {} },
  source: 'candidate',
  fit: ofFit,
})
const initial = { optimiser: 'scbo', phase: 'initial', told: 0, life: 0, point: 0 }
const trials = [
  { number: 0, explanation: initial },
  { number: 1, explanation: { optimiser: 'random' } },
  { number: 2, explanation: region(2, fit(2, [1, 1])) },
  { number: 3, explanation: region(3, fit(2, [1, 1])) },
  { number: 4, explanation: region(4, fit(4, [0.5, 2])) },
]

describe('what the optimiser said of its trials', () => {
  it('has every fit once, and says with which one each trial was asked', () => {
    const { asked, fittedAt, fits, without } = searchRecord(trials)
    expect(asked.map(({ trial }) => trial)).toEqual([0, 2, 3, 4])
    expect(fittedAt).toEqual([null, 2, 2, 4])
    expect(fits.map(({ told }) => told)).toEqual([2, 4])
    expect(without).toBe(1)
  })

  it('is the same read in parts', () => {
    const parts = [trials.slice(0, 3), trials.slice(3, 4), trials.slice(4)]
    expect(parts.reduce((record, part) => continuedRecord(record, searchRecord(part)), emptyRecord)).toEqual(
      searchRecord(trials),
    )
  })
})

describe('the box of a trust region', () => {
  const space: SearchSpace = {
    a: { type: 'real', low: 0, high: 10, sampler: 'uniform' },
    b: { type: 'real', low: 0, high: 10, sampler: 'uniform' },
  }

  it('is a cube without lengthscales, and as long as these are in proportion', () => {
    expect(regionBox(space, { a: 5, b: 5 }, 0.4, null)).toMatchObject({ low: [0.3, 0.3], high: [0.7, 0.7] })
    const { low, high } = regionBox(space, { a: 5, b: 5 }, 0.4, fit(4, [0.5, 2]))
    const sides = low.map((from, index) => (high[index] ?? 0) - from)
    expect(sides[0]).toBeCloseTo(0.2)
    expect(sides[1]).toBeCloseTo(0.8)
  })

  it('ends at the ends of the ranges', () => {
    const { low, high } = regionBox(space, { a: 0, b: 10 }, 0.4, null)
    expect(low[0]).toBe(0)
    expect(high[1]).toBe(1)
  })
})

describe('the way back from a model’s units', () => {
  it('gives each observation back, and goes on straight beyond the best', () => {
    const values = [0.1, 0.5, 0.7, 0.8, 0.9]
    const { targets, apply } = compressed(values)
    const back = nativeScale(targets, values)
    for (const value of values) expect(back(apply(value))).toBeCloseTo(value)
    expect(back(apply(0.95))).toBeCloseTo(0.95)
    expect(back(apply(0.75))).toBeCloseTo(0.75)
  })

  it('knows one value where only one was seen', () => {
    expect(nativeScale([0, 0], [0.3, 0.3])(2)).toBe(0.3)
    expect(nativeScale([], [])(0)).toBeNaN()
  })
})
