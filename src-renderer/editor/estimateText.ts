/** Numbers of an estimate as the window writes them. */
import type { NumberForms } from '../../src-core/study/estimateText.ts'
import { formatCount, formatDuration, formatPlural } from '../trials/format.ts'

const noBreak = '\u00a0'
const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Decimal units, two digits: "1.2 MB". */
export const formatBytes = (bytes: number): string => {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : String(Math.round(value))}${noBreak}${units[step] ?? 'B'}`
}

export const numberForms: NumberForms = {
  duration: formatDuration,
  count: formatCount,
  plural: (count, one) => formatPlural(count, one),
  bytes: formatBytes,
}
