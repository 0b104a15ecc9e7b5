import { describe, expect, it } from 'vitest'
import {
  brushBetween,
  keepInside,
  pan,
  ticksOf,
  wheelFactor,
  zoomAbout,
} from '../../../src-renderer/inspect/activity/timeView.ts'

const extent = { from: 0, to: 1000 }

describe('what of an axis is in view', () => {
  it('zooms about a point that stays in place', () => {
    expect(zoomAbout({ from: 200, to: 600 }, extent, { about: 300, factor: 0.5, narrowest: 1 })).toEqual({
      from: 250,
      to: 450,
    })
  })

  it('zooms out no further than the axis, in no further than asked', () => {
    expect(zoomAbout({ from: 200, to: 600 }, extent, { about: 300, factor: 10, narrowest: 1 })).toEqual(extent)
    expect(zoomAbout({ from: 300, to: 304 }, extent, { about: 302, factor: 0.1, narrowest: 4 })).toEqual({
      from: 300,
      to: 304,
    })
    expect(zoomAbout({ from: 0, to: 3 }, { from: 0, to: 3 }, { about: 1, factor: 0.1, narrowest: 10 })).toEqual({
      from: 0,
      to: 3,
    })
  })

  it('stops at the ends of the axis', () => {
    expect(pan({ from: 100, to: 300 }, extent, -500)).toEqual({ from: 0, to: 200 })
    expect(pan({ from: 100, to: 300 }, extent, 5000)).toEqual({ from: 800, to: 1000 })
    expect(keepInside({ from: -10, to: 2000 }, extent)).toEqual(extent)
  })

  it('comes back when the wheel turns back', () => {
    expect(wheelFactor(120) * wheelFactor(-120)).toBeCloseTo(1, 12)
    expect(wheelFactor(-100)).toBeLessThan(1)
  })

  it('brushes whole steps, whichever way the hand goes', () => {
    expect(brushBetween(31.7, 12.2, extent)).toEqual({ from: 12, to: 32 })
    expect(brushBetween(5, 5, extent)).toEqual({ from: 5, to: 6 })
    expect(brushBetween(-20, 2000, extent)).toEqual(extent)
    expect(brushBetween(2000, 3000, extent)).toEqual({ from: 999, to: 1000 })
    expect(brushBetween(0, 1, { from: 0, to: 0 })).toBeNull()
  })

  it('has ticks at round places', () => {
    expect(ticksOf({ from: 3, to: 47 }, 5)).toEqual([10, 20, 30, 40])
    expect(ticksOf({ from: 0, to: 1 }, 4)).toEqual([0, 0.5, 1])
    expect(ticksOf({ from: 0, to: 3 }, 10, 1)).toEqual([0, 1, 2, 3])
    expect(ticksOf({ from: 4, to: 4 }, 4)).toEqual([])
  })
})
