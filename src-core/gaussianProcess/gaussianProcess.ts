/**
 * The posterior of a Gaussian process with given hyperparameters (Rasmussen & Williams 2006, algorithm 2.1):
 *
 *   mean(x) = m + k(x, X) K^-1 (y - m),   variance(x) = k(x, x) - k(x, X) K^-1 k(X, x)
 *
 * with K = k(X, X) + noise I + D = L L^T, D the known noise of single targets (of means of replicates). A point is added to L in O(n^2).
 */
import { Arena, type Pointer, rowLength } from '../linearAlgebra/arena.ts'
import type { NumericKernel } from '../linearAlgebra/numericKernel.ts'
import type { Hyperparameters } from './hyperparameters.ts'
import { addToDiagonal, type TrainingData } from './likelihood.ts'
import { PointTable } from './pointTable.ts'

export interface Prediction {
  readonly mean: Float64Array
  /** Variance of the function, without the noise. */
  readonly variance: Float64Array
}

/** Each target as the others predict it, with noise (Rasmussen & Williams 2006, eq. 5.12). */
interface LeaveOneOut {
  readonly observed: Float64Array
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/** Jitter on the diagonal, in units of the output scale, when the matrix cannot be factorised as it is. */
const jitters = [0, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2]
/** Points whose covariances are in memory at the same time. */
const queryBlock = 256

/** The scalar product of `b` with as many numbers of `a` from `start` on. */
const sumOfProducts = (a: Float64Array, start: number, b: Float64Array): number => {
  let sum = 0
  for (let index = 0; index < b.length; index++) sum += (a[start + index] ?? 0) * (b[index] ?? 0)
  return sum
}

export class GaussianProcess {
  readonly hyperparameters: Hyperparameters
  readonly arena: Arena
  readonly table: PointTable
  /** L, by rows of `length` numbers. */
  readonly factor: Pointer
  readonly length: number
  /** Points that there is room for. */
  readonly capacity: number
  /** Variance on the diagonal: the noise, and jitter if that was not enough. */
  readonly diagonal: number
  /** K^-1 (y - m). */
  readonly #alpha: Pointer
  readonly #targets: number[]
  readonly #knownNoise: number[]
  #constantMean = 0

  /**
   * @param capacity points that there is to be room for
   * @throws {Error} when even with the largest jitter the matrix cannot be factorised
   */
  constructor(kernel: NumericKernel, data: TrainingData, hyperparameters: Hyperparameters, capacity: number) {
    this.arena = new Arena(kernel)
    this.hyperparameters = hyperparameters
    const count = data.targets.length
    const room = Math.max(1, capacity, count)
    this.capacity = room
    this.length = rowLength(room)
    this.table = new PointTable(this.arena, data.columns, room)
    this.factor = this.arena.allocate(room * this.length)
    this.#alpha = this.arena.allocate(this.length)
    this.#targets = Array.from(data.targets)
    this.#knownNoise = Array.from(data.knownNoise ?? [])
    this.table.fill(data.points, hyperparameters.lengthscales)
    try {
      this.diagonal = this.#factorise(data.knownNoise)
      this.#solveTargets()
    } catch (error) {
      this.dispose()
      throw error
    }
  }

  get count(): number {
    return this.table.count
  }

  get mean(): number {
    return this.#constantMean
  }

  target(row: number): number {
    return this.#targets[row] ?? NaN
  }

  /** Variance of a target about the function: the diagonal, and what is known of its own noise. */
  noiseOf(row: number): number {
    const known = this.#knownNoise[row]
    return known === undefined ? this.diagonal : this.diagonal + known
  }

  /**
   * Adds a point; `retarget` must follow the last one.
   * @param knownNoise variance of its target beside the fitted noise
   * @returns false when it cannot be added: it repeats another so closely that only a new start helps
   */
  append(point: Float64Array, target: number, knownNoise = 0): boolean {
    const { arena, table, factor, length, hyperparameters } = this
    const { kernel } = arena
    const row = factor + 8 * this.count * length
    const scratch = new Arena(kernel)
    this.#covariances(scratch.place(table.scaled(point)), 1, row)
    scratch.dispose()
    const before = this.count
    arena.view(row, length)[before] = hyperparameters.outputScale + this.diagonal + knownNoise
    if (kernel.appendRow(factor, before, 8 * length) > 0) return false
    table.append(point)
    this.#knownNoise[before] = knownNoise
    this.#targets.push(target)
    return true
  }

  /** Replaces the targets of all points. */
  retarget(targets: Float64Array): void {
    this.#targets.splice(0, this.#targets.length, ...targets)
    this.#solveTargets()
  }

  /** Adds points as if the function had been seen to be what it is predicted to be there; false as for `append`. */
  believe(points: Float64Array): boolean {
    const { dimensions } = this.table
    const { mean } = this.predict(points)
    for (const [row, value] of mean.entries()) {
      if (!this.append(points.slice(row * dimensions, (row + 1) * dimensions), value)) return false
    }
    this.retarget(Float64Array.from(this.#targets))
    return true
  }

  /** Posterior at `points`, row-major. */
  predict(points: Float64Array): Prediction {
    const { table, length, factor, hyperparameters } = this
    const { dimensions } = table
    const rows = points.length / dimensions
    const mean = new Float64Array(rows)
    const variance = new Float64Array(rows)
    const scratch = new Arena(this.arena.kernel)
    const block = Math.min(queryBlock, rows)
    const covariances = scratch.allocate(block * length)
    const queries = scratch.place(table.scaled(points))
    for (let from = 0; from < rows; from += block) {
      const here = Math.min(block, rows - from)
      this.#covariances(queries + 8 * from * dimensions, here, covariances)
      const alpha = scratch.view(this.#alpha, this.count)
      const lines = scratch.view(covariances, block * length)
      for (let row = 0; row < here; row++) mean[from + row] = this.mean + sumOfProducts(lines, row * length, alpha)
      this.arena.kernel.solveLowerRows(factor, this.count, 8 * length, covariances, here, 8 * length)
      const solved = scratch.view(covariances, block * length)
      for (let row = 0; row < here; row++) {
        const line = solved.subarray(row * length, row * length + this.count)
        // Never below zero, where rounding would have it.
        variance[from + row] = Math.max(0, hyperparameters.outputScale - sumOfProducts(line, 0, line))
      }
    }
    scratch.dispose()
    return { mean, variance }
  }

  /** The posterior mean at `points`, row-major, without the variance: O(n) a point and not O(n^2). */
  predictMean(points: Float64Array): Float64Array {
    const { table, length } = this
    const { dimensions } = table
    const mean = new Float64Array(points.length / dimensions)
    const scratch = new Arena(this.arena.kernel)
    const block = Math.min(queryBlock, mean.length)
    const covariances = scratch.allocate(block * length)
    const queries = scratch.place(table.scaled(points))
    for (let from = 0; from < mean.length; from += block) {
      const here = Math.min(block, mean.length - from)
      this.#covariances(queries + 8 * from * dimensions, here, covariances)
      const alpha = scratch.view(this.#alpha, this.count)
      const lines = scratch.view(covariances, block * length)
      for (let row = 0; row < here; row++) mean[from + row] = this.mean + sumOfProducts(lines, row * length, alpha)
    }
    scratch.dispose()
    return mean
  }

  /** Leave-one-out predictions by the inverse of K, without refitting. The constant mean stays that of all points. */
  leaveOneOut(): LeaveOneOut {
    const { count, length } = this
    const scratch = new Arena(this.arena.kernel)
    const inverse = scratch.allocate(count * length)
    this.arena.kernel.inverseTransposed(this.factor, count, 8 * length, inverse, 8 * length)
    const rows = scratch.view(inverse, count * length)
    const alpha = scratch.view(this.#alpha, count)
    const observed = Float64Array.from(this.#targets)
    const variance = observed.map((_, row) => {
      const line = rows.subarray(row * length + row, row * length + count)
      return 1 / sumOfProducts(line, 0, line)
    })
    const mean = observed.map((target, row) => target - (alpha[row] ?? 0) * (variance[row] ?? 0))
    scratch.dispose()
    return { observed, mean, variance }
  }

  dispose(): void {
    this.arena.dispose()
  }

  /** The covariances of scaled queries with the points. */
  #covariances(queries: Pointer, rows: number, out: Pointer): void {
    const { table, count, length } = this
    const { dimensions, tableStride } = table
    const { outputScale } = this.hyperparameters
    const places = [queries, rows, 8 * dimensions, outputScale, out, 8 * length] as const
    this.arena.kernel.maternRows(table.table, tableStride, count, dimensions, ...places)
  }

  #factorise(knownNoise: Float64Array | undefined): number {
    const { table, count, factor, length } = this
    const { outputScale, noiseVariance } = this.hyperparameters
    for (const jitter of jitters) {
      const diagonal = noiseVariance + jitter * outputScale
      const points = [table.table, table.tableStride, count, table.dimensions, table.rows, table.rowStride] as const
      this.arena.kernel.maternMatrix(...points, outputScale, diagonal, factor, 8 * length)
      addToDiagonal(this.arena.view(factor, count * length), length, knownNoise)
      if (this.arena.kernel.cholesky(factor, count, 8 * length) === 0) return diagonal
    }
    throw new Error('the covariance matrix cannot be factorised')
  }

  #solveTargets(): void {
    const { arena, factor, length, count } = this
    const { kernel } = arena
    const ones = new Arena(kernel)
    const one = ones.allocate(length)
    ones.view(one, count).fill(1)
    kernel.solveLower(factor, count, 8 * length, one)
    arena.view(this.#alpha, count).set(this.#targets)
    kernel.solveLower(factor, count, 8 * length, this.#alpha)
    const ofOnes = arena.view(one, count)
    const ofTargets = arena.view(this.#alpha, count)
    this.#constantMean = count === 0 ? 0 : sumOfProducts(ofTargets, 0, ofOnes) / sumOfProducts(ofOnes, 0, ofOnes)
    for (let row = 0; row < count; row++) {
      ofTargets[row] = (ofTargets[row] ?? 0) - this.#constantMean * (ofOnes[row] ?? 0)
    }
    kernel.solveLowerTransposed(factor, count, 8 * length, this.#alpha)
    ones.dispose()
  }
}
