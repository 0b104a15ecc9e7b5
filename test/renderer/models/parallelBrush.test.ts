import { describe, expect, it } from 'vitest'
import {
  brushedRows,
  completedOrder,
  grip,
  movedRange,
  rangeBetween,
  reordered,
} from '../../../src-renderer/models/parallelBrush.ts'

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
