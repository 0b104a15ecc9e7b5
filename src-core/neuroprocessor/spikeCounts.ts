/*
 * Values as counts of spikes (eons.md section 3): one value of an input becomes a count for each of its neurons.
 *
 * v    the value, clipped to low..high              x    (v - low) / (high - low), in 0..1
 * b    neurons of the input                         M    most spikes of a neuron
 *
 * flip-flop of 2 neurons and argyle are the published ones. The others are our own reading:
 * - flip-flop of more: every second part of the range falls, the others rise, so the code is continuous between neighbours.
 * - bins: only the neuron of the value's part spikes, 1 to M times, so that no value is silent.
 * - triangle: a neuron answers 1 at the centre of its part and falls to 0 at the centre of the next; before the first centre and
 *   behind the last one the outer neuron answers 1, so that all values together have about M spikes.
 */

/** How the range of an input is shared out among its neurons. */
export const spikeCodes = ['flip-flop', 'bins', 'argyle', 'triangle'] as const
type SpikeCode = (typeof spikeCodes)[number]

/** One input's code: its neurons, and the most spikes of each. */
export interface SpikeCountCode {
  readonly code: SpikeCode
  readonly neuronsPerInput: number
  readonly maxSpikes: number
}

/** The numbers that an input has; what lies outside counts as the nearer end. */
export interface InputRange {
  readonly low: number
  readonly high: number
}

/** The counts of spikes of an input's neurons for a value. */
export const spikeCounts = (settings: SpikeCountCode, value: number, { low, high }: InputRange): number[] => {
  const { code, neuronsPerInput, maxSpikes } = settings
  const counts = new Array<number>(neuronsPerInput).fill(0)
  const clipped = Math.min(high, Math.max(low, value))
  const position = high > low ? (clipped - low) / (high - low) : 0
  switch (code) {
    case 'flip-flop': {
      const place = position * neuronsPerInput
      // A value between two parts belongs to the lower one, as published for two.
      const part = Math.max(0, Math.ceil(place) - 1)
      const within = place - part
      counts[part] = Math.ceil((part % 2 === 0 ? 1 - within : within) * maxSpikes)
      break
    }
    case 'argyle': {
      const regions = (neuronsPerInput - 1) * maxSpikes
      const region = Math.min(Math.floor(position * regions), regions - 1)
      const first = Math.floor(region / maxSpikes)
      counts[first] = maxSpikes - (region % maxSpikes)
      counts[first + 1] = (region % maxSpikes) + 1
      break
    }
    case 'bins': {
      const part = Math.min(Math.floor(position * neuronsPerInput), neuronsPerInput - 1)
      counts[part] = Math.max(1, Math.ceil((position * neuronsPerInput - part) * maxSpikes))
      break
    }
    case 'triangle': {
      const place = Math.min(neuronsPerInput - 1, Math.max(0, position * neuronsPerInput - 0.5))
      for (let neuron = 0; neuron < neuronsPerInput; neuron++)
        counts[neuron] = Math.round(Math.max(0, 1 - Math.abs(place - neuron)) * maxSpikes)
    }
  }
  return counts
}
