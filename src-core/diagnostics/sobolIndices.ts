/**
 * Estimators of variance-based sensitivity indices: the shares of a function's variance that its functional ANOVA
 * decomposition gives to each of d independent inputs, alone (S) and with all its interactions (T).
 *
 *   S[i] = 1/N sum_j f(B)_j (f(AB_i)_j - f(A)_j) / V          (Saltelli et al., Comput. Phys. Commun. 181, 2010, table 2 b)
 *   T[i] = 1/(2N) sum_j (f(A)_j - f(AB_i)_j)^2 / V            (Jansen, Comput. Phys. Commun. 117, 1999; ibid., table 2 f)
 *
 * A and B are independent samples of N rows, AB_i is A with column i from B, V the variance over A and B together. f is
 * taken from its mean, which leaves S what it is and makes its estimate less uncertain.
 */

/** Values of a function at the rows of A, of B, and of each AB_i; all of the same length. */
export interface SampledValues {
  readonly a: Float64Array
  readonly b: Float64Array
  readonly mixed: readonly Float64Array[]
}

export interface SobolIndices {
  readonly variance: number
  /** One per input; 0 where the function is constant. Estimates may lie a little outside of [0, 1]. */
  readonly firstOrder: readonly number[]
  readonly total: readonly number[]
}

/**
 * @param rows the rows to use, as often as they are listed, for the bootstrap; all by default
 * @param negligible a variance that counts as none, so that rounding errors get no indices
 */
export const sobolIndices = (
  { a, b, mixed }: SampledValues,
  negligible: number,
  rows: Uint32Array = Uint32Array.from(a.keys()),
): SobolIndices => {
  let sum = 0
  let squares = 0
  // Relative to any value of the function, so that a large mean costs no digits.
  const origin = a[0] ?? 0
  for (const row of rows) {
    const fromA = (a[row] ?? 0) - origin
    const fromB = (b[row] ?? 0) - origin
    sum += fromA + fromB
    squares += fromA ** 2 + fromB ** 2
  }
  const count = 2 * rows.length
  const mean = sum / count
  const variance = squares / count - mean ** 2
  if (!(variance > negligible)) return { variance: 0, firstOrder: mixed.map(() => 0), total: mixed.map(() => 0) }
  const firstOrder: number[] = []
  const total: number[] = []
  for (const values of mixed) {
    let products = 0
    let differences = 0
    for (const row of rows) {
      const difference = (values[row] ?? 0) - (a[row] ?? 0)
      products += ((b[row] ?? 0) - origin - mean) * difference
      differences += difference ** 2
    }
    firstOrder.push(products / rows.length / variance)
    total.push(differences / (2 * rows.length) / variance)
  }
  return { variance, firstOrder, total }
}
