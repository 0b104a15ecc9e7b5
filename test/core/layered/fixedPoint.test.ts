import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  leak,
  quantiseDecay,
  quantiseThreshold,
  quantiseWeight,
  roundToEven,
  toState,
} from '../../../src-core/layered/fixedPoint.ts'

const seed = 20261122

describe(`fixed point (fast-check seed ${seed})`, () => {
  it.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [-1.5, -2],
    [-2.5, -2],
    [2.4999, 2],
    [2.5001, 3],
    [-7, -7],
  ])('rounds %d to %d', (value, expected) => {
    expect(roundToEven(value)).toBe(expected)
  })

  it('rounds to the nearest, everywhere', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        const rounded = roundToEven(value)
        expect(Number.isInteger(rounded)).toBe(true)
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5)
      }),
      { seed },
    )
  })

  it('cuts states towards 0', () => {
    expect([leak(4864, 1638), leak(-4864, 1638), leak(-1, 1), leak(4095, 4095), leak(77, 4096), leak(77, 0)]).toEqual([
      2918, -2918, 0, 0, 0, 77,
    ])
    expect([toState(0.25), toState(-0.00029), toState(1 / 3)]).toEqual([1024, -1, 1365])
  })

  it('leaks exactly, as far as 2^40', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: 0, max: 4096 }), (state, decay) => {
        expect(BigInt(leak(state, decay))).toBe((BigInt(state) * BigInt(4096 - decay)) / 4096n)
      }),
      { seed },
    )
  })

  it('keeps weights to 8 bits, thresholds to 1/64 and decays to 0 to 4096', () => {
    expect([0.1, -9, 9, 3.97, 1 / 64].map(quantiseWeight)).toEqual([3 / 32, -4, 127 / 32, 127 / 32, 0])
    expect([0.6, 1.25, 0.015, -0.6].map(quantiseThreshold)).toEqual([38 / 64, 1.25, 0, -38 / 64])
    expect([819.2, 5000, -3, 2.5].map(quantiseDecay)).toEqual([819, 4096, 0, 2])
  })
})
