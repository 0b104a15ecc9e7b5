/*
 * Values as counts of spikes (eons.md section 3): one value of an input becomes a count for each of its neurons.
 *
 * v    the value, clipped to least..greatest        x    (v - least) / (greatest - least), in 0..1
 * b    neurons of the input                         M    most spikes of a neuron
 *
 * flip-flop of 2 neurons and argyle are the published ones. The others are our own reading:
 * - flip-flop of more: every second part of the range falls, the others rise, so the code is continuous between neighbours.
 * - bins: only the neuron of the value's part spikes, 1 to M times, so that no value is silent.
 * - triangle: a neuron answers 1 at the centre of its part and falls to 0 at the centre of the next; before the first centre and
 *   behind the last one the outer neuron answers 1, so that all values together have about M spikes.
 */

/** How the range of an input is shared out among its neurons. */
type SpikeCode = 'flip-flop' | 'bins' | 'argyle' | 'triangle'

/** One input's code: its neurons, and the most spikes of each. */
interface SpikeCountCode {
  readonly code: SpikeCode
  readonly neurons: number
  readonly maxSpikes: number
}

/** Why a code cannot be, as a sentence; undefined where it can. */
export const spikeCountProblem = ({ code, neurons, maxSpikes }: SpikeCountCode): string | undefined => {
  if (!Number.isInteger(neurons) || neurons < 1) return `an input needs at least 1 neuron, not ${neurons}`
  if (!Number.isInteger(maxSpikes) || maxSpikes < 1) return `a neuron needs at least 1 spike, not ${maxSpikes}`
  if (code === 'flip-flop' && neurons % 2 !== 0)
    return `flip-flop needs an even number of neurons for each input, not ${neurons}`
  if (code === 'argyle' && neurons < 2) return `argyle needs at least 2 neurons for each input, not ${neurons}`
  return undefined
}

/** The counts of spikes of an input's neurons for a value; values outside the range count as its ends. */
export const spikeCounts = (settings: SpikeCountCode, value: number, least: number, greatest: number): number[] => {
  const { code, neurons, maxSpikes } = settings
  const counts = new Array<number>(neurons).fill(0)
  const clipped = Math.min(greatest, Math.max(least, value))
  const position = greatest > least ? (clipped - least) / (greatest - least) : 0
  if (code === 'flip-flop') {
    const width = (greatest - least) / neurons
    // A value between two parts belongs to the lower one, as published for two.
    let part = 0
    while (part < neurons - 1 && clipped > least + (part + 1) * width) part++
    const within = width > 0 ? Math.min(1, Math.max(0, (clipped - (least + part * width)) / width)) : 0
    counts[part] = Math.ceil((part % 2 === 0 ? 1 - within : within) * maxSpikes)
  } else if (code === 'argyle') {
    const regions = (neurons - 1) * maxSpikes
    const region = Math.min(Math.floor(position * regions), regions - 1)
    const first = Math.floor(region / maxSpikes)
    counts[first] = maxSpikes - (region % maxSpikes)
    counts[first + 1] = (region % maxSpikes) + 1
  } else if (code === 'bins') {
    const part = Math.min(Math.floor(position * neurons), neurons - 1)
    counts[part] = Math.max(1, Math.ceil((position * neurons - part) * maxSpikes))
  } else {
    const place = Math.min(neurons - 1, Math.max(0, position * neurons - 0.5))
    for (let neuron = 0; neuron < neurons; neuron++)
      counts[neuron] = Math.round(Math.max(0, 1 - Math.abs(place - neuron)) * maxSpikes)
  }
  return counts
}
