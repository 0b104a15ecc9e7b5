/** Student's t distribution with a whole number of degrees of freedom. */

/**
 * The share of the distribution within [-t, t]: Abramowitz & Stegun (1964), 26.7.3 and 26.7.4.
 * @param t 0 or more
 * @param degrees of freedom, a whole number from 1
 */
export const studentWithin = (t: number, degrees: number): number => {
  const angle = Math.atan(t / Math.sqrt(degrees))
  const cosine = Math.cos(angle) ** 2
  const odd = degrees % 2 === 1
  let term = odd ? Math.cos(angle) : 1
  let sum = 0
  for (let k = odd ? 1 : 0; k <= degrees - 2; k += 2) {
    sum += term
    term *= cosine * ((k + 1) / (k + 2))
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}

/** The t for which [-t, t] holds `share` of the distribution, 0 < share < 1, by bisection to the last bit. */
export const studentQuantile = (share: number, degrees: number): number => {
  let low = 0
  let high = 1
  while (studentWithin(high, degrees) < share) high *= 2
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (studentWithin(middle, degrees) < share) low = middle
    else high = middle
  }
}
