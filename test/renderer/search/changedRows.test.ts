import { describe, expect, it } from 'vitest'
import { changedRows } from '../../../src-renderer/search/changedRows.ts'

const [a, b, c, d, e] = [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }]

describe('changed rows', () => {
  it('are those that are new at the end, in the middle or at the beginning', () => {
    expect(changedRows([a, b], [a, b, c])).toEqual([c])
    expect(changedRows([a, c, d], [a, b, c, d])).toEqual([b])
    expect(changedRows([b, c], [a, b, c])).toEqual([a])
    expect(changedRows([], [a, b])).toEqual([a, b])
  })

  it('are those that took the place of others, and none where all stayed', () => {
    expect(changedRows([a, b, c], [a, d, c])).toEqual([d])
    expect(changedRows([a, b, c], [a, d, c, e])).toEqual([d, e])
    expect(changedRows([a, b], [a, b])).toEqual([])
  })
})
