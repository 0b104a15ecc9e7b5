import { describe, expect, it } from 'vitest'
import { densityPyramid, drawsDensity, levelFor } from '../../../src-renderer/inspect/raster/density.ts'

const sum = (counts: Uint16Array): number => counts.reduce((total, count) => total + count, 0)

describe('the density of spikes', () => {
  it('counts each spike in the bin of its step and row', () => {
    const [base] = densityPyramid(
      Uint32Array.of(0, 1, 5, 9),
      Uint32Array.of(0, 3, 2, 0),
      { steps: 10, rows: 4 },
      { timeBins: 5, rowBins: 2 },
    )
    expect(base).toMatchObject({ stepsPerBin: 2, rowsPerBin: 2, timeBins: 5, rowBins: 2 })
    expect([...(base?.counts ?? [])]).toEqual([1, 0, 0, 0, 1, 1, 0, 1, 0, 0])
  })

  it('keeps every spike on every level, also where bins do not pair up', () => {
    const steps = Uint32Array.from({ length: 5000 }, (_, spike) => (spike * 37) % 1999).sort()
    const rows = steps.map((_, spike) => (spike * 13) % 31)
    const levels = densityPyramid(steps, rows, { steps: 1999, rows: 31 }, { timeBins: 4096, rowBins: 512 })
    expect(levels.map(({ timeBins }) => timeBins)).toEqual([1999, 1000, 500, 250])
    expect(levels.map(({ counts }) => sum(counts))).toEqual([5000, 5000, 5000, 5000])
  })

  it('has bins no wider than a pixel if it can', () => {
    const levels = densityPyramid(
      new Uint32Array(0),
      new Uint32Array(0),
      { steps: 2048, rows: 4 },
      { timeBins: 1024, rowBins: 4 },
    )
    expect([0.1, 2, 3, 4, 100].map((stepsPerPixel) => levelFor(levels, stepsPerPixel)?.stepsPerBin)).toEqual([
      2, 2, 2, 4, 8,
    ])
  })

  it('is drawn where spikes crowd and bins are fine enough', () => {
    const [finest] = densityPyramid(
      new Uint32Array(0),
      new Uint32Array(0),
      { steps: 4000, rows: 400 },
      { timeBins: 2000, rowBins: 400 },
    )
    if (finest === undefined) throw new Error('a level')
    const pixels = { width: 1000, height: 200, stepsPerPixel: 4, rowsPerPixel: 2 }
    expect(drawsDensity(finest, 1_000_000, pixels)).toBe(true)
    expect(drawsDensity(finest, 5000, pixels)).toBe(false)
    expect(drawsDensity(finest, 1_000_000, { ...pixels, stepsPerPixel: 0.5 })).toBe(false)
    expect(drawsDensity(finest, 1_000_000, { ...pixels, rowsPerPixel: 0.1 })).toBe(true)
  })
})
