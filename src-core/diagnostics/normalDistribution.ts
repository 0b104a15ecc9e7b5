/**
 * The standard normal distribution.
 *
 *   Phi(x) = exp(-x^2/2) P(|x|) / Q(|x|) for |x| < 10 / sqrt 2, else by a continued fraction; x > 0 by symmetry
 *
 * after Hart et al., Computer Approximations, 1968, no. 5666, in the form of West, Better approximations to cumulative
 * normal functions, Wilmott Magazine, May 2005, 70-76. Absolute error about 1e-15;
 * relative error in the far tail below 1e-7.
 */
const numerator = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
]
const denominator = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
]
/** Beyond it the probability is below the smallest number. */
const farthest = 37

/** Phi: the probability that a standard normal variable is at most `x`. */
export function normalCumulative(x: number): number {
  const distance = Math.abs(x)
  const tail = distance > farthest ? 0 : Math.exp((-distance * distance) / 2) * tailFactor(distance)
  return x > 0 ? 1 - tail : tail
}

/** ln of the density of a normal variable of this mean and variance. */
export const normalLogDensity = (value: number, mean: number, variance: number): number =>
  -0.5 * (Math.log(2 * Math.PI * variance) + (value - mean) ** 2 / variance)

/** Phi(-x) / exp(-x^2/2), x >= 0. */
function tailFactor(x: number): number {
  if (x < 7.07106781186547) return polynomial(numerator, x) / polynomial(denominator, x)
  const fraction = [4, 3, 2, 1].reduce((below, step) => x + step / below, x + 0.65)
  return 1 / (fraction * Math.sqrt(2 * Math.PI))
}

/** By Horner's rule, highest power first. */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
