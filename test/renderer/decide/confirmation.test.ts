import { describe, expect, it } from 'vitest'
import { confirmationEstimateMs, type ConfirmedRow } from '../../../src-renderer/decide/confirmedRows.ts'
import { confirmationPlot, confirmedWords, valueRange } from '../../../src-renderer/decide/confirmationPlot.ts'
import { roundNumbers } from '../../../src-renderer/charts/axes.ts'
import { markKind } from '../../../src-renderer/charts/marks.ts'
import { complete } from '../../core/progress/fixtures.ts'

describe('the axis of a confirmation', () => {
  const row: ConfirmedRow = {
    trial: 1,
    planned: 2,
    failed: 0,
    accuracies: [0.8, 0.9],
    values: [0.8, 0.9],
    mean: 0.85,
    standardDeviation: 0.07,
    interval: { low: 0.2, high: 1.5 },
    feasibleShare: 1,
    searched: 0.95,
  }

  it('holds every run, the search and the interval, within what an accuracy can be', () => {
    expect(valueRange([row], 'accuracy')).toEqual({ low: expect.closeTo(0.12, 10) as number, high: 1 })
    expect(valueRange([], 'accuracy')).toEqual({ low: 0, high: 1 })
  })

  it('is of a plot with each mean at its trial, hollow where a run broke a constraint, none before the first run', () => {
    const others = [
      { ...row, trial: 7, feasibleShare: 0.5 },
      { ...row, trial: 9, mean: null, interval: null, values: [] },
    ]
    const { x, marks } = confirmationPlot([row, ...others], 'accuracy')
    expect(x.categories).toEqual(['Trial 1', 'Trial 7', 'Trial 9'])
    expect([...(marks?.numbers ?? [])]).toEqual([1, 7, 9])
    expect([...(marks?.kinds ?? [])].slice(0, 2).map(markKind)).toEqual(['feasible', 'infeasible'])
    expect([...(marks?.y ?? [])]).toEqual([0.85, 0.85, NaN])
    expect(confirmedWords(others[1], 'accuracy')).toEqual(['Trial 9, 0 of 2 runs', 'in the search 0.9500'])
  })

  it('has round ticks inside', () => {
    expect(roundNumbers(0.83, 0.91, 5)).toEqual([0.84, 0.86, 0.88, 0.9])
    expect(roundNumbers(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  })
})

describe('the estimate of a confirmation', () => {
  it('trains in rounds of as many networks as there are workers', () => {
    const trials = [complete(0, 0.8, 0, 4000), complete(1, 0.9, 0, 2000)]
    expect(confirmationEstimateMs(trials, [0, 1], 5, 4)).toBe(3 * 3000)
    expect(confirmationEstimateMs(trials, [7], 5, 4)).toBeNull()
  })
})
