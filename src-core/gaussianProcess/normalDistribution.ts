/** The standard normal distribution. */

const sqrtTwoPi = Math.sqrt(2 * Math.PI)

export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / sqrtTwoPi

/** The cumulative distribution function, by W. J. Cody's way of cutting: series near zero, continued fraction beyond. */
export const normalCumulative = (x: number): number => {
  if (Number.isNaN(x)) return NaN
  if (Math.abs(x) < 3) {
    // x + x^3/3 + x^5/(3 5) + ... (Marsaglia 2004)
    let term = x
    let sum = x
    for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
      term *= (x * x) / odd
      sum += term
    }
    return 0.5 + sum * normalDensity(x)
  }
  const tail = upperTail(Math.abs(x))
  return x < 0 ? tail : 1 - tail
}

/** The logarithm of the cumulative distribution function, also where that is too small to be a number. */
export const logNormalCumulative = (x: number): number => {
  if (x > -3) return Math.log(normalCumulative(x))
  if (x === -Infinity) return -Infinity
  return -(x * x) / 2 - Math.log(sqrtTwoPi) + Math.log(millsRatio(-x))
}

const upperTail = (x: number): number => (x > 40 ? 0 : normalDensity(x) * millsRatio(x))

/** (1 - cumulative(x)) / density(x) for x >= 3, by Laplace's continued fraction. */
export const millsRatio = (x: number): number => {
  let fraction = x
  for (let step = 60; step > 0; step--) fraction = x + step / fraction
  return 1 / fraction
}

/** The inverse of `normalCumulative` on (0, 1): P. J. Acklam's approximation, then two steps of Halley's method. */
export const normalQuantile = (probability: number): number => {
  if (!(probability > 0)) return -Infinity
  if (!(probability < 1)) return Infinity
  let x = approximateQuantile(probability)
  for (let step = 0; step < 2; step++) {
    const error = (normalCumulative(x) - probability) / normalDensity(x)
    x -= error / (1 + (x * error) / 2)
  }
  return x
}

const a = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
]
const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1]
const c = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((value, coefficient) => value * x + coefficient, 0)

const approximateQuantile = (probability: number): number => {
  const low = 0.02425
  if (probability < low) return tailQuantile(probability)
  if (probability > 1 - low) return -tailQuantile(1 - probability)
  const q = probability - 0.5
  return (q * polynomial(a, q * q)) / polynomial(b, q * q)
}

const tailQuantile = (probability: number): number => {
  const q = Math.sqrt(-2 * Math.log(probability))
  return polynomial(c, q) / polynomial(d, q)
}
