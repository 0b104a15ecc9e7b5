import { describe, expect, it } from 'vitest'
import { GaussianProcess } from '../../../src-core/gaussianProcess/gaussianProcess.ts'
import { SamplePath } from '../../../src-core/gaussianProcess/samplePath.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { exactPosterior, exampleData, hyperparameters, randomPoints } from './examples.ts'

const kernel = numericKernel()
const data = exampleData(12, 1)
const process = new GaussianProcess(kernel, data, hyperparameters, 12)
const pathOf = (seed: number, features: number): SamplePath =>
  new SamplePath(process, createGenerator(deriveSeed(seed, 'path')), features)

describe('SamplePath', () => {
  it('has the mean and the covariance of the posterior, over 4,000 paths', () => {
    const queries = Float64Array.from([...randomPoints(4, 2), ...data.points.subarray(0, 10)])
    const rows = 6
    const paths = 4000
    const exact = exactPosterior(data, hyperparameters, queries)
    const values = Array.from({ length: paths }, (_, seed) => {
      const path = pathOf(seed, 64)
      const found = path.evaluate(queries)
      path.dispose()
      return Array.from(found)
    })
    const meanOf = (row: number): number => values.reduce((sum, value) => sum + (value[row] ?? NaN), 0) / paths
    for (let row = 0; row < rows; row++) {
      const variance = exact.covariance[row]?.[row] ?? NaN
      // Five standard errors of a mean.
      expect(Math.abs(meanOf(row) - (exact.mean[row] ?? NaN))).toBeLessThan(5 * Math.sqrt(variance / paths))
      for (let column = 0; column <= row; column++) {
        const other = exact.covariance[column]?.[column] ?? NaN
        const expected = exact.covariance[row]?.[column] ?? NaN
        const found =
          values.reduce(
            (sum, value) => sum + ((value[row] ?? NaN) - meanOf(row)) * ((value[column] ?? NaN) - meanOf(column)),
            0,
          ) /
          (paths - 1)
        // Of a covariance, were it normal: sqrt((v1 v2 + c^2) / paths); a little more for the tails of few features.
        expect(Math.abs(found - expected)).toBeLessThan(6 * Math.sqrt((variance * other + expected ** 2) / paths))
      }
    }
  })

  it('has the gradient that differences have', () => {
    const path = pathOf(5, 50)
    const point = randomPoints(1, 11)
    const gradient = path.gradient(point)
    for (const [index, slope] of gradient.entries()) {
      const moved = (by: number): Float64Array => point.map((x, other) => x + (other === index ? by : 0))
      const [above = NaN] = path.evaluate(moved(1e-5))
      const [below = NaN] = path.evaluate(moved(-1e-5))
      expect(slope).toBeCloseTo((above - below) / 2e-5, 5)
    }
    path.dispose()
  })

  it('is the same function for the same seed, another for another', () => {
    const queries = randomPoints(30, 12)
    const first = pathOf(1, 100)
    const again = pathOf(1, 100)
    const other = pathOf(2, 100)
    expect(again.evaluate(queries)).toEqual(first.evaluate(queries))
    expect(other.evaluate(queries)).not.toEqual(first.evaluate(queries))
    // One point at a time it is the same as all at once.
    expect(first.evaluate(queries.slice(5, 10))[0]).toBe(first.evaluate(queries)[1])
    for (const path of [first, again, other]) path.dispose()
  })
})
