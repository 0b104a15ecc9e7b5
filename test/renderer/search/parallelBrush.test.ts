import { describe, expect, it } from 'vitest'
import { noFilter } from '../../../src-renderer/trials/trialFilter.ts'
import {
  brushedRows,
  completedOrder,
  draggedRange,
  filterOfBrushes,
  grip,
  movedRange,
  rangeBetween,
  reordered,
  withoutBrush,
} from '../../../src-renderer/search/parallelBrush.ts'
import { categoryAxis, linearAxis } from '../../../src-renderer/charts/axes.ts'

const fields = ['a', 'b']
const places = Float32Array.from([0, 0.5, 0.4, NaN, 0.8, 0.2])

describe('brushes on parallel axes', () => {
  it('hold what lies in every range; nothing brushed is null, which is not the same as no row', () => {
    expect(brushedRows(places, fields, {})).toBeNull()
    expect(brushedRows(places, fields, { a: { low: 0.3, high: 1 } })).toEqual([1, 2])
    expect(brushedRows(places, fields, { a: { low: 0.3, high: 1 }, b: { low: 0, high: 0.3 } })).toEqual([2])
    expect(brushedRows(places, fields, { a: { low: 0.9, high: 1 } })).toEqual([])
  })

  it('hold no row without a value, and the one at their end', () => {
    expect(brushedRows(places, fields, { b: { low: 0, high: 1 } })).toEqual([0, 2])
    expect(brushedRows(places, fields, { a: { low: 0.8, high: 1 } })).toEqual([2])
  })

  it('are drawn either way, stay on the axis, and are taken by an end or as a whole', () => {
    expect(rangeBetween(0.7, -0.2)).toEqual({ low: 0, high: 0.7 })
    expect(movedRange({ low: 0.5, high: 0.75 }, 1)).toEqual({ low: 0.75, high: 1 })
    expect(movedRange({ low: 0.5, high: 0.75 }, -1)).toEqual({ low: 0, high: 0.25 })
    const range = { low: 0.2, high: 0.6 }
    expect([0.19, 0.4, 0.61, 0.9].map((place) => grip(range, place, 0.02))).toEqual(['low', 'whole', 'high', 'nothing'])
    expect(grip(undefined, 0.5, 0.02)).toBe('nothing')
  })
})

describe('the order of axes', () => {
  it('moves an axis to the place of another, either way', () => {
    expect(reordered(['a', 'b', 'c'], 'a', 'c')).toEqual(['b', 'c', 'a'])
    expect(reordered(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b'])
    expect(reordered(['a', 'b'], 'a', 'z')).toEqual(['a', 'b'])
  })

  it('forgets fields of other studies and puts new ones last', () => {
    expect(completedOrder(['c', 'gone', 'a'], ['a', 'b', 'c'])).toEqual(['c', 'a', 'b'])
  })
})

describe('a drag along an axis', () => {
  const range = { low: 0.25, high: 0.5 }
  it('draws a range, moves the whole one, or moves one end past the other', () => {
    expect(draggedRange({ field: 'a', from: 0.5, range: null, part: 'nothing' }, 0.25)).toEqual(range)
    expect(draggedRange({ field: 'a', from: 0.25, range, part: 'whole' }, 0.5)).toEqual({ low: 0.5, high: 0.75 })
    expect(draggedRange({ field: 'a', from: 0.25, range, part: 'low' }, 0.75)).toEqual({ low: 0.5, high: 0.75 })
    expect(draggedRange({ field: 'a', from: 0.5, range, part: 'high' }, 0.75)).toEqual({ low: 0.25, high: 0.75 })
  })
})

describe('brushes kept as a filter', () => {
  const axes = [
    { field: 'rate', axis: linearAxis('rate', 0, 200) },
    { field: 'coding', axis: categoryAxis('coding', ['rate', 'latency', 'phase']) },
    { field: 'tau', axis: linearAxis('tau', 0, 1) },
  ]
  it('hold the values of ranges and the categories within them, and what the filter held', () => {
    const before = { ...noFilter, text: 'good', ranges: { tau: { low: 0, high: 0.5 } } }
    const brushes = { rate: { low: 0.25, high: 0.5 }, coding: { low: 0.4, high: 1 } }
    expect(filterOfBrushes(before, axes, brushes)).toEqual({
      ...before,
      ranges: { tau: { low: 0, high: 0.5 }, rate: { low: 50, high: 100 } },
      categories: { coding: ['latency', 'phase'] },
    })
    expect(withoutBrush(brushes, 'rate')).toEqual({ coding: { low: 0.4, high: 1 } })
  })
})
