/**
 * Whether a model knows how uncertain it is. The probability integral transform u = Phi((y - mean) / sd) of each observation
 * by its leave-one-out prediction is uniform where it does (Gneiting, Balabdaoui & Raftery, J. R. Stat. Soc. B 69, 2007).
 */
import { z } from 'zod'
import { normalCumulative } from '../gaussianProcess/normalDistribution.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import type { LeaveOneOut } from './surrogateModel.ts'

/** How well a model predicts each observation from all others. */
export const leaveOneOutErrorsSchema = z.strictObject({
  rows: z.int().min(1),
  /** In the model's units. */
  rootMeanSquareError: z.number(),
  /** 1 - sum of squared errors / sum of squared deviations from the mean: 1 is perfect, 0 no better than the mean; null where all observations are equal. */
  q2: z.number().nullable(),
  /** Mean log predictive density, higher is better: errors and stated uncertainty together. */
  meanLogPredictiveDensity: z.number(),
})
type LeaveOneOutErrors = Readonly<z.infer<typeof leaveOneOutErrorsSchema>>

/** Relative to the observations' squares, deviations that rounding can make of equal values. */
const rounding = 1e-24

/**
 * Errors of leave-one-out predictions: Q^2 is the cross-validated coefficient of determination (Quan 1988), the log
 * density is that of Rasmussen & Williams 2006, eq. 5.10, per observation.
 * @throws {Error} when there is no observation
 */
export const leaveOneOutErrors = ({ observed, mean, variance }: LeaveOneOut): LeaveOneOutErrors => {
  const rows = observed.length
  if (rows === 0) throw new Error('no observation was left out')
  const average = observed.reduce((sum, value) => sum + value, 0) / rows
  let squares = 0
  let squaredErrors = 0
  let squaredDeviations = 0
  let logDensity = 0
  for (const [row, value] of observed.entries()) {
    const predicted = mean[row] ?? NaN
    squares += value ** 2
    squaredErrors += (value - predicted) ** 2
    squaredDeviations += (value - average) ** 2
    logDensity += normalLogDensity(value, predicted, variance[row] ?? NaN)
  }
  return {
    rows,
    rootMeanSquareError: Math.sqrt(squaredErrors / rows),
    q2: squaredDeviations > rounding * squares ? 1 - squaredErrors / squaredDeviations : null,
    meanLogPredictiveDensity: logDensity / rows,
  }
}

/** ln of the density of a normal variable of this mean and variance. */
const normalLogDensity = (value: number, mean: number, variance: number): number =>
  -0.5 * (Math.log(2 * Math.PI * variance) + (value - mean) ** 2 / variance)

const shareSchema = z.number().min(0).max(1)

export const calibrationSchema = z.strictObject({
  /** Share of the observations inside the central interval of each nominal probability. */
  intervals: z.array(z.strictObject({ nominal: shareSchema, share: shareSchema })),
  /** Share of the observations in each of ten equal bins of the transform, from 0 to 1; level: calibrated, U: too sure. */
  histogram: z.array(shareSchema),
  /** Kolmogorov-Smirnov distance of the transform from uniform, and what it stays below in 95 of 100 calibrated models. */
  distance: shareSchema,
  usualDistance: z.number(),
})
type Calibration = DeepReadonly<z.infer<typeof calibrationSchema>>

const nominalProbabilities = [0.5, 0.8, 0.9, 0.95]
const bins = 10

/**
 * The usual distance is that of independent observations (Stephens, J. Am. Stat. Assoc. 69, 1974, table 1A); leave-one-out
 * predictions share data, so that it is a guide, not a test.
 * @throws {Error} when there is no observation
 */
export const calibration = ({ observed, mean, variance }: LeaveOneOut): Calibration => {
  const rows = observed.length
  if (rows === 0) throw new Error('no observation was left out')
  const transformed = observed
    .map((value, row) => normalCumulative((value - (mean[row] ?? NaN)) / Math.sqrt(variance[row] ?? NaN)))
    .sort()
  const shareOf = (inside: (value: number) => boolean): number => transformed.filter(inside).length / rows
  return {
    intervals: nominalProbabilities.map((nominal) => ({
      nominal,
      share: shareOf((value) => Math.abs(value - 0.5) <= nominal / 2),
    })),
    histogram: Array.from({ length: bins }, (_, bin) =>
      shareOf((value) => Math.min(bins - 1, Math.floor(value * bins)) === bin),
    ),
    distance: transformed.reduce(
      (largest, value, row) => Math.max(largest, value - row / rows, (row + 1) / rows - value),
      0,
    ),
    usualDistance: 1.358 / (Math.sqrt(rows) + 0.12 + 0.11 / Math.sqrt(rows)),
  }
}
