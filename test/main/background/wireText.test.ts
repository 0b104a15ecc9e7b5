import { describe, expect, it } from 'vitest'
import { fromLine, toLine } from '../../../src-main/background/wireText.ts'

describe('a message as a line of text', () => {
  it('comes back as it was: arrays of numbers, numbers that are not finite, text of several lines', () => {
    const message = {
      text: 'two\nlines, and “quotes”',
      numbers: [1.5, -0, NaN, Infinity, -Infinity],
      arrays: {
        counts: Uint16Array.of(0, 65_535),
        accuracy: Float32Array.of(NaN, 0.25),
        part: new Uint32Array([1, 2, 3, 4]).subarray(1, 3),
        none: new Float64Array(),
      },
      nothing: null,
    }
    const line = toLine(message)
    expect(line.indexOf('\n')).toBe(line.length - 1)
    const back = fromLine(line) as typeof message
    // JSON knows no negative zero.
    expect(back).toEqual({ ...message, numbers: [1.5, 0, NaN, Infinity, -Infinity] })
    expect(back.arrays.part).toBeInstanceOf(Uint32Array)
  })

  it.each([
    ['no JSON', 'hello'],
    ['an array of nothing', '{"$spiketune":"Uint16Array"}'],
    ['half an entry', '{"$spiketune":"Uint16Array","base64":"AAAA"}'],
    ['an unknown array', '{"$spiketune":"Function","base64":"AAAA"}'],
    ['something inherited', '{"$spiketune":"constructor","base64":"AAAA"}'],
  ])('is refused where it is %s', (_, line) => {
    expect(() => fromLine(line)).toThrow(SyntaxError)
  })

  it('is not made of what is no data', () => {
    expect(() => toLine(new DataView(new ArrayBuffer(2)))).toThrow('DataView')
  })
})
