import { describe, expect, it } from 'vitest'
import { rowHeight } from '../../../src-renderer/table/rowWindow.ts'
import { TopRow } from '../../../src-renderer/table/topRow.ts'
import { latestFirst } from '../../../src-renderer/table/trialOrder.ts'

const rowsOf = (numbers: readonly number[]) => ({
  order: Uint32Array.from(numbers),
  sorting: latestFirst,
  positionOf(number: number) {
    return this.order.indexOf(number)
  },
})

describe('the row at the top of a live table', () => {
  it('stays where it is when others come in above it', () => {
    const rows = rowsOf([5, 4, 3, 2, 1])
    const top = new TopRow(rows)
    top.scrolled(2 * rowHeight + 7)
    rows.order = Uint32Array.from([7, 6, 5, 4, 3, 2, 1])
    expect(top.follow()).toBe(4 * rowHeight + 7)
  })

  it('is the newest while the table stands at its very top', () => {
    const rows = rowsOf([2, 1])
    const top = new TopRow(rows)
    top.scrolled(rowHeight)
    top.scrolled(0)
    rows.order = Uint32Array.from([3, 2, 1])
    expect(top.follow()).toBeNull()
  })

  it('is the first once the table is sorted anew', () => {
    const rows = rowsOf([3, 2, 1])
    const top = new TopRow(rows)
    top.scrolled(2 * rowHeight + 7)
    rows.sorting = [{ key: 'number', descending: false }]
    rows.order = Uint32Array.from([1, 2, 3])
    expect(top.follow()).toBe(0)
  })

  it('stays as it is when a filter takes its row away', () => {
    const rows = rowsOf([3, 2, 1])
    const top = new TopRow(rows)
    top.scrolled(2 * rowHeight)
    rows.order = Uint32Array.from([3, 2])
    expect(top.follow()).toBeNull()
  })
})
