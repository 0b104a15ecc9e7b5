import { describe, expect, it } from 'vitest'
import { smoothed } from '../../../src-renderer/overview/smoothed.ts'

const of = (values: number[], looks: number): number[] => [...smoothed(Float64Array.from(values), looks)]

describe('smoothed', () => {
  it('is the mean of as many looks around each, and leaves both ends as they were measured', () => {
    expect(of([0, 3, 6, 0, 9], 3)).toEqual([0, 3, 3, 5, 9])
    expect(of([1, 2, 9, 4, 5, 6, 70], 5)).toEqual([1, 4, 4.2, 5.2, 18.8, 27, 70])
  })

  it('leaves everything as it is for one look, and a straight line for any number', () => {
    expect(of([4, 1, 7], 1)).toEqual([4, 1, 7])
    expect(of([0, 1, 2, 3, 4, 5], 15)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('takes no account of what is not a number', () => {
    expect(of([1, NaN, 3, 5, 8], 3)).toEqual([1, NaN, 4, 16 / 3, 8])
    expect(of([], 5)).toEqual([])
  })
})
