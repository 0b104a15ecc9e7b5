/**
 * The log marginal likelihood of a Gaussian process and its gradient (Rasmussen & Williams 2006, eq. 5.8 and 5.9):
 *
 *   L = -1/2 (y - m)^T K^-1 (y - m) - 1/2 ln|K| - n/2 ln 2 pi,    m = 1^T K^-1 y / 1^T K^-1 1
 *
 * with K = k(X, X) + noise I + D, where D holds what is known of the noise of single targets.
 * The constant mean m maximises L for given hyperparameters, so that the gradient by the others is as if it were fixed.
 */
import { Arena, type Pointer, rowLength } from '../linearAlgebra/arena.ts'
import type { Evaluation } from '../linearAlgebra/boundedMinimiser.ts'
import type { NumericKernel } from '../linearAlgebra/numericKernel.ts'
import { hyperparametersFrom, type ModelColumns, priorList, type Priors } from './hyperparameters.ts'
import { PointTable } from './pointTable.ts'

/** Targets at points. */
export interface TrainingData {
  readonly columns: ModelColumns
  /** Row-major, one row for each target. */
  readonly points: Float64Array
  readonly targets: Float64Array
  /** Known variance of each target beside the noise that is fitted, as of a mean of replicates; absent: none is known. */
  readonly knownNoise?: Float64Array | undefined
}

/** Adds known variances to the diagonal of a matrix of rows of `length` numbers. */
export const addToDiagonal = (matrix: Float64Array, length: number, knownNoise: Float64Array | undefined): void => {
  for (const [row, variance] of knownNoise?.entries() ?? []) {
    const place = row * length + row
    matrix[place] = (matrix[place] ?? NaN) + variance
  }
}

const impossible = (dimensions: number): Evaluation => ({ value: Infinity, gradient: new Float64Array(dimensions) })

/** The negative log posterior of hyperparameters, for the minimiser. */
export class HyperparameterPosterior {
  readonly #arena: Arena
  readonly #data: TrainingData
  readonly #priors: Priors | null
  readonly #table: PointTable
  readonly #count: number
  readonly #length: number
  readonly #matrix: Pointer
  readonly #inverse: Pointer
  readonly #ones: Pointer
  readonly #alpha: Pointer
  readonly #weights: Pointer
  readonly #gradient: Pointer

  /** @param priors null for the likelihood alone */
  constructor(kernel: NumericKernel, data: TrainingData, priors: Priors | null) {
    this.#arena = new Arena(kernel)
    this.#data = data
    this.#priors = priors
    this.#count = data.targets.length
    this.#length = rowLength(this.#count)
    this.#table = new PointTable(this.#arena, data.columns, this.#count)
    this.#matrix = this.#arena.allocate(this.#count * this.#length)
    this.#inverse = this.#arena.allocate(this.#count * this.#length)
    this.#ones = this.#arena.allocate(this.#length)
    this.#alpha = this.#arena.allocate(this.#length)
    this.#weights = this.#arena.allocate(8)
    this.#gradient = this.#arena.allocate(data.columns.groups.length)
  }

  /** @param logarithms of the hyperparameters, as `logarithmsOf` orders them */
  evaluate(logarithms: Float64Array): Evaluation {
    const likelihood = this.likelihood(logarithms)
    if (!Number.isFinite(likelihood.value)) return impossible(logarithms.length)
    const priors = this.#priors === null ? [] : priorList(this.#priors, this.#data.columns.groupCount)
    const gradient = likelihood.gradient.map((slope) => -slope)
    let value = -likelihood.value
    for (const [index, { mean, deviation }] of priors.entries()) {
      const distance = ((logarithms[index] ?? 0) - mean) / deviation
      value += (distance * distance) / 2
      gradient[index] = (gradient[index] ?? 0) + distance / deviation
    }
    return { value, gradient }
  }

  /** The log marginal likelihood and its gradient; minus infinity where the matrix cannot be factorised. */
  likelihood(logarithms: Float64Array): Evaluation {
    const arena = this.#arena
    const table = this.#table
    const count = this.#count
    const length = this.#length
    const matrix = this.#matrix
    const inverse = this.#inverse
    const alpha = this.#alpha
    const { kernel } = arena
    const { lengthscales, outputScale, noiseVariance } = hyperparametersFrom(logarithms)
    const { dimensions, tableStride, rowStride } = table
    const stride = 8 * length
    table.fill(this.#data.points, lengthscales)
    const points = [table.table, tableStride, count, dimensions, table.rows, rowStride] as const
    kernel.maternMatrix(...points, outputScale, noiseVariance, matrix, stride)
    addToDiagonal(arena.view(matrix, count * length), length, this.#data.knownNoise)
    if (kernel.cholesky(matrix, count, stride) > 0) return { ...impossible(logarithms.length), value: -Infinity }
    const { fit, halfLogDeterminant } = this.#solve()
    kernel.inverseTransposed(matrix, count, stride, inverse, stride)
    // L is no longer needed: its place takes the inverse of K.
    kernel.multiplyInverse(inverse, count, stride, matrix, stride)
    kernel.likelihoodGradient(...points, outputScale, alpha, matrix, stride, this.#weights, this.#gradient)
    const gradient = new Float64Array(logarithms.length)
    for (const [column, slope] of this.#arena.view(this.#gradient, dimensions).entries()) {
      const group = this.#data.columns.groups[column] ?? 0
      gradient[group] = (gradient[group] ?? 0) + slope
    }
    const numbers = arena.view(matrix, count * length)
    let trace = 0
    for (let row = 0; row < count; row++) trace += numbers[row * length + row] ?? 0
    const alphas = arena.view(alpha, count)
    const squared = alphas.reduce((sum, value) => sum + value * value, 0)
    // d K / d ln noise = noise I, and d K / d ln outputScale = K - noise I - D, D the known noise.
    gradient[logarithms.length - 1] = (noiseVariance / 2) * (squared - trace)
    gradient[logarithms.length - 2] = (fit - count) / 2 - (noiseVariance / 2) * (squared - trace)
    for (const [row, variance] of this.#data.knownNoise?.entries() ?? []) {
      const slope = (alphas[row] ?? NaN) ** 2 - (numbers[row * length + row] ?? NaN)
      gradient[logarithms.length - 2] = (gradient[logarithms.length - 2] ?? NaN) - (variance / 2) * slope
    }
    return { value: -fit / 2 - halfLogDeterminant - (count / 2) * Math.log(2 * Math.PI), gradient }
  }

  /** Leaves K^-1 (y - m) in `alpha`. */
  #solve(): { readonly fit: number; readonly halfLogDeterminant: number } {
    const arena = this.#arena
    const count = this.#count
    const length = this.#length
    const matrix = this.#matrix
    const ones = this.#ones
    const alpha = this.#alpha
    const { kernel } = arena
    const { targets } = this.#data
    arena.view(ones, count).fill(1)
    arena.view(alpha, count).set(targets)
    kernel.solveLower(matrix, count, 8 * length, ones)
    kernel.solveLower(matrix, count, 8 * length, alpha)
    const ofOnes = arena.view(ones, count)
    const ofTargets = arena.view(alpha, count)
    const mean = dot(ofOnes, ofTargets) / dot(ofOnes, ofOnes)
    for (let row = 0; row < count; row++) ofTargets[row] = (ofTargets[row] ?? 0) - mean * (ofOnes[row] ?? 0)
    const fit = dot(ofTargets, ofTargets)
    kernel.solveLowerTransposed(matrix, count, 8 * length, alpha)
    const factor = arena.view(matrix, count * length)
    let halfLogDeterminant = 0
    for (let row = 0; row < count; row++) halfLogDeterminant += Math.log(factor[row * length + row] ?? NaN)
    return { fit, halfLogDeterminant }
  }

  dispose(): void {
    this.#arena.dispose()
  }
}

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
