/** What a test has measured of the neurons of a layer, one value each. */
import type { InspectedTest } from '../contracts/inspection.ts'

/** [neurons]: mean spikes per tested sample of each neuron of a layer; null: not measured of this layer. */
export const ratesOf = ({ rates }: InspectedTest, layer: string): Float32Array | null =>
  rates.find((one) => one.layer === layer)?.values ?? null

interface ChannelFacts {
  /** [channels]: mean over its neurons. */
  readonly rates: Float32Array
  /** [channels]: neurons that never spiked. */
  readonly silent: Uint32Array
}

/** Neurons of a layer by channel; neighbours in number are of different channels. */
export const channelFacts = (rates: Float32Array, channels: number): ChannelFacts => {
  const means = new Float32Array(channels)
  const silent = new Uint32Array(channels)
  for (const [neuron, rate] of rates.entries()) {
    const channel = neuron % channels
    means[channel] = (means[channel] ?? 0) + (rate * channels) / rates.length
    if (rate === 0) silent[channel] = (silent[channel] ?? 0) + 1
  }
  return { rates: means, silent }
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

interface ValueSummary {
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
