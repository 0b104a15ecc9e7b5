/** When the evaluations of a log began and ended. */
import { linesText, type LogReader, type LogRow, type LogTable } from './logTable.ts'
import { valueText } from '../study/wording.ts'
import type { LogColumns } from './logColumns.ts'

/** Milliseconds since 1970; logs do not name their time zone, dates are taken as UTC. */
export interface LogSpan {
  readonly start: number
  readonly end: number
}

/** The spans of all rows; the seconds of a log are more exact than its dates, which then say only when it began. */
export const logSpans = ({ rows }: LogTable, { seconds, dates }: LogColumns, reader: LogReader): LogSpan[] => {
  const byDate = dates ? rows.map((row) => spanOf(row, reader, dateIn)) : null
  const bySeconds = seconds ? rows.map((row) => spanOf(row, reader, secondsIn)) : null
  const spans = acrossSummerTime(bySeconds ?? byDate ?? [], rows, seconds ? 'end_time' : 'end_date', reader)
  if (bySeconds === null || byDate === null) return spans
  const begun = byDate.reduce(
    (least, { start }, index) => Math.min(least, start - (bySeconds[index]?.start ?? 0)),
    Infinity,
  )
  return spans.map(({ start, end }) => ({ start: begun + start, end: begun + end }))
}

const hourMs = 3_600_000

/**
 * An end before its start by up to an hour is one after summer time ended, when local clocks go back by an hour: it is
 * taken as an hour later, and said. Earlier ends are problems.
 */
const acrossSummerTime = (spans: LogSpan[], rows: readonly LogRow[], column: string, reader: LogReader): LogSpan[] => {
  const moved: number[] = []
  const fitting = spans.map((span, index) => {
    const row = rows[index]
    if (span.end >= span.start || row === undefined) return span
    if (span.start - span.end > hourMs) {
      const allowed = 'an end after its start; correct this row, or take it out'
      reader.complain(row, column, 'an end more than an hour before its start', allowed)
      return span
    }
    moved.push(row.line)
    return { start: span.start, end: span.end + hourMs }
  })
  if (moved.length > 0) {
    const which = `the end before the start by up to an hour in ${linesText(moved)}`
    reader.notes.push(`Taken for the end of summer time, and so for an hour later: ${which}.`)
  }
  return fitting
}

type Read = (row: LogRow, end: 'start' | 'end', reader: LogReader) => number

const spanOf = (row: LogRow, reader: LogReader, read: Read): LogSpan => ({
  start: read(row, 'start', reader),
  end: read(row, 'end', reader),
})

const secondsIn: Read = (row, end, reader) => 1000 * reader.number(row, `${end}_time`, 'seconds')

const datePattern = /^\s*(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?\s*(?:Z|([-+]\d\d):?(\d\d))?\s*$/

const dateIn: Read = (row, end, reader) => {
  const cell = reader.cell(row, `${end}_date`)
  const time = timeOf(cell)
  if (time === null) reader.complain(row, `${end}_date`, valueText(cell), 'a date that exists, as 2023-09-05 11:46:57')
  return time ?? 0
}

/** Milliseconds since 1970, at the offset that the date names, else in UTC; null: there is no such date. */
const timeOf = (cell: string): number | null => {
  const [, year, month, day, hour, minute, second, offsetHours = '+00', offsetMinutes = '0'] =
    datePattern.exec(cell) ?? []
  if (year === undefined) return null
  const parts = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)] as const
  const whole = Date.UTC(...parts)
  const found = new Date(whole)
  // A month 13 or a 31st of February would count on into the next.
  const same =
    found.getUTCFullYear() === parts[0] &&
    found.getUTCMonth() === parts[1] &&
    found.getUTCDate() === parts[2] &&
    found.getUTCHours() === parts[3] &&
    found.getUTCMinutes() === parts[4]
  if (!same || Number(second ?? 0) >= 60) return null
  const ahead = Number(offsetHours) * 60 + (offsetHours.startsWith('-') ? -1 : 1) * Number(offsetMinutes)
  return whole + 1000 * Number(second ?? 0) - ahead * 60_000
}
