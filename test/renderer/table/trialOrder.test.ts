import { describe, expect, it } from 'vitest'
import type { ConstraintInfo, TrialRow } from '../../../src-core/progress/readModel.ts'
import { tableColumns } from '../../../src-renderer/table/columns.ts'
import { nextSorting, type Sorting, TrialOrder, latestFirst } from '../../../src-renderer/table/trialOrder.ts'
import { complete, row, running, stopped } from '../../core/progress/fixtures.ts'

const constraint: ConstraintInfo = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
const columns = tableColumns({
  constraints: [constraint],
  hyperparameters: ['mapSize', 'decoder'],
  metrics: [],
  space: {},
})
const trials = [
  { ...complete(0, 0.5), constraints: [{ name: constraint.name, value: -0.01 }] },
  { ...complete(1, 0.9), constraints: [{ name: constraint.name, value: -0.04 }] },
  running(2, 0, 0.5),
  { ...stopped(3, 0.5), constraints: [{ name: constraint.name, value: 0.01 }] },
]
const by = (key: string, descending: boolean): Sorting => [{ key, descending }]
const order = (sorting: Sorting, rows: readonly TrialRow[] = trials): number[] => [
  ...new TrialOrder().update(rows, columns, sorting),
]

/** Numbers that repeat for the seed, so that a failure can be looked into. */
const sequence = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
const drawn = (number: number, next: () => number): TrialRow => {
  const configuration = { mapSize: Math.floor(next() * 20), decoder: next() < 0.5 ? 'all' : 'vote' }
  if (next() < 0.2) return row(number, { configuration })
  return { ...complete(number, Math.floor(next() * 50) / 50, 0, Math.floor(next() * 1e6)), configuration }
}

describe('the order of the trial table', () => {
  it('shows the latest first', () => {
    expect(order(latestFirst)).toEqual([3, 2, 1, 0])
  })

  it('sorts by accuracy; what is not measured comes last either way, equal ones latest first', () => {
    expect(order(by('objective', true))).toEqual([1, 3, 0, 2])
    expect(order(by('objective', false))).toEqual([3, 0, 1, 2])
  })

  it('sorts by the share of a named constraint, and by state in the order of a life', () => {
    expect(order(by('silence:excitatory', false))).toEqual([1, 0, 3, 2])
    expect(order(by('state', false))).toEqual([2, 1, 0, 3])
  })

  it('sorts by a second column what is equal in the first', () => {
    const two: Sorting = [
      { key: 'objective', descending: false },
      { key: 'silence:excitatory', descending: false },
    ]
    expect(order(two)).toEqual([0, 3, 1, 2])
  })

  it('sorts a waiting trial without failing on what it lacks', () => {
    expect(order(by('duration', true), [row(0), complete(1, 0.1)])).toEqual([1, 0])
  })

  it('turns the direction at the second click; Shift adds, turns, takes away', () => {
    const once = nextSorting(latestFirst, 'objective', false)
    expect(once).toEqual(by('objective', true))
    expect(nextSorting(once, 'objective', false)).toEqual(by('objective', false))
    const two = nextSorting(once, 'duration', true)
    expect(two).toEqual([...by('objective', true), ...by('duration', true)])
    const turned = nextSorting(two, 'duration', true)
    expect(turned).toEqual([...by('objective', true), ...by('duration', false)])
    expect(nextSorting(turned, 'duration', true)).toEqual(once)
    expect(nextSorting(two, 'objective', false)).toEqual(once)
  })

  it.each([1, 2, 3])('has the same order after live updates as when sorted anew (seed %i)', (seed) => {
    const next = sequence(seed)
    const sorting: Sorting = [
      { key: 'decoder', descending: true },
      { key: 'mapSize', descending: false },
      { key: 'objective', descending: true },
    ]
    const live = new TrialOrder()
    let rows: readonly TrialRow[] = Array.from({ length: 400 }, (_, number) => drawn(number, next))
    live.update(rows, columns, sorting)
    for (let step = 0; step < 60; step += 1) {
      const gone = Math.floor(next() * rows.length)
      const changed = Math.floor(next() * rows.length)
      rows = [
        ...rows.map((trial, at) => (at === changed ? drawn(trial.number, next) : trial)).filter((_, at) => at !== gone),
        drawn(400 + step, next),
      ]
      const shown = step % 7 === 0 ? rows.filter(({ state }) => state === 'complete') : rows
      expect([...live.update(shown, columns, sorting)], `step ${String(step)}`).toEqual(order(sorting, shown))
      expect(live.row(400 + step)).toBe(shown.find(({ number }) => number === 400 + step))
    }
  })

  it('gives a new order where a row changes in its place', () => {
    const live = new TrialOrder()
    const rows = [row(0), row(1), row(2)]
    const before = live.update(rows, columns, latestFirst)
    const changed = row(1, { state: 'running' })
    const after = live.update(
      rows.map((trial) => (trial.number === 1 ? changed : trial)),
      columns,
      latestFirst,
    )
    expect(after).not.toBe(before)
    expect([...after]).toEqual([2, 1, 0])
    expect(live.row(1)).toBe(changed)
  })

  it('ranks a category that has not been there before', () => {
    const live = new TrialOrder()
    const sorting = by('decoder', false)
    const rows = Array.from({ length: 20 }, (_, at) =>
      row(at, { configuration: { decoder: at < 10 ? 'all' : 'vote' } }),
    )
    live.update(rows, columns, sorting)
    const more = [...rows, row(20, { configuration: { decoder: 'log' } })]
    expect([...live.update(more, columns, sorting)].indexOf(20)).toBe(10)
  })
})
