import { expect, it } from 'vitest'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { createNormal } from '../../../src-core/random/normal.ts'

it('normal numbers have the moments of the normal distribution', () => {
  const normal = createNormal(createGenerator(1))
  const count = 200_000
  const numbers = Array.from({ length: count }, normal)
  const moment = (power: number): number => numbers.reduce((sum, number) => sum + number ** power, 0) / count
  // Five standard errors: the variances of the powers are 1, 2, 15 and 96.
  expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / count))
  expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count))
  expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / count))
  expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count))
  const neighbours = numbers.reduce((sum, number, index) => sum + number * (numbers[index + 1] ?? 0), 0) / count
  expect(Math.abs(neighbours)).toBeLessThan(5 / Math.sqrt(count))
})
