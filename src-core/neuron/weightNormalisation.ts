/**
 * Normalisation of the weights onto one neuron, after every sample.
 *
 *   w[:,j] := w[:,j] * norm / sum_i |w[i,j]|
 *
 * Source: BindsNET's Connection (Hazan et al., Front. Neuroinform. 12:89, 2018): a sum of 0 counts as 1.
 * Departure: the sum is taken in double precision, input by input, where torch sums in single precision in an order of
 * its own; the factor and the products are rounded to single precision as there.
 */
const round = Math.fround

/** The factor for one neuron's weights. */
export function normalisationFactor(weights: Iterable<number>, norm: number): number {
  let sum = 0
  for (const weight of weights) sum += Math.abs(weight)
  const rounded = round(sum)
  return round(norm / (rounded === 0 ? 1 : rounded))
}
