import { describe, expect, it } from 'vitest'
import {
  axisUnder,
  nameParts,
  nearestAxis,
  parallelGeometry,
  placeAt,
  rowUnder,
} from '../../../src-renderer/search/parallelGeometry.ts'

const geometry = parallelGeometry({ width: 260, height: 322 }, 3)
const shown = (): boolean => true

describe('the geometry of parallel coordinates', () => {
  it('spreads axes over the width, and leaves less room for names in a low panel', () => {
    expect(geometry).toEqual({ isLow: false, top: 92, bottom: 292, length: 200, noneY: 306, x: [26, 126, 226] })
    expect(parallelGeometry({ width: 260, height: 200 }, 1)).toMatchObject({
      isLow: true,
      top: 34,
      bottom: 178,
      x: [26],
    })
  })

  it('breaks names between their words, and nowhere else', () => {
    const broken = [
      'thresholdExcitatoryMv',
      'population non-spiking share',
      'conv1.filters',
      'accuracy',
      'spikes per sample',
    ]
    expect(broken.map(nameParts)).toEqual([
      ['threshold', 'Excitatory', 'Mv'],
      ['population ', 'non-', 'spiking ', 'share'],
      ['conv1.', 'filters'],
      ['accuracy'],
      ['spikes ', 'per ', 'sample'],
    ])
  })

  it('finds axes within 9 pixels, the nearest one anywhere, and places along them', () => {
    expect([26, 134, 136, 240].map((x) => axisUnder(geometry, x))).toEqual([0, 1, -1, -1])
    expect([0, 70, 80, 999].map((x) => nearestAxis(geometry, x))).toEqual([0, 0, 1, 2])
    expect([292, 192, 92].map((y) => placeAt(geometry, y))).toEqual([0, 0.5, 1])
  })

  it('finds the line under a position among those shown, and lines without a value below the axes', () => {
    const places = Float32Array.from([0, 1, 0, 0.5, 0.5, NaN])
    expect(rowUnder(geometry, places, { x: 51, y: 242 }, shown)).toBe(0)
    expect(rowUnder(geometry, places, { x: 51, y: 194 }, shown)).toBe(1)
    expect(rowUnder(geometry, places, { x: 51, y: 242 }, (row) => row !== 0)).toBeNull()
    expect(rowUnder(geometry, places, { x: 225.9, y: 306 }, shown)).toBe(1)
    expect(rowUnder(geometry, places, { x: 51, y: 120 }, shown)).toBeNull()
  })
})
