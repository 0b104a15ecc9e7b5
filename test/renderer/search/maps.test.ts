import { describe, expect, it } from 'vitest'
import { cellEdges, contourLines } from '../../../src-renderer/search/contourLines.ts'
import { mapValueAt, rangeOfCells } from '../../../src-renderer/search/mapPlot.ts'
import { cssColour, mixAt, parseColour } from '../../../src-renderer/charts/ramp.ts'
import { isDue } from '../../../src-renderer/search/refresh.ts'

describe('contour lines', () => {
  it('pass where the level is, straight between neighbours', () => {
    const lines = contourLines(
      [
        [0, 1],
        [0, 1],
      ],
      [0, 1],
      [0, 1],
      0.25,
    )
    expect(lines).toHaveLength(1)
    expect(lines[0]?.fromX).toBeCloseTo(0.25)
    expect(lines[0]?.toX).toBeCloseTo(0.25)
    expect(new Set([lines[0]?.fromY, lines[0]?.toY])).toEqual(new Set([0, 1]))
  })

  it('are none in a flat map, or around a cell where nothing applies', () => {
    const flat = [
      [1, 1],
      [1, 1],
    ]
    expect(contourLines(flat, [0, 1], [0, 1], 0.5)).toEqual([])
    expect(
      contourLines(
        [
          [0, null],
          [0, 1],
        ],
        [0, 1],
        [0, 1],
        0.5,
      ),
    ).toEqual([])
  })
})

describe('cells of a map', () => {
  it('reach from the middle to the middle between neighbours', () => {
    expect(cellEdges([0.25, 0.75])).toEqual([0, 0.5, 1])
    expect(cellEdges([0.5])).toEqual([0, 1])
  })

  it('give the value below the pointer, and the range of those that there are', () => {
    const cells = [
      [0.1, 0.2],
      [null, 0.4],
    ]
    const edges = { x: [0, 0.5, 1], y: [0, 0.5, 1] }
    expect(mapValueAt(cells, edges, { x: 0.9, y: 0.1 })).toBe(0.2)
    expect(mapValueAt(cells, edges, { x: 0.1, y: 0.9 })).toBeNull()
    expect(mapValueAt(cells, edges, { x: 1.5, y: 0.9 })).toBeNull()
    expect(rangeOfCells(cells)).toEqual({ low: 0.1, high: 0.4 })
    expect(rangeOfCells([])).toEqual({ low: 0, high: 1 })
  })
})

describe('the scale of colours', () => {
  it('goes from stop to stop, and stays at its ends', () => {
    const stops = [parseColour('#000000'), parseColour('#ff8000')]
    expect(cssColour(mixAt(stops, 0.5))).toBe('rgb(128,64,0)')
    expect(mixAt(stops, -1)).toEqual([0, 0, 0])
    expect(mixAt(stops, 2)).toEqual([1, 128 / 255, 0])
  })
})

describe('newer models', () => {
  it('are due at first, then every half minute, or sooner with a tenth more trials', () => {
    expect(isDue({ trials: 0, msAgo: Infinity }, 0)).toBe(true)
    expect(isDue({ trials: 100, msAgo: 60_000 }, 100)).toBe(false)
    expect(isDue({ trials: 100, msAgo: 29_000 }, 101)).toBe(false)
    expect(isDue({ trials: 100, msAgo: 31_000 }, 101)).toBe(true)
    expect(isDue({ trials: 100, msAgo: 6_000 }, 110)).toBe(true)
    expect(isDue({ trials: 10, msAgo: 1_000 }, 20)).toBe(false)
  })

  it('are due when a trial was left out', () => {
    expect(isDue({ trials: 100, msAgo: 31_000 }, 99)).toBe(true)
  })
})
