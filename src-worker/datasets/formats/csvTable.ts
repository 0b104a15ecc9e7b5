import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { problemOfNames, type Separator, separatorOf } from '../../../src-core/tables/separatedText.ts'
import { damaged, damagedAt, type NamedFile } from './damaged.ts'

export interface CsvRow {
  /** As they are written, without spaces around them; as many as there are names. */
  readonly cells: readonly string[]
  /** Where it ends. */
  readonly line: number
  readonly byte: number
}

/**
 * Goes through a table with a line of names, separated by commas, semicolons or tabs. Rows are not kept: as objects they
 * would take a hundred times the memory of the file.
 * @param begin gets the names and what separates the cells, and gives what takes each row
 * @throws {SpiketuneError} dataset-damaged; and what `begin` and the taker throw
 */
export const readCsvTable = (
  bytes: Uint8Array,
  named: NamedFile,
  begin: (columns: readonly string[], separator: Separator) => (row: CsvRow) => void,
): void => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  checkText(text, named)
  const separator = separatorOf(text.toString('utf8', 0, longestNames))
  let rows = 0
  let take: ((row: CsvRow) => void) | null = null
  try {
    parse(text, {
      bom: true,
      delimiter: separator,
      max_record_size: longestRow,
      skip_empty_lines: true,
      trim: true,
      on_record(cells: readonly string[], { lines, bytes: byte }) {
        if (take === null) take = begin(checkedNames(cells, named), separator)
        else {
          rows++
          take({ cells, line: lines, byte })
        }
        return null
      },
    })
  } catch (cause) {
    if (cause instanceof SpiketuneError) throw cause
    // What its parser found, without the text that it quotes.
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/, value is .*/s, '')
    throw damaged(named.file, `it is no table (${reason})`, named.advice, cause)
  }
  if (rows === 0) throw damagedAt(named, bytes.length, 'it ends before any row')
}

/** A row that does not end would be held in memory, and again as cells. */
const longestRow = 16 * 2 ** 20

/** How much of a table is looked at for its separator: more than any line of names that a person wrote. */
const longestNames = 2 ** 16

/** Bytes of another encoding would all become the same character, and classes that differ by one of them the same class. */
const checkText = (text: Buffer, named: NamedFile): void => {
  const zero = text.indexOf(0)
  if (zero >= 0) throw damagedAt(named, zero, 'it is no text in UTF-8')
  if (isUtf8(text)) return
  let [line, start] = [1, 0]
  for (let end = text.indexOf(10); end >= 0 && isUtf8(text.subarray(start, end)); end = text.indexOf(10, start)) {
    start = end + 1
    line++
  }
  const found = `line ${line}, which begins at byte ${start}, is no UTF-8`
  throw damaged(named.file, `${found}. Save it in that encoding`, named.advice)
}

const checkedNames = (columns: readonly string[], named: NamedFile): readonly string[] => {
  const problem = problemOfNames(columns)
  if (problem !== null) throw damagedAt(named, 0, problem)
  return columns
}
