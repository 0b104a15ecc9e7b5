import { rateText } from '../../src-core/study/estimateText.ts'
import { numberTexts, valueText } from '../../src-core/values/numberTexts.ts'

/**
 * Numbers as a person reads them, in the forms of the command line, so that a figure looks the same in both; one locale,
 * so that it looks the same in every window. Number and unit do not part at the end of a line.
 */

const noBreak = '\u00a0'
export const notKnown = '–'

/** An accuracy in [0, 1]: "0.8847"; an objective, which may be a cost, by `objectiveNumber` of src-core. */
export const formatAccuracy = (accuracy: number): string => accuracy.toFixed(4)

/** `formatPercent`: a share in [0, 1] as a percentage; `formatAgainst`: one beside its limit; `formatLimit`: an allowed one. */
export const {
  share: formatPercent,
  shareAgainst: formatAgainst,
  limit: formatLimit,
  duration: formatDuration,
  bytes: formatBytes,
  memory: formatMemory,
} = numberTexts(noBreak)

export const formatValue = valueText

export const formatCount = (count: number): string => count.toLocaleString('en')

/** What was counted or measured, not set: as `formatValue`, with separators from a thousand on. */
export const formatMeasured = (value: number): string =>
  Math.abs(value) < 1000 ? formatValue(value) : value.toLocaleString('en', { maximumFractionDigits: 1 })

/** A rate of samples, with as many digits as say something. */
export const formatRate = (samplesPerSecond: number): string => rateText(samplesPerSecond, { count: formatCount })

/** "1 trial", "3 trials". */
export const formatPlural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)}${noBreak}${count === 1 ? one : many}`
