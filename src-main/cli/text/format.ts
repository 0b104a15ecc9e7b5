/** How numbers look in the terminal: always the same, whatever the locale, so that scripts and people can compare. */
import type { NumberForms } from '../../../src-core/study/estimateText.ts'
import { numberTexts, valueText } from '../../../src-core/values/numberTexts.ts'

/** 1234567 as 1,234,567. */
export const formatCount = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** A count and its noun: "1 trial", "2 trials". */
export const countOf = (value: number, noun: string): string => `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`

/** `formatShare`: a share in [0, 1] as a percentage; `formatAgainst`: one beside its limit; `formatLimit`: an allowed one. */
export const {
  share: formatShare,
  shareAgainst: formatAgainst,
  limit: formatLimit,
  duration: formatDuration,
  bytes: formatBytes,
  memory: formatMemory,
} = numberTexts(' ')

export const formatValue = valueText

/** Of estimates. */
export const numberForms: NumberForms = {
  duration: formatDuration,
  count: formatCount,
  plural: countOf,
  bytes: formatBytes,
}

/** The standard error of a share: "0.14 %". */
export const formatShareError = (error: number): string => `${(error * 100).toFixed(2)} %`

export const formatObjective = (value: number): string => value.toFixed(4)

/** Of a duration that was not measured by a clock that can be trusted, too. */
export const durationText = (durationMs: number | null): string =>
  durationMs === null ? 'unknown' : formatDuration(durationMs)

/** Local date and time, to the minute: "2026-01-31 14:05". */
export const formatTime = (timeMs: number): string => {
  const time = new Date(timeMs)
  const two = (value: number): string => value.toString().padStart(2, '0')
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`
}

/** An argument as a person would type it into a shell. */
export const shellQuote = (argument: string): string =>
  /^[A-Za-z0-9_./:=@%+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
