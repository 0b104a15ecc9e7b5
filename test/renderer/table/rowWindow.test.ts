import { describe, expect, it } from 'vitest'
import {
  headHeight,
  movedTo,
  rowHeight,
  rowsAtOnce,
  rowsOnPage,
  scrollTo,
  visibleRows,
} from '../../../src-renderer/table/rowWindow.ts'

const height = headHeight + 10 * rowHeight

describe('the rows of a long table', () => {
  it('are drawn as far as they are seen, whatever their number', () => {
    const at = (scrollTop: number) => visibleRows(100_000, { scrollTop, height })
    expect(at(0)).toEqual({ first: 0, last: 21 })
    expect(at(1000 * rowHeight)).toEqual({ first: 992, last: 1021 })
    expect(at(99_990 * rowHeight)).toEqual({ first: 99_982, last: 100_000 })
    expect(visibleRows(3, { scrollTop: 0, height })).toEqual({ first: 0, last: 3 })
    // A filter has taken rows away while the table was scrolled far down.
    expect(visibleRows(3, { scrollTop: 5000, height })).toEqual({ first: 3, last: 3 })
  })

  it('are never more than there are slots for', () => {
    for (const scrollTop of [0, 1, 25, 26, 1000, 1013]) {
      const { first, last } = visibleRows(100_000, { scrollTop, height: 333 })
      expect(last - first).toBeLessThanOrEqual(rowsAtOnce(333))
    }
  })

  it('come into sight with the least movement', () => {
    expect(rowsOnPage(height)).toBe(10)
    expect(scrollTo(5, { scrollTop: 0, height })).toBe(0)
    expect(scrollTo(10, { scrollTop: 0, height })).toBe(rowHeight)
    expect(scrollTo(2, { scrollTop: 5 * rowHeight, height })).toBe(2 * rowHeight)
  })

  it('are gone through by keys, from none to the first', () => {
    expect(movedTo('ArrowDown', -1, 50, 10)).toBe(0)
    expect(movedTo('ArrowUp', -1, 50, 10)).toBe(0)
    expect(movedTo('ArrowDown', 49, 50, 10)).toBe(49)
    expect(movedTo('PageDown', 3, 50, 10)).toBe(13)
    expect(movedTo('PageUp', 3, 50, 10)).toBe(0)
    expect(movedTo('End', 3, 50, 10)).toBe(49)
    expect(movedTo('x', 3, 50, 10)).toBeNull()
    expect(movedTo('End', -1, 0, 10)).toBeNull()
  })
})
