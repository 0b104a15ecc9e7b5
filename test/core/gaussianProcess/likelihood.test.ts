import { describe, expect, it } from 'vitest'
import { logarithmsOf, priorsFor } from '../../../src-core/gaussianProcess/hyperparameters.ts'
import { HyperparameterPosterior } from '../../../src-core/gaussianProcess/likelihood.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { columns, exactPosterior, exampleData, hyperparameters, noisyData } from './examples.ts'

const kernel = numericKernel()

const difference = (value: (point: Float64Array) => number, at: Float64Array, index: number): number => {
  const step = 1e-5
  const moved = (by: number): Float64Array => at.map((coordinate, other) => coordinate + (other === index ? by : 0))
  return (value(moved(step)) - value(moved(-step))) / (2 * step)
}

/** Of a positive definite matrix, by elimination. */
const logDeterminant = (matrix: readonly (readonly number[])[]): number => {
  const rows = matrix.map((line) => [...line])
  return rows.reduce((sum, line, pivot) => {
    for (const other of rows.slice(pivot + 1)) {
      const share = (other[pivot] ?? NaN) / (line[pivot] ?? NaN)
      for (const [column, value] of line.entries()) other[column] = (other[column] ?? NaN) - share * value
    }
    return sum + Math.log(line[pivot] ?? NaN)
  }, 0)
}

describe('the log marginal likelihood', () => {
  it('is that of two points by hand', () => {
    const data = {
      columns: { groups: [0], groupCount: 1 },
      points: Float64Array.of(0, 0.5),
      targets: Float64Array.of(-1, 1),
    }
    const given = { lengthscales: [0.5], outputScale: 2, noiseVariance: 0.1 }
    const posterior = new HyperparameterPosterior(kernel, data, null)
    // The mean is 0 by symmetry, and (-1, 1) an eigenvector of K with the eigenvalue 2.1 - k.
    const k = 2 * (1 + Math.sqrt(5) + 5 / 3) * Math.exp(-Math.sqrt(5))
    const expected = -1 / (2.1 - k) - Math.log(2.1 ** 2 - k ** 2) / 2 - Math.log(2 * Math.PI)
    expect(posterior.likelihood(logarithmsOf(given)).value).toBeCloseTo(expected, 12)
    posterior.dispose()
  })

  it('takes known noise as part of the diagonal', () => {
    const data = noisyData(9, 5)
    const posterior = new HyperparameterPosterior(kernel, data, null)
    // By the factors of a small dense matrix: ln|K| as the sum of the logarithms of its pivots.
    const { inverse, constantMean } = exactPosterior(data, hyperparameters, data.points)
    const residuals = Array.from(data.targets, (target) => target - constantMean)
    const fit = residuals.reduce(
      (sum, value, row) =>
        sum + value * residuals.reduce((of, other, column) => of + (inverse[row]?.[column] ?? NaN) * other, 0),
      0,
    )
    const expected = -fit / 2 + logDeterminant(inverse) / 2 - (9 / 2) * Math.log(2 * Math.PI)
    expect(posterior.likelihood(logarithmsOf(hyperparameters)).value).toBeCloseTo(expected, 9)
    posterior.dispose()
  })

  it.each([
    [3, exampleData(3, 5)],
    [8, exampleData(8, 5)],
    [21, exampleData(21, 5)],
    [70, exampleData(70, 5)],
    [8, noisyData(8, 5)],
    [70, noisyData(70, 5)],
  ])('has the gradient that differences have, with %i points', (_, data) => {
    const posterior = new HyperparameterPosterior(kernel, data, null)
    const at = logarithmsOf(hyperparameters)
    const { gradient } = posterior.likelihood(at)
    for (const [index, slope] of gradient.entries()) {
      expect(slope).toBeCloseTo(
        difference((point) => posterior.likelihood(point).value, at, index),
        5,
      )
    }
    posterior.dispose()
  })

  it('with priors is the negative log posterior, up to a constant', () => {
    const posterior = new HyperparameterPosterior(kernel, exampleData(20, 6), priorsFor(columns, 1e-6))
    const at = logarithmsOf(hyperparameters)
    const { gradient } = posterior.evaluate(at)
    for (const [index, slope] of gradient.entries()) {
      expect(slope).toBeCloseTo(
        difference((point) => posterior.evaluate(point).value, at, index),
        5,
      )
    }
    const atMean = Float64Array.from([...Array.from({ length: 4 }, () => Math.SQRT2 + Math.log(4) / 2), 0, -9])
    expect(posterior.evaluate(atMean).value).toBeCloseTo(-posterior.likelihood(atMean).value, 10)
    posterior.dispose()
  })

  it('refuses what cannot be factorised', () => {
    const data = {
      columns: { groups: [0], groupCount: 1 },
      points: Float64Array.of(0.5, 0.5),
      targets: Float64Array.of(1, 2),
    }
    const posterior = new HyperparameterPosterior(kernel, data, null)
    const without = logarithmsOf({ lengthscales: [1], outputScale: 1, noiseVariance: 0 })
    expect(posterior.likelihood(without).value).toBe(-Infinity)
    expect(posterior.evaluate(without).value).toBe(Infinity)
    posterior.dispose()
  })
})
