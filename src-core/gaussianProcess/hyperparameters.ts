/**
 * What a Gaussian process is made of, and what is believed of it before any data.
 *
 *   k(x, x') = outputScale (1 + s + s^2/3) exp(-s),  s = sqrt(5 sum_g |x_g - x'_g|^2 / lengthscale_g^2)
 *   y = mean + f(x) + noise
 *
 * Matern's kernel, nu = 5/2, with automatic relevance determination (Rasmussen & Williams 2006, eq. 4.17 and 5.2). A group
 * of columns shares a lengthscale: one column for a number, one for each choice of a category.
 */

/** The columns that a model sees of a point. */
export interface ModelColumns {
  /** Index of the lengthscale of each column. */
  readonly groups: readonly number[]
  /** Number of lengthscales. */
  readonly groupCount: number
}

/** Hyperparameters of a Gaussian process on standardised targets. */
export interface Hyperparameters {
  /** One for each group, in units of the unit cube. */
  readonly lengthscales: readonly number[]
  /** Prior variance of the function, in units of the targets squared. */
  readonly outputScale: number
  /** Variance of the noise, in the same units. */
  readonly noiseVariance: number
}

/** A normal prior on the logarithm of a hyperparameter, and bounds of the hyperparameter itself. */
interface LogPrior {
  readonly mean: number
  readonly deviation: number
  readonly low: number
  readonly high: number
}

export interface Priors {
  readonly lengthscale: LogPrior
  readonly outputScale: LogPrior
  readonly noiseVariance: LogPrior
}

/**
 * Lengthscales that grow with the square root of the dimension, so that the model is no more complex in many dimensions
 * than in one (Hvarfner, Hellsten & Nardi 2024, arXiv 2402.02229, section 4), but with a wider prior, which lets data speak
 * sooner; and little noise, of whose size nothing is known but its order. docs/results.md has what narrower ones cost.
 * @param lowestNoise smallest variance of the noise, in units of the targets' variance
 */
export const priorsFor = ({ groupCount }: ModelColumns, lowestNoise: number): Priors => ({
  lengthscale: {
    mean: Math.SQRT2 + Math.log(Math.max(1, groupCount)) / 2,
    deviation: 3,
    low: 0.005,
    high: 100,
  },
  outputScale: { mean: 0, deviation: 3, low: 0.01, high: 100 },
  noiseVariance: { mean: -9, deviation: 1, low: lowestNoise, high: 1 },
})

/** Where a fit begins that has nothing better: lengthscales shorter than their prior has them, little noise. */
export const initialHyperparameters = ({ groupCount }: ModelColumns): Hyperparameters => ({
  lengthscales: Array.from({ length: groupCount }, () => 0.5 * Math.sqrt(Math.max(1, groupCount / 4))),
  outputScale: 1,
  noiseVariance: 0.01,
})

/** Logarithms in the order lengthscales, output scale, noise variance: the coordinates of the fit. */
export const logarithmsOf = ({ lengthscales, outputScale, noiseVariance }: Hyperparameters): Float64Array =>
  Float64Array.from([...lengthscales, outputScale, noiseVariance], Math.log)

/** The inverse of `logarithmsOf`. */
export const hyperparametersFrom = (logarithms: ArrayLike<number>): Hyperparameters => {
  const values = Array.from(logarithms, Math.exp)
  const noiseVariance = values.pop() ?? NaN
  const outputScale = values.pop() ?? NaN
  return { lengthscales: values, outputScale, noiseVariance }
}

/** The priors in the order of `logarithmsOf`. */
export const priorList = (priors: Priors, groupCount: number): LogPrior[] => [
  ...Array.from({ length: groupCount }, () => priors.lengthscale),
  priors.outputScale,
  priors.noiseVariance,
]
