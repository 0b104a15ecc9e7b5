import { describe, expect, it } from 'vitest'
import { type ConstraintInfo, noAnnotation } from '../../../src-core/progress/readModel.ts'
import {
  filterTrials,
  isFiltered,
  noFilter,
  restrictionsOf,
  sameFilter,
  type TrialFilter,
  trialFilterSchema,
  withCategories,
  withoutRestriction,
  withRange,
} from '../../../src-renderer/trials/trialFilter.ts'
import { complete, row, running, stopped } from '../../core/progress/fixtures.ts'

const constraint: ConstraintInfo = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
const trials = [
  { ...complete(0, 0.5), configuration: { mapSize: 100, decoder: 'all' } },
  {
    ...complete(1, 0.9, 0.02),
    configuration: { mapSize: 400, decoder: 'vote' },
    annotation: { ...noAnnotation, note: 'Looks Odd', tags: ['odd', 'look again'], pinned: true },
  },
  running(2, 0, 0.5),
  {
    ...stopped(3, 0.2),
    configuration: { mapSize: 200, decoder: 'all' },
    constraints: [{ name: constraint.name, value: 0.01 }],
    annotation: { ...noAnnotation, excluded: true },
  },
  row(4),
]
const passing = (filter: Partial<TrialFilter>): number[] =>
  filterTrials(trials, { ...noFilter, ...filter }, [constraint]).map(({ number }) => number)

describe('the filter of trials', () => {
  it('lets everything through, as the same array, when it restricts nothing', () => {
    expect(filterTrials(trials, noFilter, [])).toBe(trials)
  })

  it('restricts kinds, ranges of results and constraints, categories', () => {
    expect(passing({ kinds: ['infeasible', 'running'] })).toEqual([1, 2])
    expect(passing({ ranges: { objective: { low: 0.2, high: 0.5 } } })).toEqual([0, 3])
    expect(passing({ ranges: { 'silence:excitatory': { low: 0.05, high: 0.07 } } })).toEqual([3])
    expect(passing({ categories: { decoder: ['all'] }, ranges: { mapSize: { low: 150, high: 500 } } })).toEqual([3])
  })

  it('restricts to picked trials, tags, texts in notes and tags, pinned and not excluded ones', () => {
    expect(passing({ numbers: [4, 0, 77] })).toEqual([0, 4])
    expect(passing({ tags: ['odd', 'other'] })).toEqual([1])
    expect(passing({ text: ' looks' })).toEqual([1])
    expect(passing({ text: 'AGAIN' })).toEqual([1])
    expect(passing({ pinnedOnly: true })).toEqual([1])
    expect(passing({ withoutExcluded: true })).toEqual([0, 1, 2, 4])
  })

  it('names its restrictions, each of which can be taken away', () => {
    const all: TrialFilter = {
      ...withCategories(withRange(noFilter, 'mapSize', { low: 1, high: 2 }), 'decoder', ['all']),
      kinds: ['failed'],
      numbers: [1],
      tags: ['odd'],
      text: 'x',
      pinnedOnly: true,
      withoutExcluded: true,
    }
    const restrictions = restrictionsOf(all)
    expect(restrictions).toHaveLength(8)
    for (const restriction of restrictions) {
      expect(restrictionsOf(withoutRestriction(all, restriction))).toEqual(
        restrictions.filter((other) => other !== restriction),
      )
    }
    const none = restrictions.reduce(withoutRestriction, all)
    expect(none).toEqual(noFilter)
    expect(isFiltered(none)).toBe(false)
  })

  it('is the same filter whatever the order of its fields', () => {
    const a = withRange(withRange(noFilter, 'a', { low: 0, high: 1 }), 'b', { low: 0, high: 1 })
    const b = withRange(withRange(noFilter, 'b', { low: 0, high: 1 }), 'a', { low: 0, high: 1 })
    expect(sameFilter(a, b)).toBe(true)
    expect(sameFilter(a, withRange(b, 'a', { low: 0, high: 2 }))).toBe(false)
  })

  it('reads a filter that was saved before it knew tags', () => {
    expect(trialFilterSchema.parse({ kinds: null, ranges: {}, categories: {} })).toEqual(noFilter)
  })
})
