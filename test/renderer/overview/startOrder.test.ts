import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { StartOrder } from '../../../src-renderer/overview/startOrder.ts'
import { mergeTrials } from '../../../src-renderer/trials/studyView.ts'
import { complete, row } from '../../core/progress/fixtures.ts'

describe('the order in which trials began', () => {
  it('is that of their starts, of equal ones of their numbers, whatever list came before', () => {
    const lists = fc.array(
      fc.tuple(fc.array(fc.tuple(fc.nat(20), fc.option(fc.nat(6))), { maxLength: 6 }), fc.boolean()),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(lists, (changes) => {
        const order = new StartOrder()
        let all: readonly TrialRow[] = []
        for (const [changed, isFiltered] of changes) {
          const rows = [...new Map(changed).entries()].map(([number, startedAtMs]) =>
            startedAtMs === null ? row(number) : { ...complete(number, 0.5), startedAtMs },
          )
          all = mergeTrials(all, rows)
          const trials = isFiltered ? all.filter(({ number }) => number % 3 !== 0) : all
          const starts = Float64Array.from(trials, ({ startedAtMs }) => startedAtMs ?? NaN)
          const kinds = Float64Array.from(trials, ({ state }) => (state === 'waiting' ? -1 : 0))
          const expected = trials
            .map(({ startedAtMs }, place) => ({ startedAtMs, place }))
            .filter(({ startedAtMs }) => startedAtMs !== null)
            .sort((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0))
            .map(({ place }) => place)
          expect([...order.of(trials, starts, kinds)]).toEqual(expected)
        }
      }),
      { seed: 14, numRuns: 300 },
    )
  })
})
