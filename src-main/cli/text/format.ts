/** How numbers look in the terminal: always the same, whatever the locale, so that scripts and people can compare. */

/** 1234567 as 1,234,567. */
export const formatCount = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** A count and its noun: "1 trial", "2 trials". */
/** Disk space, in units of 1024. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} bytes`
  const power = Math.min(4, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)} ${['', 'KiB', 'MiB', 'GiB', 'TiB'][power] ?? ''}`
}

export const countOf = (value: number, noun: string): string => `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`

/** A share from 0 to 1 as a percentage: "0.0 %", "2.1 %", "58 %". */
export const formatShare = (share: number): string => {
  const percent = share * 100
  return `${Math.abs(percent) < 9.95 ? percent.toFixed(1) : Math.round(percent).toString()} %`
}

/** The standard error of a share: "0.14 %". */
export const formatShareError = (error: number): string => `${(error * 100).toFixed(2)} %`

/** A share beside its limit: with as many decimals as it takes to see on which side of the limit it is. */
export const formatAgainst = (share: number, limit: number): string => {
  const text = formatShare(share)
  if (share <= limit || text !== formatShare(limit)) return text
  const decimals = [2, 3, 4, 5].find((count) => Number((share * 100).toFixed(count)) > limit * 100) ?? 6
  return `${(share * 100).toFixed(decimals)} %`
}

/** An allowed share, as short as it can be: "5 %", "2.5 %". */
export const formatLimit = (share: number): string => `${Number((share * 100).toPrecision(4))} %`

export const formatObjective = (value: number): string => value.toFixed(4)

/** A hyperparameter's value in short: four significant digits. */
export const formatValue = (value: number | string): string => {
  if (typeof value === 'string') return value
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value.toString()
  const magnitude = Math.abs(value)
  if (magnitude >= 1e-3 && magnitude < 1e6) return Number(value.toPrecision(4)).toString()
  return value
    .toExponential(3)
    .replace(/\.?0+e/, 'e')
    .replace('e+', 'e')
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** "0.8 s", "42 s", "3 min 12 s", "2 h 05 min", "3 d 4 h". */
export const formatDuration = (durationMs: number): string => {
  if (durationMs < 9.95 * second) return `${(durationMs / second).toFixed(1)} s`
  const rounded = Math.round(durationMs / second) * second
  if (rounded < minute) return `${rounded / second} s`
  const whole = (unit: number): number => Math.floor(rounded / unit)
  const rest = (unit: number, inUnit: number): string => (whole(unit) % inUnit).toString().padStart(2, '0')
  if (rounded < hour) return `${whole(minute)} min ${rest(second, 60)} s`
  if (rounded < day) return `${whole(hour)} h ${rest(minute, 60)} min`
  return `${whole(day)} d ${whole(hour) % 24} h`
}

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
