/**
 * Functions drawn from the posterior of a Gaussian process by pathwise conditioning (Wilson, Borovitskiy, Terenin,
 * Mostowsky & Deisenroth, ICML 2020, eq. 13):
 *
 *   path(x) = m + prior(x) + k(x, X) K^-1 (y - m - prior(X) - noise)
 *
 * The prior is a sum of random Fourier features (Rahimi & Recht 2007); the spectral density of Matern's kernel with
 * nu = 5/2 is a multivariate t distribution with five degrees of freedom. Every path draws features of its own, so that
 * mean and covariance over paths are the posterior's, not those of one set of features.
 */
import { Arena, type Pointer, roundedUp, rowLength } from '../linearAlgebra/arena.ts'
import { createNormal } from '../random/normal.ts'
import type { RandomGenerator } from '../random/generator.ts'
import type { GaussianProcess } from './gaussianProcess.ts'

const degreesOfFreedom = 5
const twoPi = 2 * Math.PI

/** A function drawn from the posterior; it is valid as long as its process is, and does not see points added later. */
export class SamplePath {
  readonly #process: GaussianProcess
  readonly #arena: Arena
  readonly #features: number
  readonly #frequencies: Pointer
  readonly #phases: Pointer
  readonly #weights: Pointer
  readonly #updates: Pointer
  readonly #count: number

  /** @param features number of random features of the prior */
  constructor(process: GaussianProcess, generator: RandomGenerator, features: number) {
    this.#process = process
    this.#arena = new Arena(process.arena.kernel)
    this.#features = features
    this.#count = process.count
    const normal = createNormal(generator)
    const { dimensions } = process.table
    const length = this.#frequencyLength
    const frequencies = new Float64Array(length * dimensions)
    const phases = new Float64Array(roundedUp(features))
    const weights = new Float64Array(roundedUp(features))
    const amplitude = Math.sqrt((2 * process.hyperparameters.outputScale) / features)
    for (let feature = 0; feature < features; feature++) {
      let squares = 0
      for (let degree = 0; degree < degreesOfFreedom; degree++) squares += normal() ** 2
      // In turns, which the kernel's cosine takes.
      const scale = Math.sqrt(degreesOfFreedom / squares) / twoPi
      for (let dimension = 0; dimension < dimensions; dimension++) {
        frequencies[dimension * length + feature] = scale * normal()
      }
      phases[feature] = generator.next()
      weights[feature] = amplitude * normal()
    }
    this.#frequencies = this.#arena.place(frequencies)
    this.#phases = this.#arena.place(phases)
    this.#weights = this.#arena.place(weights)
    this.#updates = this.#condition(normal)
  }

  /** The path at `points`, row-major and not scaled. */
  evaluate(points: Float64Array): Float64Array {
    const { table } = this.#process
    const rows = points.length / table.dimensions
    const scratch = new Arena(this.#arena.kernel)
    const queries = scratch.place(table.scaled(points))
    const out = scratch.allocate(rows)
    this.#evaluateScaled(queries, rows, this.#process.mean, this.#count, this.#updates, out)
    const values = scratch.copy(out, rows)
    scratch.dispose()
    return values
  }

  /** The gradient of the path by the coordinates of one point. */
  gradient(point: Float64Array): Float64Array {
    const { table } = this.#process
    const scratch = new Arena(this.#arena.kernel)
    const query = scratch.place(table.scaled(point))
    const coefficients = scratch.allocate(roundedUp(this.#features) + roundedUp(this.#count))
    const out = scratch.allocate(table.dimensions)
    this.#arena.kernel.pathGradient(
      table.dimensions,
      this.#frequencies,
      8 * this.#frequencyLength,
      this.#features,
      this.#phases,
      this.#weights,
      table.table,
      table.tableStride,
      this.#count,
      this.#updates,
      query,
      coefficients,
      out,
    )
    const gradient = scratch.copy(out, table.dimensions)
    scratch.dispose()
    return gradient.map((slope, index) => slope * (table.scales[index] ?? 1))
  }

  dispose(): void {
    this.#arena.dispose()
  }

  get #frequencyLength(): number {
    return rowLength(this.#features)
  }

  /** outputScale K^-1 (y - m - prior(X) - noise): what the covariances with the points are weighted by. */
  #condition(normal: () => number): Pointer {
    const process = this.#process
    const arena = this.#arena
    const count = this.#count
    const { table, factor, length, hyperparameters } = process
    const updates = arena.allocate(Math.max(8, roundedUp(count)))
    this.#evaluateScaled(table.rows, count, 0, 0, updates, updates)
    const residuals = arena.view(updates, count)
    for (let row = 0; row < count; row++) {
      const noise = Math.sqrt(process.noiseOf(row)) * normal()
      residuals[row] = process.target(row) - process.mean - (residuals[row] ?? 0) - noise
    }
    arena.kernel.solveLower(factor, count, 8 * length, updates)
    arena.kernel.solveLowerTransposed(factor, count, 8 * length, updates)
    const weighted = arena.view(updates, count)
    for (let row = 0; row < count; row++) weighted[row] = (weighted[row] ?? 0) * hyperparameters.outputScale
    return updates
  }

  #evaluateScaled(queries: Pointer, rows: number, offset: number, count: number, updates: Pointer, out: Pointer): void {
    const { table } = this.#process
    this.#arena.kernel.evaluatePath(
      table.dimensions,
      offset,
      this.#frequencies,
      8 * this.#frequencyLength,
      this.#features,
      this.#phases,
      this.#weights,
      table.table,
      table.tableStride,
      count,
      updates,
      queries,
      rows,
      8 * table.dimensions,
      out,
    )
  }
}
