import { describe, expect, it } from 'vitest'
import { noAnnotation, type TrialRow } from '../../../src-core/progress/readModel.ts'
import {
  finalQuartiles,
  groupCurve,
  quartilesOf,
  targetReport,
  usualTarget,
} from '../../../src-core/studyComparison/groupCurve.ts'
import { bestAt, costToReach, finalBest, type StudyCurve } from '../../../src-core/studyComparison/studyCurve.ts'
import { complete, row, stopped } from '../progress/fixtures.ts'
import { curveOf } from './curves.ts'

describe('the curve of a study', () => {
  it('rises at each new best feasible trial, at what the study had cost by then', () => {
    const curve = curveOf(
      [
        complete(0, 0.5),
        complete(1, 0.9, 0.1),
        row(2, { state: 'failed', worker: 'a', durationMs: 500 }),
        complete(3, 0.4),
        complete(4, 0.7),
        complete(5, 0.7),
        stopped(6, 0.95),
      ],
      { elapsedMs: 9000 },
    )
    expect([...curve.steps.trial]).toEqual([0, 4])
    expect([...curve.steps.objective]).toEqual([0.5, 0.7])
    expect([...curve.steps.trials]).toEqual([1, 5])
    expect([...curve.steps['worker-time']]).toEqual([1000, 4500])
    expect([...curve.steps['wall-time']]).toEqual([1000, 5000])
    expect([...curve.feasible]).toEqual([0.4, 0.5, 0.7, 0.7])
    expect(curve.total).toEqual({ trials: 7, trainings: 7, 'worker-time': 5600, 'wall-time': 9000 })
  })

  it('counts replicates as trainings, copies as known from the beginning, and what is left out as spent and never best', () => {
    const replicates = { trained: 3, objectiveStandardError: 0.01, constraintStandardErrors: [] }
    const left: Partial<TrialRow> = { annotation: { ...noAnnotation, excluded: true } }
    const curve = curveOf([
      { ...complete(0, 0.6), copiedFrom: { study: 'other', number: 7 } },
      { ...complete(1, 0.9), replicates, ...left },
      { ...complete(2, 0.7), replicates },
      row(3, { state: 'failed', worker: null, durationMs: null }),
    ])
    expect(curve.copied).toBe(1)
    expect([...curve.steps.trainings]).toEqual([0, 6])
    expect([...curve.steps.trial]).toEqual([0, 2])
    expect(curve.total).toMatchObject({ trials: 2, trainings: 6, 'worker-time': 2000 })
  })

  it('is looked up at a cost, and by a target, which rounding does not hide', () => {
    const below = 0.1 + 0.7
    expect(below).toBeLessThan(0.8)
    const curve = curveOf([complete(0, 0.5), complete(1, 0.4), complete(2, below)])
    expect([0, 1, 2, 3, 99].map((at) => bestAt(curve, 'trials', at))).toEqual([-Infinity, 0.5, 0.5, below, below])
    expect(finalBest(curve)).toBe(below)
    expect([0.5, 0.51, 0.8, 0.81].map((target) => costToReach(curve, 'trials', target))).toEqual([1, 3, 3, null])
    expect(finalBest(curveOf([complete(0, 0.9, 0.1)]))).toBe(-Infinity)
  })
})

/** Best after each trial, of trials that are all feasible. */
const rising = (...objectives: number[]): StudyCurve =>
  curveOf(objectives.map((objective, number) => complete(number, objective)))

describe('a group', () => {
  it('has R’s quartiles of the best values at each cost, as far as its shortest study goes', () => {
    const group = groupCurve(
      [rising(0.1, 0.2, 0.9), rising(0.3, 0.3), rising(0.2, 0.6, 0.7), rising(0.4, 0.4, 0.4)],
      'trials',
    )
    expect([...group.x]).toEqual([1, 2])
    expect(group.end).toBe(2)
    // quantile(c(.1, .2, .3, .4)) and quantile(c(.2, .3, .4, .6)) in R
    expect([...group.lower]).toEqual([expect.closeTo(0.175), expect.closeTo(0.275)])
    expect([...group.median]).toEqual([expect.closeTo(0.25), expect.closeTo(0.35)])
    expect([...group.upper]).toEqual([expect.closeTo(0.325), expect.closeTo(0.45)])
  })

  it('takes a study without a feasible trial as worse than any, never as left out', () => {
    const nothing = curveOf([complete(0, 0.9, 1), complete(1, 0.9, 1)])
    const group = groupCurve([nothing, rising(0.2, 0.4), rising(0.6, 0.8)], 'trials')
    expect([...group.lower]).toEqual([-Infinity, -Infinity])
    expect([...group.median]).toEqual([0.2, 0.4])
    expect(finalQuartiles([nothing, rising(0.5)])).toEqual({ lower: -Infinity, median: -Infinity, upper: -Infinity })
    expect(quartilesOf([Infinity, 1, 2])).toEqual({ lower: 1.5, median: 2, upper: Infinity })
  })

  it('counts a study that never comes to the target as not having reached it', () => {
    const curves = [rising(0.1, 0.9), rising(0.9), rising(0.1, 0.2)]
    expect(targetReport(curves, 'trials', 0.9)).toEqual({
      reached: 2,
      of: 3,
      costs: { lower: 1.5, median: 2, upper: Infinity },
    })
    expect(targetReport(curves, 'trials', 1).costs.median).toBe(Infinity)
  })

  it('sets the target that at least half of the studies of every group came to', () => {
    expect(
      usualTarget([
        [rising(0.9), rising(0.7)],
        [rising(0.8), rising(0.6), rising(0.95)],
      ]),
    ).toBe(0.8)
    expect(usualTarget([[rising(0.9)], [curveOf([complete(0, 0.9, 1)])]])).toBe(0.9)
    expect(usualTarget([[curveOf([])]])).toBeNull()
  })
})
