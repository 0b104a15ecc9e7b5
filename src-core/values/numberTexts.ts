/**
 * Numbers as a person reads them, the same in the terminal and in the window; only the space before a unit differs: in the window
 * number and unit do not part at the end of a line.
 */
interface NumberTexts {
  /** A share in [0, 1] as a percentage: 0.8847 -> "88.5 %". */
  readonly share: (share: number, decimals?: number) => string
  /** A share beside its limit: two decimals, or as many as it takes to see on which side of the limit it is. */
  readonly shareAgainst: (share: number, limit: number) => string
  /** An allowed share, as short as it can be: "5 %", "2.5 %". */
  readonly limit: (share: number) => string
  /** "0.8 s", "42 s", "3 min 05 s", "2 h 04 min", "3 d 2 h". */
  readonly duration: (durationMs: number) => string
  /** Of memory, as drivers tell it: "79.6 GiB". */
  readonly memory: (bytes: number) => string
  /** Space on a disk, in decimal units, two digits: "1.2 MB". */
  readonly bytes: (bytes: number) => string
}

const two = (value: number): string => String(value).padStart(2, '0')

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const

const againstDecimals = [2, 3, 4, 5]

/** @param space between a number and its unit */
export const numberTexts = (space: string): NumberTexts => {
  const percent = (share: number, decimals: number): string => `${(share * 100).toFixed(decimals)}${space}%`
  const shown = (share: number, decimals: number): number => Number((share * 100).toFixed(decimals))
  const limitOf = (share: number): number => Number((share * 100).toPrecision(4))
  return {
    share: (share, decimals = 1) => percent(share, decimals),
    shareAgainst: (share, limit) => {
      const enough = againstDecimals.find((decimals) => share <= limit || shown(share, decimals) > limit * 100)
      return percent(share, enough ?? 6)
    },
    limit: (share) => `${limitOf(share)}${space}%`,
    duration: (durationMs) => {
      if (durationMs < 9950) return `${(durationMs / 1000).toFixed(1)}${space}s`
      const seconds = Math.round(durationMs / 1000)
      const minutes = Math.floor(seconds / 60)
      const hours = Math.floor(minutes / 60)
      const days = Math.floor(hours / 24)
      if (days > 0) return `${days.toLocaleString('en')}${space}d ${hours % 24}${space}h`
      if (hours > 0) return `${hours}${space}h ${two(minutes % 60)}${space}min`
      if (minutes > 0) return `${minutes}${space}min ${two(seconds % 60)}${space}s`
      return `${seconds}${space}s`
    },
    memory: (bytes) => `${(bytes / 2 ** 30).toFixed(1)}${space}GiB`,
    bytes: (bytes) => {
      const step = bytes < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3))
      const value = bytes / 1000 ** step
      return `${value < 10 && step > 0 ? value.toFixed(1) : String(Math.round(value))}${space}${byteUnits[step] ?? 'B'}`
    },
  }
}

const scientific = (value: number): string => {
  const [mantissa = '', exponent = ''] = value.toExponential(3).split('e')
  return `${String(Number(mantissa))}e${String(Number(exponent))}`
}

/** A hyperparameter's value with four significant digits: 8.476e-4, 0.04404, 123.4, 797, 2.042e6. */
export const valueText = (value: number | string): string => {
  if (typeof value === 'string') return value
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6)) return scientific(value)
  return String(Number(value.toPrecision(4)))
}
