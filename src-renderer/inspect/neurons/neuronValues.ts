/** Values of the neurons of the output layer, one each. */
import type { InspectedTest } from '../../../src-core/contracts/inspection.ts'

/** [neurons]: mean spikes per sample over the tested samples, each class as often as it was tested. */
export const meanRates = ({ ratesByClass, labels }: InspectedTest, neurons: number): Float32Array => {
  const rates = new Float32Array(neurons)
  const classes = neurons === 0 ? 0 : Math.floor(ratesByClass.length / neurons)
  const tested = new Float64Array(classes)
  for (const label of labels) if (label < classes) tested[label] = (tested[label] ?? 0) + 1
  for (let own = 0; own < classes; own++) {
    const share = (tested[own] ?? 0) / Math.max(1, labels.length)
    for (let neuron = 0; neuron < neurons; neuron++) {
      rates[neuron] = (rates[neuron] ?? 0) + share * (ratesByClass[own * neurons + neuron] ?? 0)
    }
  }
  return rates
}

/**
 * [neurons]: how far a neuron's spikes belong to one class, 0 (all classes alike) to 1 (one class only); NaN where it
 * never spikes.
 */
export const selectivity = ({ ratesByClass }: InspectedTest, neurons: number): Float32Array => {
  const classes = neurons === 0 ? 0 : Math.floor(ratesByClass.length / neurons)
  return Float32Array.from({ length: neurons }, (_, neuron) => {
    let sum = 0
    let most = 0
    for (let own = 0; own < classes; own++) {
      const rate = ratesByClass[own * neurons + neuron] ?? 0
      sum += rate
      most = Math.max(most, rate)
    }
    return sum === 0 || classes < 2 ? Number.NaN : (most / sum - 1 / classes) / (1 - 1 / classes)
  })
}

export interface ValueSummary {
  readonly least: number
  readonly median: number
  readonly most: number
  /** Values that are 0 or no number. */
  readonly none: number
}

export const summariseValues = (values: Float32Array): ValueSummary => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  return {
    least: sorted[0] ?? 0,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    most: sorted.at(-1) ?? 0,
    none: values.reduce((count, value) => count + (value === 0 || Number.isNaN(value) ? 1 : 0), 0),
  }
}

/** Columns of a map of so many neurons in a room of this aspect (width over height). */
export const columnsOf = (neurons: number, aspect: number): number =>
  Math.max(1, Math.min(neurons, Math.round(Math.sqrt(neurons * aspect))))
