/**
 * Population code by Gaussian receptive fields (Bohte, Kok & La Poutre, Neurocomputing 48, 2002): each value x in
 * [0, 1] drives m neurons, neuron i of 1..m by exp(-(x - mu_i)^2 / (2 sigma^2)), where
 *
 *   mu_i = (2 i - 3) / (2 (m - 2)),   sigma = 1 / (width (m - 2))
 */

/** @returns [values][fields], from 0 to 1 */
export const populationCode = (values: Float32Array, fields: number, width: number): Float32Array => {
  const sigma = 1 / (width * (fields - 2))
  const coded = new Float32Array(values.length * fields)
  values.forEach((value, index) => {
    for (let field = 0; field < fields; field++) {
      const distance = value - (2 * field - 1) / (2 * (fields - 2))
      coded[index * fields + field] = Math.exp(-(distance * distance) / (2 * sigma * sigma))
    }
  })
  return coded
}
