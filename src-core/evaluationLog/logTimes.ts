/** When the evaluations of a log began and ended. */
import { valueText } from '../study/wording.ts'
import type { LogReader, LogRow, LogTable } from './logTable.ts'
import type { LogColumns } from './logColumns.ts'

/** Milliseconds since 1970; logs do not name their time zone, dates are taken as UTC. */
export interface LogSpan {
  readonly start: number
  readonly end: number
}

/** The spans of all rows; the seconds of a log are more exact than its dates, which then say only when it began. */
export function logSpans({ rows }: LogTable, { seconds, dates }: LogColumns, reader: LogReader): LogSpan[] {
  const byDate = dates ? rows.map((row) => spanOf(row, reader, dateIn)) : null
  const bySeconds = seconds ? rows.map((row) => spanOf(row, reader, secondsIn)) : null
  const spans = bySeconds ?? byDate ?? []
  for (const [index, row] of rows.entries()) {
    const span = spans[index]
    if (span !== undefined && span.end < span.start) {
      reader.complain(row, seconds ? 'end_time' : 'end_date', 'an end before its start', 'an end after its start')
    }
  }
  if (bySeconds === null || byDate === null) return spans
  const begun = byDate.reduce(
    (least, { start }, index) => Math.min(least, start - (bySeconds[index]?.start ?? 0)),
    Infinity,
  )
  return bySeconds.map(({ start, end }) => ({ start: begun + start, end: begun + end }))
}

type Read = (row: LogRow, end: 'start' | 'end', reader: LogReader) => number

const spanOf = (row: LogRow, reader: LogReader, read: Read): LogSpan => ({
  start: read(row, 'start', reader),
  end: read(row, 'end', reader),
})

const secondsIn: Read = (row, end, reader) => 1000 * reader.number(row, `${end}_time`, 'seconds')

const datePattern = /^\s*(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?\s*Z?\s*$/

const dateIn: Read = (row, end, reader) => {
  const cell = reader.cell(row, `${end}_date`)
  const [, year, month, day, hour, minute, second] = datePattern.exec(cell) ?? []
  if (year === undefined) {
    reader.complain(row, `${end}_date`, valueText(cell), 'a date as 2023-09-05 11:46:57')
    return 0
  }
  const whole = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute))
  return whole + 1000 * Number(second ?? 0)
}
