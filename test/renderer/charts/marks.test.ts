import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMarkGrid } from '../../../src-renderer/charts/markGrid.ts'
import { addedMarks } from '../../../src-renderer/charts/markLayer.ts'
import { MarkBuilder, type Marks } from '../../../src-renderer/charts/marks.ts'
import { packed, setSquare } from '../../../src-renderer/charts/markSquares.ts'
import { neighbourOf } from '../../../src-renderer/charts/plotPointer.ts'
import type { PointKind } from '../../../src-renderer/charts/pointKinds.ts'

const marksOf = (...points: (readonly [number: number, kind: PointKind, x: number, y: number])[]): Marks => {
  const builder = new MarkBuilder(points.length)
  for (const point of points) builder.add(...point)
  return builder.build()
}

describe('addedMarks', () => {
  const before = marksOf([0, 'feasible', 0, 0.5], [2, 'stopped', 0.1, 0.3])

  it('finds nothing new in the same marks, nor in others that say the same', () => {
    expect(addedMarks(before, before)).toEqual([])
    expect(addedMarks(before, marksOf([0, 'feasible', 0, 0.5], [2, 'stopped', 0.1, 0.3]))).toEqual([])
  })

  it('finds a trial that ended among others, and one after them', () => {
    const after = marksOf(
      [0, 'feasible', 0, 0.5],
      [1, 'feasible', 0, 0.6],
      [2, 'stopped', 0.1, 0.3],
      [3, 'failed', 1, 0],
    )
    expect(addedMarks(before, after)).toEqual([1, 3])
  })

  it('begins anew when a trial moved, changed or went', () => {
    expect(addedMarks(before, marksOf([0, 'feasible', 0.01, 0.5], [2, 'stopped', 0.1, 0.3]))).toBe(null)
    expect(addedMarks(before, marksOf([0, 'infeasible', 0, 0.5], [2, 'stopped', 0.1, 0.3]))).toBe(null)
    expect(addedMarks(before, marksOf([0, 'feasible', 0, 0.5]))).toBe(null)
    expect(addedMarks(before, marksOf([2, 'stopped', 0.1, 0.3]))).toBe(null)
  })

  it('holds a place that is not known for the same as itself', () => {
    const unknown = marksOf([0, 'feasible', NaN, 0.5])
    expect(addedMarks(unknown, marksOf([0, 'feasible', NaN, 0.5], [1, 'feasible', 0, 0]))).toEqual([1])
  })
})

describe('createMarkGrid', () => {
  const pixels = fc.array(fc.tuple(fc.integer({ min: -20, max: 320 }), fc.integer({ min: -20, max: 220 })), {
    maxLength: 200,
  })
  const gridOf = (points: readonly (readonly [number, number])[]) =>
    createMarkGrid(
      Float32Array.from(points, ([x]) => x),
      Float32Array.from(points, ([, y]) => y),
      300,
      200,
    )
  const inside = ([x, y]: readonly [number, number]): boolean => x >= 0 && y >= 0 && x <= 300 && y <= 200

  it('finds a mark as near as the nearest of all', () => {
    fc.assert(
      fc.property(pixels, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 200 }), (points, x, y) => {
        const found = points[gridOf(points).nearest(x, y, 12)]
        const distances = points.filter(inside).map(([px, py]) => Math.hypot(px - x, py - y))
        const least = Math.min(Infinity, ...distances)
        expect(found === undefined ? null : Math.hypot(found[0] - x, found[1] - y)).toBe(least <= 12 ? least : null)
      }),
      { seed: 4 },
    )
  })

  it('finds all marks of a rectangle, whichever its corners', () => {
    fc.assert(
      fc.property(pixels, fc.integer({ max: 300, min: 0 }), fc.integer({ max: 200, min: 0 }), (points, x, y) => {
        const expected = points.flatMap((point, place) =>
          inside(point) &&
          point[0] >= 50 &&
          point[0] <= Math.max(x, 50) &&
          point[1] <= Math.max(y, 60) &&
          point[1] >= 60
            ? [place]
            : [],
        )
        const grid = gridOf(points)
        const found = grid.within(Math.max(x, 50), 60, 50, Math.max(y, 60))
        expect(found.sort((a, b) => a - b)).toEqual(expected)
      }),
      { seed: 5 },
    )
  })

  it('finds the one that is drawn above among marks at one place', () => {
    expect(
      gridOf([
        [10, 10],
        [10, 10],
      ]).nearest(11, 10, 10),
    ).toBe(1)
  })
})

describe('neighbourOf', () => {
  const marks = marksOf(
    [3, 'feasible', 0.2, 0.5],
    [4, 'stopped', 0.1, 0.9],
    [7, 'feasible', 0.2, 0.8],
    [9, 'failed', NaN, 0],
  )

  it('goes from trial to trial by x, then y, and stays at the ends', () => {
    expect(neighbourOf({ marks }, null, 1)).toBe(4)
    expect([4, 3, 7].map((from) => neighbourOf({ marks }, from, 1))).toEqual([3, 7, 7])
    expect([4, 3, 7].map((from) => neighbourOf({ marks }, from, -1))).toEqual([4, 4, 3])
  })

  it('goes to trials under way as well', () => {
    const live = marksOf([11, 'running', 0.15, 0.5])
    expect([4, 11].map((from) => neighbourOf({ marks, live }, from, 1))).toEqual([11, 3])
  })
})

describe('marks as squares', () => {
  it('are in the colours of their kinds; what lies over the edge of the image, or has no place, is left out', () => {
    const data = new Uint8ClampedArray(64)
    const image = { width: 4, height: 4, pixels: new Uint32Array(data.buffer) }
    const colour = packed([1 / 255, 2 / 255, 3 / 255], 1)
    for (const [x, y] of [
      [1, 1],
      [3, 3],
      [NaN, 2],
      [20, 2],
      [4, 2],
    ] as const) {
      setSquare(image, { x, y }, 2, colour)
    }
    expect([...data.subarray(0, 4)]).toEqual([1, 2, 3, 255])
    const set = Array.from({ length: 16 }, (_, at) => data[4 * at + 3])
    expect(set).toEqual([255, 255, 0, 0, 255, 255, 0, 0, 0, 0, 255, 255, 0, 0, 255, 255])
    expect(packed([0, 0, 0], 0.2) >>> 24).toBe(51)
  })
})
