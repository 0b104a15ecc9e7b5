import { rateText } from '../../src-core/study/estimateText.ts'

/**
 * Numbers as a person reads them, in the forms of the command line, so that a figure looks the same in both; one locale,
 * so that it looks the same in every window. Number and unit do not part at the end of a line.
 */

const noBreak = '\u00a0'
export const notKnown = '–'

/** An accuracy in [0, 1]: "0.8847"; an objective, which may be a cost, by `objectiveNumber` of src-core. */
export const formatAccuracy = (accuracy: number): string => accuracy.toFixed(4)

/** A share in [0, 1] as a percentage: 0.8847 -> "88.5 %". */
export const formatPercent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)}${noBreak}%`

export const formatCount = (count: number): string => count.toLocaleString('en')

/** An allowed share, as short as it can be: "5 %", "2.5 %". */
export const formatLimit = (share: number): string => `${Number((share * 100).toPrecision(4))}${noBreak}%`

const scientific = (value: number): string => {
  const [mantissa = '', exponent = ''] = value.toExponential(3).split('e')
  return `${String(Number(mantissa))}e${String(Number(exponent))}`
}

/** A hyperparameter's value with four significant digits: 8.476e-4, 0.04404, 123.4, 797, 2.042e6. */
export const formatValue = (value: number | string): string => {
  if (typeof value === 'string') return value
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6)) return scientific(value)
  return String(Number(value.toPrecision(4)))
}

const pad = (value: number): string => String(value).padStart(2, '0')

/** A duration to two units: "0.8 s", "42 s", "3 min 05 s", "2 h 04 min", "3 d 2 h". */
export const formatDuration = (durationMs: number): string => {
  if (durationMs < 9950) return `${(durationMs / 1000).toFixed(1)}${noBreak}s`
  const seconds = Math.round(durationMs / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return `${days}${noBreak}d ${hours % 24}${noBreak}h`
  if (hours > 0) return `${hours}${noBreak}h ${pad(minutes % 60)}${noBreak}min`
  if (minutes > 0) return `${minutes}${noBreak}min ${pad(seconds % 60)}${noBreak}s`
  return `${seconds}${noBreak}s`
}

/** A rate of samples, with as many digits as say something. */
export const formatRate = (samplesPerSecond: number): string => rateText(samplesPerSecond, { count: formatCount })

/** "1 trial", "3 trials". */
export const formatPlural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)}${noBreak}${count === 1 ? one : many}`
