import { expect, it } from 'vitest'
import { Latest } from '../../../src-renderer/search/latest.ts'

it('keeps the values that were put last', () => {
  const latest = new Latest<number>(2)
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
    ['c', 4],
  ] as const) {
    latest.put(key, value)
  }
  expect(['a', 'b', 'c'].map((key) => latest.get(key))).toEqual([3, undefined, 4])
})
