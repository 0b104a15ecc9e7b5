import { describe, expect, it } from 'vitest'
import { toTrialRow } from '../../../src-core/progress/trialRow.ts'
import { PlaceCache, placesOf, TrialAxes } from '../../../src-renderer/search/trialAxes.ts'
import { running } from '../../core/progress/fixtures.ts'
import { knownOutcome, knownSpace, knownTrials } from '../../core/diagnostics/knownTrials.ts'

const constraints = [{ name: 'silence:excitatory', layer: 'excitatory', alpha: 1, beta: 0.1 }]
const rows = knownTrials(knownSpace, 40, knownOutcome).map((trial) => toTrialRow(trial))

describe('the axes of trials', () => {
  it('have a running trial at what training has measured so far', () => {
    const axes = new TrialAxes().of(knownSpace, constraints, rows)
    const trial = running(9, 0, 0.5)
    if (trial.progress === null) throw new Error('a running trial has progress')
    const lastInterval = { epoch: 0, sample: 500, trainAccuracy: 0.5, nonSpiking: [40] }
    const looked = { ...trial, progress: { ...trial.progress, lastInterval } }
    const placesIn = (row: typeof trial) =>
      ['objective', 'silence:excitatory'].map((field) => {
        const axis = axes.find((one) => one.field === field)
        return axis === undefined ? null : placesOf([row], [axis], constraints)[0]
      })
    expect(placesIn(trial)).toEqual([NaN, NaN])
    const measured = { ...looked, state: 'complete', objective: 0.5 } as const
    const [objective] = placesIn({ ...measured, constraints: [{ name: 'silence:excitatory', value: -0.06 }] })
    expect(placesIn(looked)).toEqual([
      objective,
      expect.closeTo(0.04 / (axes.find(({ kind }) => kind === 'constraint')?.axis.max ?? NaN), 5),
    ])
  })

  it('are the same objects while their ends are, and the same however the trials came', () => {
    const step = new TrialAxes()
    const parts = [10, 11, 40].map((count) => step.of(knownSpace, constraints, rows.slice(0, count)))
    const ends = (axes: (typeof parts)[number] | undefined) =>
      axes?.map(({ field, axis }) => [field, axis.min, axis.max])
    expect(ends(parts[2])).toEqual(ends(new TrialAxes().of(knownSpace, constraints, rows)))
    expect(step.of(knownSpace, constraints, [...rows])).toBe(parts[2])
  })

  it('of a share end at 100 % at most, also where nearly all may be silent', () => {
    const lax = [{ name: 'silence:population', layer: 'population', alpha: 1, beta: 0.95 }]
    const shares = new TrialAxes().of(knownSpace, lax, rows).find(({ kind }) => kind === 'constraint')
    expect([shares?.axis.min, shares?.axis.max, shares?.threshold]).toEqual([0, 1, 0.95])
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
