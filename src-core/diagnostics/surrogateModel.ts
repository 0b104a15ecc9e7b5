import type { Seed } from '../random/seed.ts'

/** What each observation is by the others' prediction, with noise (Rasmussen & Williams 2006, eq. 5.10 to 5.12). */
export interface LeaveOneOut {
  readonly observed: Float64Array
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/** A fitted model of one output (the objective or a constraint), seen from outside. */
export interface Surrogate {
  /** `objective`, or the constraint's name. */
  readonly name: string
  /**
   * Posterior mean and variance of the latent function at `points`, in the model's own (transformed, standardised) units.
   * @param points coordinates of the unit cube, one per parameter of the space in order; row-major, rows x parameters
   */
  predict(points: Float64Array): { readonly mean: Float64Array; readonly variance: Float64Array }
  /** The posterior mean alone, for models that have it sooner than with the variance. */
  predictMean?(points: Float64Array): Float64Array
  /** The observed value that a value in the model's units stands for. */
  toNative?(target: number): number
  /**
   * One function drawn from the posterior, at `points`; the same seed is the same function. Only models that can draw one
   * without a factorisation of the points' covariances have it.
   */
  sample?(seed: Seed, points: Float64Array): Float64Array
  /** Where zero of the constraint lies in the model's units, feasible at or below it; null for the objective. */
  readonly threshold: number | null
  /** One per parameter, in units of the unit cube. */
  readonly lengthscales: readonly number[]
  readonly noiseVariance: number
  /** Prior variance of the latent function. */
  readonly outputScale: number
  readonly leaveOneOut: LeaveOneOut
}

/** Points predicted at once: their covariances with every observation are in memory. */
const rowsAtOnce = 2048

/** The posterior mean at `points` (row-major, rows x `dimensions`), predicted in batches. */
export const posteriorMean = (surrogate: Surrogate, points: Float64Array, dimensions: number): Float64Array => {
  const mean = new Float64Array(dimensions === 0 ? 0 : points.length / dimensions)
  for (let row = 0; row < mean.length; row += rowsAtOnce) {
    const part = points.subarray(row * dimensions, (row + rowsAtOnce) * dimensions)
    mean.set(surrogate.predictMean?.(part) ?? surrogate.predict(part).mean, row)
  }
  return mean
}
