/** The estimate of a study in words. */
import type { DatasetSize, Estimate, MeasuredSpeed } from '../../src-core/study/estimate.ts'
import type { Preview } from './previewModel.ts'
import { formatCount, formatDuration, formatPlural, formatRate } from '../trials/format.ts'

const noBreak = '\u00a0'
const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Decimal units, two digits: "1.2 MB". */
export const formatBytes = (bytes: number): string => {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : String(Math.round(value))}${noBreak}${units[step] ?? 'B'}`
}

/** Of a shorter time nothing but noughts would be left. */
const shortestMs = 100

/** "≈ 4 min 10 s (2 min 05 s to 6 min 40 s)". */
export const timeText = ({ totalMs }: Estimate): string => {
  if (totalMs === null) return 'no end is set'
  const { low, mean, high } = totalMs
  if (high < shortestMs) return `less than ${formatDuration(shortestMs)}`
  const middle = `≈ ${formatDuration(mean)}`
  return low === high ? middle : `${middle} (${formatDuration(low)} to ${formatDuration(high)})`
}

export const diskText = ({ disk }: Estimate): string => `≈ ${formatBytes(disk.networksBytes + disk.recordsBytes)}`

/** What a preview of the dataset says of its size. */
export const datasetSize = (preview: Preview | null): DatasetSize | null => {
  if (preview === null) return null
  const { trainSamples, objectiveSamples, shape, steps, classes } = preview
  return { trainSamples, objectiveSamples, input: { shape, steps, classes } }
}

/** What it rests on. */
export const basisText = ({ device, networks }: MeasuredSpeed): string => {
  const rates = networks.map(
    ({ subject, trainMsPerSample }) =>
      `${formatRate(1000 / trainMsPerSample)} samples/s ` +
      (subject.type === 'layered'
        ? 'in the middle of the space, other networks by their synapses and steps'
        : `with ${formatPlural(subject.mapSize, 'neuron')}`),
  )
  return `Measured just now on this machine (${device}), one worker alone: ${rates.join(', ')}.`
}

/** What the range is. */
export const rangeText = ({ trials, workers, onGpus, trialMs }: Estimate): string => {
  const many = trials === null ? '' : `${formatCount(trials)} trials of `
  return (
    `${many}${formatDuration(trialMs.low)} to ${formatDuration(trialMs.high)} on ${formatPlural(workers, 'worker')}: the range is ` +
    'that of a cheap and a dear network of the space, as the search may settle at either. Silent networks that are stopped early ' +
    'make it shorter; other programs, and workers that share memory, make it longer.' +
    (onGpus ? ' Workers on GPUs are taken to be as fast as one on the processor: theirs was not measured.' : '')
  )
}
