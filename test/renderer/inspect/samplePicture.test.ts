import { describe, expect, it } from 'vitest'
import { parseColour } from '../../../src-renderer/charts/ramp.ts'
import { eventPicture, pictureOf } from '../../../src-renderer/inspect/parts/samplePicture.ts'

const colours = {
  map: ['#000000', '#ffffff'].map(parseColour),
  surface: '#000000',
  text: '#ffffff',
  accent: '#00ff00',
  eventOff: '#ff0000',
  eventOn: '#0000ff',
}
const [black, red, blue, green] = [0xff000000, 0xff0000ff, 0xffff0000, 0xff00ff00]

describe('a sample as a picture', () => {
  it('is its grey values, of frames the one asked for, else the middle one', () => {
    const shape = { channels: 1, rows: 1, columns: 2 }
    const view = { kind: 'images', shape, frames: 3, pixels: Uint8Array.of(0, 0, 255, 0, 255, 255) } as const
    expect([...pictureOf(view, colours).pixels]).toEqual([0xffffffff, black])
    expect([...pictureOf(view, colours, 2).pixels]).toEqual([0xffffffff, 0xffffffff])
    expect(pictureOf(view, colours)).toMatchObject({ rows: 1, columns: 2 })
  })

  it('is red, green and blue of three channels', () => {
    const shape = { channels: 3, rows: 1, columns: 2 }
    const view = { kind: 'images', shape, frames: 1, pixels: Uint8Array.of(255, 0, 0, 0, 0, 255) } as const
    expect([...pictureOf(view, colours).pixels]).toEqual([red, blue])
  })

  it('of events has off and on in their colours, the stronger the more of them', () => {
    const shape = { channels: 2, rows: 1, columns: 4 }
    const { pixels } = eventPicture([4, 0, 0, 4, 0, 0, 2, 2], shape, colours)
    expect([...pixels.subarray(0, 3)]).toEqual([red, blue, black])
    expect((pixels[3] ?? 0) & 255).toBe(128)
    const weak = eventPicture([4, 0, 0, 1], { ...shape, columns: 2 }, colours).pixels[1] ?? 0
    expect((weak >>> 16) & 255).toBe(Math.round(255 * (0.35 + 0.65 / 4)))
  })

  it('of values of a list is bars from 0, upwards and downwards', () => {
    const shape = { channels: 3, rows: 1, columns: 1 }
    const view = { kind: 'values', shape, frames: 1, values: Float32Array.of(1, 0, -1) } as const
    const { rows, columns, pixels } = pictureOf(view, colours)
    const column = (at: number): number =>
      Array.from({ length: rows }, (_, row) => pixels[row * columns + at]).indexOf(green)
    expect(columns).toBe(3)
    expect(column(0)).toBe(0)
    expect(column(1)).toBe(-1)
    expect(column(2)).toBeGreaterThan(rows / 2 - 1)
    expect(pixels[(rows - 1) * columns + 2]).toBe(green)
  })
})
