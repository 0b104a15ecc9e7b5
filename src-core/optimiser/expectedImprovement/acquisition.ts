/**
 * Constrained expected improvement (Gardner et al. 2014, eq. 4; Schonlau, Welch & Jones 1998), by its logarithm, which
 * still has an order where the value itself is too small to be a number (Ament et al. 2023, arXiv 2310.20708):
 *
 *   ln EI(x) + sum_l ln P(c_l(x) <= 0),   EI = sd (phi(z) + z Phi(z)),  z = (mean - best) / sd
 */
import {
  logNormalCumulative,
  millsRatio,
  normalCumulative,
  normalDensity,
} from '../../gaussianProcess/normalDistribution.ts'
import type { Prediction } from '../../gaussianProcess/gaussianProcess.ts'

/** ln(phi(z) + z Phi(z)). */
export const logImprovement = (z: number): number => {
  if (z > -3) return Math.log(normalDensity(z) + z * normalCumulative(z))
  // Far out the two terms nearly cancel: phi(z) (1 - |z| Mills(|z|)).
  const remainder = 1 + z * millsRatio(-z)
  return -(z * z) / 2 - Math.log(2 * Math.PI) / 2 + Math.log(Math.max(Number.MIN_VALUE, remainder))
}

/** The logarithm of the expected improvement over `best`, at each predicted point. */
export const logExpectedImprovement = ({ mean, variance }: Prediction, best: number): Float64Array =>
  mean.map((value, row) => {
    const deviation = Math.sqrt(Math.max(1e-18, variance[row] ?? 0))
    return Math.log(deviation) + logImprovement((value - best) / deviation)
  })

/** The logarithm of the probability that a constraint's model is at or below its threshold. */
export const logFeasibility = ({ mean, variance }: Prediction, threshold: number): Float64Array =>
  mean.map((value, row) => logNormalCumulative((threshold - value) / Math.sqrt(Math.max(1e-18, variance[row] ?? 0))))
