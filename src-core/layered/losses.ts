/**
 * Losses of layered networks and their gradients.
 *
 * Notation: r[b, c] mean spikes a step of class c for sample b; y[b] label. Losses are sums over the batch (lava-dl's
 * reduction). Source: lava-dl (Intel, BSD-3), SpikeRate and SpikeMax; Shrestha, Zhu & Sun, Spikemax, IJCNN 2022.
 */
export type Loss =
  | { readonly type: 'rate'; readonly trueRate: number; readonly falseRate: number }
  | { readonly type: 'max' }
  | { readonly type: 'cross-entropy' }

interface LossResult {
  /** Sum over the batch. */
  readonly value: number
  /** By each rate, [batch][classes]. */
  readonly gradient: Float32Array
}

/** Rates below count as this much in `max`, so that a silent class still has a gradient; in lava-dl its loss is infinite. */
const LOWEST_RATE = 1e-3

/**
 * The loss of a batch.
 * @param rates [batch][classes]
 * @param labels [batch]
 * @throws {RangeError} when a label is no class, or the rates are not of as many samples
 */
export const evaluateLoss = (
  loss: Loss,
  rates: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): LossResult => {
  if (rates.length !== labels.length * classes) throw new RangeError('There must be a rate for each sample and class.')
  const gradient = new Float32Array(rates.length)
  let value = 0
  for (let sample = 0; sample < labels.length; sample++) {
    const label = labels[sample] ?? -1
    if (!Number.isInteger(label) || label < 0 || label >= classes) throw new RangeError(`There is no class ${label}.`)
    const from = sample * classes
    const sampleRates = rates.subarray(from, from + classes)
    value += sampleLoss(loss, sampleRates, label, gradient.subarray(from, from + classes))
  }
  return { value, gradient }
}

/** The class of the highest rate of each sample; the lowest of equal ones. */
export const predictions = (rates: Float32Array, classes: number): Uint16Array => {
  const chosen = new Uint16Array(rates.length / classes)
  for (let sample = 0; sample < chosen.length; sample++) {
    const sampleRates = rates.subarray(sample * classes, (sample + 1) * classes)
    chosen[sample] = sampleRates.indexOf(sampleRates.reduce((highest, rate) => Math.max(highest, rate), 0))
  }
  return chosen
}

const sampleLoss = (loss: Loss, rates: Float32Array, label: number, gradient: Float32Array): number => {
  switch (loss.type) {
    case 'rate':
      return rateLoss(loss, rates, label, gradient)
    case 'max':
      return maxLoss(rates, label, gradient)
    case 'cross-entropy':
      return crossEntropy(rates, label, gradient)
  }
}

/** sum_c (r_c - target_c)^2, the target trueRate for the label and falseRate for others. */
const rateLoss = (
  { trueRate, falseRate }: Extract<Loss, { type: 'rate' }>,
  rates: Float32Array,
  label: number,
  gradient: Float32Array,
): number =>
  rates.reduce((value, rate, index) => {
    const error = rate - (index === label ? trueRate : falseRate)
    gradient[index] = 2 * error
    return value + error * error
  }, 0)

/** -ln(r_y / sum_c r_c) */
const maxLoss = (rates: Float32Array, label: number, gradient: Float32Array): number => {
  const total = Math.max(
    rates.reduce((sum, rate) => sum + rate, 0),
    rates.length * LOWEST_RATE,
  )
  const own = Math.max(rates[label] ?? 0, LOWEST_RATE)
  gradient.fill(1 / total)
  gradient[label] = 1 / total - 1 / own
  return Math.log(total) - Math.log(own)
}

/** -ln softmax(r)_y: lava-dl's SpikeMax in mode softmax. */
const crossEntropy = (rates: Float32Array, label: number, gradient: Float32Array): number => {
  const highest = rates.reduce((most, rate) => Math.max(most, rate), -Infinity)
  const total = rates.reduce((sum, rate) => sum + Math.exp(rate - highest), 0)
  for (const [index, rate] of rates.entries()) {
    gradient[index] = Math.exp(rate - highest) / total - (index === label ? 1 : 0)
  }
  return Math.log(total) + highest - (rates[label] ?? 0)
}
