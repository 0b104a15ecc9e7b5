/**
 * Texts in tables that a spreadsheet would take for formulas, and run: they get an apostrophe in front, which spreadsheets
 * show as text (OWASP, "CSV injection"). Those that have one already get another, so that reading gives what was written.
 */
const dangerous = /^'*[=+\-@\t\r\n]/
const plainNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i

/** A text as a table may hold it. Numbers, also written as texts, are no formulas. */
export const withoutFormula = (text: string): string =>
  dangerous.test(text) && !plainNumber.test(text) ? `'${text}` : text

/** The text that `withoutFormula` was given. */
export const asWritten = (cell: string): string => (cell.startsWith("'") && dangerous.test(cell) ? cell.slice(1) : cell)
