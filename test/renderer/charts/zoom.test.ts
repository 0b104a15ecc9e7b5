import { describe, expect, it } from 'vitest'
import { areaBetween, centreOf, type ChartArea, zoomAround } from '../../../src-renderer/charts/zoom.ts'

const whole: ChartArea = { x: { min: 0, max: 0.1 }, y: { min: 0, max: 1 } }

describe('zoom', () => {
  it('keeps the point under the pointer where it is', () => {
    const centre = { x: 0.02, y: 0.9 }
    const zoomed = zoomAround(whole, 0.5, centre, whole)
    expect(zoomed?.x.min).toBeCloseTo(0.01)
    expect(zoomed?.x.max).toBeCloseTo(0.06)
    expect(zoomed?.y.min).toBeCloseTo(0.45)
    expect(zoomed?.y.max).toBeCloseTo(0.95)
  })

  it('zooming out ends where it began: nothing zoomed', () => {
    const zoomed = zoomAround(whole, 0.5, { x: 0.02, y: 0.9 }, whole)
    expect(zoomed).not.toBeNull()
    expect(zoomed && zoomAround(zoomed, 4, centreOf(zoomed), whole)).toBeNull()
  })

  it('never leaves the whole', () => {
    const corner = areaBetween({ x: 0.08, y: 0.9 }, { x: 0.1, y: 1 }, whole)
    const out = zoomAround(corner, 2, { x: 0.1, y: 1 }, whole)
    expect(out?.x.max).toBeCloseTo(0.1)
    expect(out?.y.max).toBeCloseTo(1)
    expect(out?.x.min).toBeCloseTo(0.06)
  })

  it('takes a rectangle from any corner, and cuts it to the whole', () => {
    expect(areaBetween({ x: 0.05, y: 1.2 }, { x: -1, y: 0.5 }, whole)).toEqual({
      x: { min: 0, max: 0.05 },
      y: { min: 0.5, max: 1 },
    })
  })

  it('stops zooming in where points lie together', () => {
    let area: ChartArea = whole
    for (let step = 0; step < 100; step++) area = zoomAround(area, 0.5, { x: 0.05, y: 0.5 }, whole) ?? whole
    expect(area.x.max - area.x.min).toBeCloseTo(1e-5, 10)
  })
})
