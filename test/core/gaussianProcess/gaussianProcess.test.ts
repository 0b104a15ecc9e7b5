import { describe, expect, it } from 'vitest'
import { finish, fitHyperparameters } from '../../../src-core/gaussianProcess/fit.ts'
import { GaussianProcess } from '../../../src-core/gaussianProcess/gaussianProcess.ts'
import { priorsFor } from '../../../src-core/gaussianProcess/hyperparameters.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { columns, exactPosterior, exampleData, hyperparameters, noisyData, randomPoints } from './examples.ts'

const kernel = numericKernel()

describe('GaussianProcess', () => {
  it.each([
    [1, exampleData(1, 1)],
    [2, exampleData(2, 1)],
    [9, exampleData(9, 1)],
    [70, exampleData(70, 1)],
    [9, noisyData(9, 1)],
    [70, noisyData(70, 1)],
  ])('predicts as the formulas say, from %i points', (count, data) => {
    const process = new GaussianProcess(kernel, data, hyperparameters, count)
    const queries = randomPoints(300, 2)
    const exact = exactPosterior(data, hyperparameters, queries.subarray(0, 50))
    const { mean, variance } = process.predict(queries)
    expect(mean).toHaveLength(300)
    for (let row = 0; row < 10; row++) {
      expect(mean[row]).toBeCloseTo(exact.mean[row] ?? NaN, 9)
      expect(variance[row]).toBeCloseTo(exact.covariance[row]?.[row] ?? NaN, 9)
    }
    process.dispose()
  })

  it.each([exampleData(40, 3), noisyData(40, 3)])('is the same with points appended', (data) => {
    const knownNoise = data.knownNoise?.slice(0, 20)
    const half = { columns, points: data.points.slice(0, 100), targets: data.targets.slice(0, 20), knownNoise }
    const process = new GaussianProcess(kernel, half, hyperparameters, 40)
    for (let row = 20; row < 40; row++) {
      const point = data.points.slice(5 * row, 5 * row + 5)
      expect(process.append(point, data.targets[row] ?? NaN, data.knownNoise?.[row])).toBe(true)
    }
    process.retarget(data.targets)
    const whole = new GaussianProcess(kernel, data, hyperparameters, 40)
    const queries = randomPoints(20, 4)
    const appended = process.predict(queries)
    const expected = whole.predict(queries)
    for (let row = 0; row < 20; row++) {
      expect(appended.mean[row]).toBeCloseTo(expected.mean[row] ?? NaN, 10)
      expect(appended.variance[row]).toBeCloseTo(expected.variance[row] ?? NaN, 10)
    }
    process.dispose()
    whole.dispose()
  })

  it.each([exampleData(12, 7), noisyData(12, 7)])(
    'leaves out each point in turn as a process without it does',
    (data) => {
      const process = new GaussianProcess(kernel, data, hyperparameters, 12)
      const { mean, variance, observed } = process.leaveOneOut()
      const { inverse, constantMean } = exactPosterior(data, hyperparameters, data.points)
      for (let row = 0; row < 12; row++) {
        const diagonal = inverse[row]?.[row] ?? NaN
        const alpha = (inverse[row] ?? []).reduce(
          (sum, value, other) => sum + value * ((data.targets[other] ?? NaN) - constantMean),
          0,
        )
        expect(observed[row]).toBe(data.targets[row])
        expect(variance[row]).toBeCloseTo(1 / diagonal, 9)
        expect(mean[row]).toBeCloseTo((data.targets[row] ?? NaN) - alpha / diagonal, 9)
      }
      process.dispose()
    },
  )

  it('takes means of replicates as it would take their values one by one', () => {
    // Three values at one point with a variance of 0.3 each are their mean with 0.1.
    const given = { lengthscales: [0.5], outputScale: 1, noiseVariance: 0 }
    const line = { groups: [0], groupCount: 1 }
    const process = (points: number[], targets: number[], noise: number[]) => {
      const data = {
        ...{ columns: line, points: Float64Array.from(points), targets: Float64Array.from(targets) },
        knownNoise: Float64Array.from(noise),
      }
      return new GaussianProcess(kernel, data, given, points.length)
    }
    const means = process([0.2, 0.7], [1, -1], [0.1, 0.3])
    const values = process([0.2, 0.2, 0.2, 0.7], [0.4, 1.1, 1.5, -1], [0.3, 0.3, 0.3, 0.3])
    const queries = Float64Array.of(0, 0.2, 0.45, 0.9)
    const expected = values.predict(queries)
    for (const [row, { mean, variance }] of [...queries.keys()].map((row) => [row, means.predict(queries)] as const)) {
      expect(mean[row]).toBeCloseTo(expected.mean[row] ?? NaN, 10)
      expect(variance[row]).toBeCloseTo(expected.variance[row] ?? NaN, 10)
    }
    expect(means.noiseOf(1)).toBeCloseTo(0.3, 12)
    means.dispose()
    values.dispose()
  })

  it('takes equal points without noise, by jitter', () => {
    const points = Float64Array.of(0.5, 0.5, 0.5, 0.1)
    const data = { columns: { groups: [0], groupCount: 1 }, points, targets: Float64Array.of(1, 1, 1, 0) }
    const process = new GaussianProcess(kernel, data, { lengthscales: [1], outputScale: 1, noiseVariance: 0 }, 4)
    expect(process.diagonal).toBeGreaterThan(0)
    expect(process.predict(Float64Array.of(0.5)).mean[0]).toBeCloseTo(1, 3)
    process.dispose()
  })
})

describe('fitHyperparameters', () => {
  const settings = { priors: priorsFor(columns, 1e-6), warmStart: null, mostEvaluations: 200 }

  it('finds short lengthscales where the function bends, long ones where it does not', () => {
    const { hyperparameters: found } = finish(fitHyperparameters(kernel, exampleData(80, 8), settings))
    const [bent = NaN, slow = NaN] = found.lengthscales
    expect(bent).toBeLessThan(0.6 * slow)
    expect(found.noiseVariance).toBeLessThan(1e-3)
  })

  it('starts from an earlier fit with fewer evaluations, and ends no worse', () => {
    const cold = finish(fitHyperparameters(kernel, exampleData(80, 8), settings))
    const warmed = { ...settings, warmStart: cold.hyperparameters }
    const warm = finish(fitHyperparameters(kernel, exampleData(80, 8), warmed))
    expect(warm.evaluations).toBeLessThan(cold.evaluations / 2)
    expect(warm.value).toBeLessThanOrEqual(cold.value + 1e-3)
  })

  it('gives its memory back', () => {
    const own = numericKernel()
    finish(fitHyperparameters(own, exampleData(30, 9), settings))
    const used = own.memory.buffer.byteLength
    for (let round = 0; round < 5; round++) finish(fitHyperparameters(own, exampleData(30, 9), settings))
    expect(own.memory.buffer.byteLength).toBe(used)
  })
})
