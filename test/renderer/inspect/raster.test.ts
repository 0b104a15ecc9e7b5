import { describe, expect, it } from 'vitest'
import { drawSpikes, type SpikeContext } from '../../../src-renderer/inspect/raster/canvasRaster.ts'
import { parseColour } from '../../../src-renderer/charts/ramp.ts'
import { faint, pointSize, type RasterLayer } from '../../../src-renderer/inspect/raster/raster.ts'

const layer: RasterLayer = {
  name: 'excitatory',
  rows: 2,
  steps: Uint32Array.of(0, 5, 5, 9),
  spikeRows: Uint32Array.of(0, 1, 1, 1),
  rowColours: Uint8Array.of(0, 1),
  before: Uint32Array.of(0, 1, 1, 1, 1, 1, 3, 3, 3, 3, 4),
}

/** What is drawn, as a list: the context writes down squares, as one that writes SVG does. */
class Squares implements SpikeContext {
  fillStyle = ''
  globalAlpha = 1
  readonly drawn: { x: number; y: number; fill: string; alpha: number }[] = []
  fillRect(x: number, y: number, width: number, height: number): void {
    this.drawn.push({ x: x + width / 2, y: y + height / 2, fill: this.fillStyle, alpha: this.globalAlpha })
  }
}

describe('a raster on a canvas', () => {
  it('draws each spike in the middle of its step and row, those on one place once', () => {
    const squares = new Squares()
    const band = { top: 10, height: 20, rows: { from: 0, to: 2 } }
    const place = { left: 50, width: 100, time: { from: 0, to: 10 }, brush: null, colours: ['red', 'blue'] }
    drawSpikes(squares, layer, band, place)
    expect(squares.drawn).toEqual([
      { x: 55, y: 15, fill: 'red', alpha: 1 },
      { x: 105, y: 25, fill: 'blue', alpha: 1 },
      { x: 145, y: 25, fill: 'blue', alpha: 1 },
    ])
  })

  it('leaves out what is out of view, and draws faint what is not brushed', () => {
    const squares = new Squares()
    const band = { top: 0, height: 10, rows: { from: 1, to: 2 } }
    const brush = { from: 6, to: 10 }
    const place = { left: 0, width: 100, time: { from: 0, to: 10 }, brush, colours: ['red', 'blue'] }
    drawSpikes(squares, layer, band, place)
    expect(squares.drawn.map(({ x, alpha }) => [x, alpha])).toEqual([
      [55, faint],
      [95, 1],
    ])
    expect(squares.globalAlpha).toBe(1)
  })

  it('has points that can be seen, and told apart while there is room', () => {
    expect(pointSize(0.1, 0.1, 1)).toBe(1.5)
    expect(pointSize(0.1, 0.1, 10_000)).toBe(3.5)
    expect(pointSize(3, 20, 10)).toBeCloseTo(2.7, 12)
    expect(pointSize(40, 40, 10)).toBe(5)
  })

  it('reads the colours of the style sheet', () => {
    expect(parseColour('#0072b2')).toEqual([0, 114 / 255, 178 / 255])
    expect(parseColour('#fff')).toEqual([1, 1, 1])
    expect(parseColour('rgb(51 102 204)')).toEqual([0.2, 0.4, 0.8])
    expect(parseColour('rgba(51, 102, 204, 0.5)')).toEqual([0.2, 0.4, 0.8])
    expect(parseColour('nonsense')).toEqual([128 / 255, 128 / 255, 128 / 255])
  })
})
