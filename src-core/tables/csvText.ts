import { withoutFormula } from '../values/formulaText.ts'

/**
 * Tables as text: everything that is saved as CSV or copied for a spreadsheet is written here. Numbers are
 * written in full, what is missing is empty. Three rules of RFC 4180 are all that a table of
 * plain values needs, so that no library is loaded for it.
 */

type CsvValue = number | string | boolean | null

const field = (value: CsvValue, separator: string): string => {
  const text =
    value === null || Number.isNaN(value) ? '' : typeof value === 'string' ? withoutFormula(value) : String(value)
  const quoted = text.includes(separator) || /["\r\n]/.test(text) || text !== text.trim()
  return quoted ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows with their heads as CSV (RFC 4180, lines end with a line feed); with a tab as separator, as spreadsheets paste it. */
export const csvText = (
  columns: readonly string[],
  rows: Iterable<readonly CsvValue[]>,
  separator: ',' | '\t' = ',',
): string => {
  const line = (row: readonly CsvValue[]): string => row.map((value) => field(value, separator)).join(separator)
  const lines = [line(columns)]
  for (const row of rows) lines.push(line(row))
  return `${lines.join('\n')}\n`
}
