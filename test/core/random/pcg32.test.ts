import { describe, expect, it } from 'vitest'
import { createPcg32, multiplyHigh } from '../../../src-core/random/pcg32.ts'

describe('pcg32', () => {
  it('gives the numbers of the author’s demonstration (seed 42, stream 54)', () => {
    const generator = createPcg32(0, 42)
    const numbers = Array.from({ length: 6 }, () => generator.nextUint32())
    expect(numbers).toEqual([0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e])
  })

  it('agrees with 64-bit arithmetic for seeds of 64 bits', () => {
    const mask = (1n << 64n) - 1n
    const seed = 0xdeadbeef12345678n
    const increment = 109n
    let state = (increment + seed) & mask
    state = (state * 6364136223846793005n + increment) & mask
    const generator = createPcg32(0xdeadbeef, 0x12345678)
    for (let draw = 0; draw < 1000; draw++) {
      const word = ((state ^ (state >> 18n)) >> 27n) & 0xffffffffn
      const rotation = state >> 59n
      const expected = ((word >> rotation) | (word << (-rotation & 31n))) & 0xffffffffn
      expect(generator.nextUint32()).toBe(Number(expected))
      state = (state * 6364136223846793005n + increment) & mask
    }
  })

  it('gives floats in [0, 1) that single precision holds exactly', () => {
    const generator = createPcg32(1, 2)
    for (let draw = 0; draw < 1000; draw++) {
      const value = generator.nextFloat()
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThan(1)
      expect(Math.fround(value)).toBe(value)
    }
  })

  it('multiplies high words like 64-bit arithmetic', () => {
    const generator = createPcg32(3, 4)
    for (let draw = 0; draw < 1000; draw++) {
      const left = generator.nextUint32()
      const right = generator.nextUint32()
      expect(multiplyHigh(left, right)).toBe(Number((BigInt(left) * BigInt(right)) >> 32n))
    }
    expect(multiplyHigh(0xffffffff, 0xffffffff)).toBe(0xfffffffe)
  })
})
