/**
 * Centred moving means of `looks` values, an odd number. The window is as much narrower on both sides as it must be near an end, so the
 * first and the last value stay what they were measured as. What is not a number is left out of the means, and stays where it is.
 */
export const smoothed = (values: Float64Array, looks: number): Float64Array => {
  const widest = Math.max(0, Math.floor((looks - 1) / 2))
  return values.map((own, at) => {
    if (Number.isNaN(own)) return own
    const half = Math.min(widest, at, values.length - 1 - at)
    let [sum, count] = [0, 0]
    for (let other = at - half; other <= at + half; other++) {
      const value = values[other] ?? NaN
      if (Number.isNaN(value)) continue
      sum += value
      count += 1
    }
    return sum / count
  })
}
