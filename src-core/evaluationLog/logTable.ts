import type { LogProblem } from './logProblems.ts'
import { valueText } from '../study/wording.ts'

/** An evaluation log as it stands in its file: names of columns, and a row of as many cells for each evaluation. */
export interface LogTable {
  readonly columns: readonly string[]
  readonly rows: readonly LogRow[]
}

export interface LogRow {
  /** Where it stands in the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** The end of a sentence that names lines of a log; of many, the first few. */
export const linesText = (lines: readonly number[]): string => {
  const listed = lines.slice(0, 5).join(', ')
  return `${lines.length === 1 ? 'line' : 'lines'} ${listed}${lines.length > 5 ? ` and ${lines.length - 5} more` : ''}`
}

/** Cells that hold nothing, as the logs of the reference experiments and common tools write it. */
export const isEmptyCell = (cell: string): boolean => /^\s*(|none|nan|null|na)\s*$/i.test(cell)

/** The finite number that a cell holds; null: it holds none. */
export const numberIn = (cell: string): number | null => {
  const text = cell.trim()
  if (!/^[-+]?(\d|\.\d)/.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** Reads single cells, and gathers what is wrong with them instead of stopping at the first. */
export class LogReader {
  readonly problems: LogProblem[] = []
  /** What a person should know of a log that was read: what was left out or taken for something. */
  readonly notes: string[] = []
  readonly #table: LogTable
  readonly #places: ReadonlyMap<string, number>

  constructor(table: LogTable) {
    this.#table = table
    const places = new Map<string, number>()
    this.#places = places
    for (const [place, name] of table.columns.entries()) {
      // As the name of a property it would be lost without a word.
      if (name === '__proto__') this.complainOfName(name, 'this name', 'another name', place)
      if (!places.has(name)) places.set(name, place)
      else this.complainOfName(name, 'a column for the second time', 'each column once', place)
    }
  }

  has(column: string): boolean {
    return this.#places.has(column)
  }

  /** The cells of a column, top to bottom. */
  cells(column: string): string[] {
    return this.#table.rows.map((row) => this.cell(row, column))
  }

  cell(row: LogRow, column: string): string {
    const place = this.#places.get(column)
    return (place === undefined ? undefined : row.cells[place]) ?? ''
  }

  /** The number in a cell; where there is none, a problem is noted and 0 returned. */
  number(row: LogRow, column: string, allowed = 'a number'): number {
    const cell = this.cell(row, column)
    const value = numberIn(cell)
    if (value === null) this.complain(row, column, isEmptyCell(cell) ? 'nothing' : valueText(cell), allowed)
    return value ?? 0
  }

  complain({ line }: LogRow, column: string, found: string, allowed: string): void {
    this.problems.push({ line, column: this.#placeOf(column) + 1, name: column, found, allowed })
  }

  /** Of a name in the first line. */
  complainOfName(name: string, found: string, allowed: string, place = this.#placeOf(name)): void {
    this.problems.push({ line: 1, column: place + 1, name, found, allowed })
  }

  #placeOf(column: string): number {
    return this.#places.get(column) ?? 0
  }
}
