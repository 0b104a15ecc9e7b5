import { z } from 'zod'
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
