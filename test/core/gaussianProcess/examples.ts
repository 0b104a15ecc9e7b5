import type { Hyperparameters, ModelColumns } from '../../../src-core/gaussianProcess/hyperparameters.ts'
import type { TrainingData } from '../../../src-core/gaussianProcess/likelihood.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'

/** Three numbers, then the two columns of a category, which share a lengthscale. */
export const columns: ModelColumns = { groups: [0, 1, 2, 3, 3], groupCount: 4 }
export const hyperparameters: Hyperparameters = {
  lengthscales: [0.3, 0.8, 2, 0.7],
  outputScale: 1.3,
  noiseVariance: 0.02,
}

/** Random points of the unit cube, row-major. */
export const randomPoints = (count: number, seed: number, dimensions = columns.groups.length): Float64Array => {
  const generator = createGenerator(seed)
  return Float64Array.from({ length: count * dimensions }, () => generator.next())
}

export const exampleData = (count: number, seed: number): TrainingData => {
  const points = randomPoints(count, seed)
  const targets = Float64Array.from({ length: count }, (_, row) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = points.subarray(5 * row, 5 * row + 5)
    return Math.sin(5 * a) + b * c + d - 0.5 * e
  })
  return { columns, points, targets }
}

/** The same of means of replicates, some of which are known well and some hardly at all. */
export const noisyData = (count: number, seed: number): TrainingData => ({
  ...exampleData(count, seed),
  knownNoise: Float64Array.from({ length: count }, (_, row) => [0, 0.001, 0.05, 0.4][row % 4] ?? 0),
})

/** The covariance of two points, straight from the formula. */
export const covariance = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { lengthscales, outputScale }: Hyperparameters,
) => {
  const squared = columns.groups.reduce(
    (sum, group, index) => sum + (((a[index] ?? 0) - (b[index] ?? 0)) / (lengthscales[group] ?? 1)) ** 2,
    0,
  )
  const s = Math.sqrt(5 * squared)
  return outputScale * (1 + s + (s * s) / 3) * Math.exp(-s)
}

/** The posterior's mean and covariance at `queries`, by Gauss-Jordan elimination: slow, and not to be mistaken. */
export const exactPosterior = (
  { points, targets, knownNoise }: TrainingData,
  given: Hyperparameters,
  queries: Float64Array,
) => {
  const rowsOf = (numbers: Float64Array): number[][] =>
    Array.from({ length: numbers.length / 5 }, (_, row) => Array.from(numbers.subarray(5 * row, 5 * row + 5)))
  const told = rowsOf(points)
  const asked = rowsOf(queries)
  const k = told.map((a, row) =>
    told.map(
      (b, column) => covariance(a, b, given) + (row === column ? given.noiseVariance + (knownNoise?.[row] ?? 0) : 0),
    ),
  )
  const inverse = inverted(k)
  const times = (matrix: number[][], vector: number[]): number[] =>
    matrix.map((line) => line.reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0))
  const total = (vector: number[]): number => vector.reduce((sum, value) => sum + value, 0)
  const mean =
    total(times(inverse, Array.from(targets))) /
    total(
      times(
        inverse,
        told.map(() => 1),
      ),
    )
  const alpha = times(
    inverse,
    Array.from(targets, (target) => target - mean),
  )
  const cross = asked.map((query) => told.map((point) => covariance(query, point, given)))
  return {
    mean: times(cross, alpha).map((value) => value + mean),
    covariance: asked.map((a, row) => {
      const weights = times(inverse, cross[row] ?? [])
      return asked.map(
        (b, column) =>
          covariance(a, b, given) -
          weights.reduce((sum, value, index) => sum + value * (cross[column]?.[index] ?? 0), 0),
      )
    }),
    constantMean: mean,
    inverse,
  }
}

const inverted = (matrix: readonly (readonly number[])[]): number[][] => {
  const n = matrix.length
  const rows = matrix.map((line, row) => [...line, ...line.map((_, column) => (row === column ? 1 : 0))])
  for (let pivot = 0; pivot < n; pivot++) {
    const line = rows[pivot] ?? []
    const factor = line[pivot] ?? NaN
    for (let index = 0; index < 2 * n; index++) line[index] = (line[index] ?? NaN) / factor
    for (const [row, other] of rows.entries()) {
      if (row === pivot) continue
      const share = other[pivot] ?? 0
      for (let index = 0; index < 2 * n; index++) other[index] = (other[index] ?? NaN) - share * (line[index] ?? NaN)
    }
  }
  return rows.map((line) => line.slice(n))
}
