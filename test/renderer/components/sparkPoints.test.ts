import { describe, expect, it } from 'vitest'
import { sparkPoints } from '../../../src-renderer/components/sparkPoints.ts'

const size = { width: 60, height: 11 }

describe('the points of a sparkline', () => {
  it('go from edge to edge, from zero at the foot to the largest value at the head', () => {
    expect(sparkPoints([0, 5, 10], size)).toBe('0.0,10.5 30.0,5.5 60.0,0.5')
  })

  it('are a level line of one value, and the foot where all are zero', () => {
    expect(sparkPoints([4], size)).toBe('0.0,0.5 60.0,0.5')
    expect(sparkPoints([0, 0], size)).toBe('0.0,10.5 60.0,10.5')
    expect(sparkPoints([], size)).toBe('')
  })
})
