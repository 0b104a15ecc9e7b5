import { describe, expect, it } from 'vitest'
import type { ConstraintInfo } from '../../src-core/progress/readModel.ts'
import { latestFirst, nextSorting, sortTrials, tableColumns, visibleRows } from '../../src-renderer/model/trialTable.ts'
import { complete, row, running, stopped } from '../core/progress/fixtures.ts'

const constraint: ConstraintInfo = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
const columns = tableColumns([constraint])
const trials = [
  { ...complete(0, 0.5), constraints: [{ name: constraint.name, value: -0.01 }] },
  { ...complete(1, 0.9), constraints: [{ name: constraint.name, value: -0.04 }] },
  running(2, 0, 0.5),
  { ...stopped(3, 0.5), constraints: [{ name: constraint.name, value: 0.01 }] },
]
const order = (key: string, descending: boolean): number[] =>
  sortTrials(trials, columns, { key, descending }).map(({ number }) => number)

describe('the table of trials', () => {
  it('shows the latest first', () => {
    expect(order(latestFirst.key, latestFirst.descending)).toEqual([3, 2, 1, 0])
  })

  it('sorts by accuracy; what is not measured comes last either way, equal ones latest first', () => {
    expect(order('objective', true)).toEqual([1, 3, 0, 2])
    expect(order('objective', false)).toEqual([3, 0, 1, 2])
  })

  it('sorts by the share of a named constraint', () => {
    expect(order('silence:excitatory', false)).toEqual([1, 0, 3, 2])
  })

  it('turns the direction at the second click on a header', () => {
    const once = nextSorting(latestFirst, 'objective')
    expect(once).toEqual({ key: 'objective', descending: true })
    expect(nextSorting(once, 'objective')).toEqual({ key: 'objective', descending: false })
  })

  it('draws as many rows as fit, whatever their number', () => {
    const at = (scrollTop: number) => visibleRows(10_000, { scrollTop, height: 280, rowHeight: 28 })
    expect(at(0)).toEqual({ first: 0, last: 18 })
    expect(at(28_000)).toEqual({ first: 992, last: 1018 })
    expect(at(28 * 9990)).toEqual({ first: 9982, last: 10_000 })
    expect(visibleRows(3, { scrollTop: 0, height: 280, rowHeight: 28 })).toEqual({ first: 0, last: 3 })
  })

  it('sorts a waiting trial without failing on what it lacks', () => {
    expect(sortTrials([row(0), complete(1, 0.1)], columns, { key: 'duration', descending: true })[0]?.number).toBe(1)
  })
})
