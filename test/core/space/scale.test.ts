import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IntegerParameter, RealParameter, Sampler, Scale } from '../../../src-core/space/parameter.ts'
import { sampleValue } from '../../../src-core/space/space.ts'
import {
  choiceFromUnit,
  numberFromUnit,
  scaleOf,
  unitFromChoice,
  unitFromNumber,
} from '../../../src-core/space/scale.ts'

const scales: readonly Scale[] = ['linear', 'log', 'reversed-log']
const real = (low: number, high: number, sampler: Sampler = 'uniform'): RealParameter => ({
  type: 'real',
  low,
  high,
  sampler,
})
const integer = (low: number, high: number, sampler: Sampler = 'uniform'): IntegerParameter => ({
  type: 'integer',
  low,
  high,
  sampler,
})
const count = 1000
/** Equidistributed probabilities, from 0. */
const grid = Array.from({ length: count }, (_, index) => index / count)

describe('scales', () => {
  it('place native values', () => {
    expect(numberFromUnit(real(-10, 10), 'linear', 0.25)).toBe(-5)
    expect(numberFromUnit(real(1, 100), 'log', 0.5)).toBeCloseTo(10, 12)
    expect(numberFromUnit(real(1, 100), 'reversed-log', 0.5)).toBeCloseTo(91, 12)
    expect(unitFromNumber(real(1, 100), 'log', 10)).toBeCloseTo(0.5, 12)
    expect(unitFromNumber(real(1, 100), 'reversed-log', 91)).toBeCloseTo(0.5, 12)
  })

  it('have one zero', () => {
    expect(numberFromUnit(integer(-3, 3), 'linear', 0.49)).toBe(0)
    expect(numberFromUnit(real(-0, 1), 'linear', 0)).toBe(0)
  })

  it('hold over ranges whose ratio is beyond all numbers', () => {
    const huge = real(1e-300, 1e300)
    expect(unitFromNumber(huge, 'log', 1)).toBeCloseTo(0.5, 12)
    expect(numberFromUnit(huge, 'log', 0.5)).toBeCloseTo(1, 9)
    expect(unitFromNumber(huge, 'log', 1e-300)).toBe(0)
    expect(unitFromNumber(huge, 'log', 1e300)).toBe(1)
    expect(unitFromNumber(huge, 'reversed-log', 1e300)).toBe(1)
  })

  it.each(scales)('%s: the only value there is lies in the middle', (scale) => {
    expect(unitFromNumber(real(3, 3), scale, 3)).toBe(0.5)
    expect(unitFromNumber(integer(3, 3), scale, 3)).toBeCloseTo(0.5, 1)
  })

  it.each(scales)('%s: the ends stay the ends', (scale) => {
    for (const parameter of [real(0.001, 0.1), real(78.4, 200), integer(1, 9)]) {
      const { low, high } = parameter
      expect(numberFromUnit(parameter, scale, 0)).toBe(low)
      expect(numberFromUnit(parameter, scale, 1)).toBe(high)
    }
  })

  const range = fc.tuple(
    fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
    fc.double({ min: 1.001, max: 1e6, noNaN: true }),
  )
  const unit = fc.double({ min: 0, max: 1, noNaN: true })
  it.each(scales)('%s: there and back again, and increasing, seed 1', (scale) => {
    fc.assert(
      fc.property(range, unit, unit, ([low, ratio], first, second) => {
        const parameter = real(low, low * ratio)
        const [a, b] = [first, second].map((one) => numberFromUnit(parameter, scale, one)) as [number, number]
        expect(a).toBeGreaterThanOrEqual(parameter.low)
        expect(a).toBeLessThanOrEqual(parameter.high)
        expect((a - b) * (first - second)).toBeGreaterThanOrEqual(0)
        const back = numberFromUnit(parameter, scale, unitFromNumber(parameter, scale, a))
        expect(Math.abs(back - a)).toBeLessThanOrEqual(1e-9 * parameter.high)
      }),
      { seed: 1 },
    )
  })

  it.each(scales)('%s: integers come back exactly, seed 2', (scale) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.nat(1000),
        (low, width, at) => {
          const parameter = integer(low, low + width)
          const value = low + (at % (width + 1))
          expect(numberFromUnit(parameter, scale, unitFromNumber(parameter, scale, value))).toBe(value)
        },
      ),
      { seed: 2 },
    )
  })

  it('give every integer the same width on a linear scale', () => {
    const seen = grid.map((probability) => numberFromUnit(integer(-3, 6), 'linear', probability))
    for (let value = -3; value <= 6; value++) expect(seen.filter((one) => one === value)).toHaveLength(count / 10)
  })

  it('give every choice the same width', () => {
    const parameter = { type: 'categorical', choices: ['a', 'b', 'c', 'd'] } as const
    const seen = grid.map((probability) => choiceFromUnit(parameter, probability))
    for (const choice of parameter.choices) {
      expect(seen.filter((one) => one === choice)).toHaveLength(count / 4)
      expect(choiceFromUnit(parameter, unitFromChoice(parameter, choice))).toBe(choice)
    }
    expect(choiceFromUnit(parameter, 1)).toBe('d')
    expect(() => unitFromChoice(parameter, 'e')).toThrow('e is none of a, b, c, d')
  })

  it('are by default those on which the sampler is uniform', () => {
    expect(scaleOf(real(1, 2))).toBe('linear')
    expect(scaleOf(real(1, 2, 'log-uniform'))).toBe('log')
    expect(scaleOf(real(1, 2, 'reversed-log-uniform'))).toBe('reversed-log')
    expect(scaleOf({ ...real(1, 2, 'log-uniform'), scale: 'linear' })).toBe('linear')
  })
})

describe('sampleValue', () => {
  const share = (parameter: RealParameter | IntegerParameter, below: number): number =>
    grid.filter((probability) => (sampleValue(parameter, probability) as number) < below).length / count

  it('inverts the cumulative distribution', () => {
    expect(share(real(-70, -50), -65)).toBeCloseTo(0.25, 2)
    expect(share(real(1e-4, 1e-2, 'log-uniform'), 1e-3)).toBeCloseTo(0.5, 2)
    // a + b - x with x log-uniform: below v where x is above a + b - v.
    expect(share(real(50, 500, 'reversed-log-uniform'), 400)).toBeCloseTo(Math.log(500 / 150) / Math.log(10), 2)
    expect(share(real(50, 500, 'log-uniform'), 150)).toBeCloseTo(Math.log(150 / 50) / Math.log(10), 2)
  })

  it('draws an integer where a real sample rounds to it', () => {
    const log = (from: number, to: number) => Math.log(to / from) / Math.log(8.5 / 0.5)
    expect(share(integer(1, 8, 'log-uniform'), 2)).toBeCloseTo(log(0.5, 1.5), 2)
    expect(share(integer(1, 8, 'log-uniform'), 5)).toBeCloseTo(log(0.5, 4.5), 2)
    expect(share(integer(1, 8, 'reversed-log-uniform'), 5)).toBeCloseTo(log(4.5, 8.5), 2)
    expect(share(integer(1, 4), 3)).toBeCloseTo(0.5, 2)
  })
})
