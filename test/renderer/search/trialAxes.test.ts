import { describe, expect, it } from 'vitest'
import { toTrialRow } from '../../../src-core/progress/trialRow.ts'
import { PlaceCache, placesOf, TrialAxes } from '../../../src-renderer/search/trialAxes.ts'
import { knownOutcome, knownSpace, knownTrials } from '../../core/diagnostics/knownTrials.ts'

const constraints = [{ name: 'silence:excitatory', layer: 'excitatory', alpha: 1, beta: 0.1 }]
const rows = knownTrials(knownSpace, 40, knownOutcome).map((trial) => toTrialRow(trial))

describe('the axes of trials', () => {
  it('are the same objects while their ends are, and the same however the trials came', () => {
    const step = new TrialAxes()
    const parts = [10, 11, 40].map((count) => step.of(knownSpace, constraints, rows.slice(0, count)))
    const ends = (axes: (typeof parts)[number] | undefined) =>
      axes?.map(({ field, axis }) => [field, axis.min, axis.max])
    expect(ends(parts[2])).toEqual(ends(new TrialAxes().of(knownSpace, constraints, rows)))
    expect(step.of(knownSpace, constraints, [...rows])).toBe(parts[2])
  })

  it('begin anew with another study', () => {
    const axes = new TrialAxes()
    axes.of(knownSpace, constraints, rows)
    const other = { size: knownSpace['size'] ?? { type: 'real', low: 0, high: 1, sampler: 'uniform' } } as const
    expect(axes.of(other, [], []).map(({ field }) => field)).toEqual(['size', 'duration', 'objective'])
  })

  it('hold each trial where the cache says, also after some have changed', () => {
    const axes = new TrialAxes().of(knownSpace, constraints, rows)
    const cache = new PlaceCache()
    cache.places(rows.slice(0, 30), axes, constraints)
    const moved = rows.map((row, index) => (index === 3 ? { ...row, objective: 0.123 } : row))
    expect(cache.places(moved, axes, constraints)).toEqual(placesOf(moved, axes, constraints))
    const fewer = moved.slice(5)
    expect(cache.places(fewer, axes, constraints)).toEqual(placesOf(fewer, axes, constraints))
  })
})
