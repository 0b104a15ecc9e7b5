import { parse } from 'csv-parse/sync'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { damaged, damagedAt } from './damaged.ts'
import type { NamedFile } from './damaged.ts'

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
 * @param begin gets the names, and gives what takes each row
 * @throws {SpiketuneError} dataset-damaged; and what `begin` and the taker throw
 */
export function readCsvTable(
  bytes: Uint8Array,
  named: NamedFile,
  begin: (columns: readonly string[]) => (row: CsvRow) => void,
): void {
  const zero = bytes.indexOf(0)
  if (zero >= 0) throw damagedAt(named, zero, 'it is no text')
  let rows = 0
  let take: ((row: CsvRow) => void) | null = null
  try {
    parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      bom: true,
      delimiter: [',', ';', '\t'],
      skip_empty_lines: true,
      trim: true,
      on_record(cells: readonly string[], { lines, bytes: byte }) {
        if (take === null) take = begin(differentNames(cells, named))
        else {
          rows++
          take({ cells, line: lines, byte })
        }
        return null
      },
    })
  } catch (cause) {
    if (cause instanceof SpiketuneError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw damaged(named.file, `it is no table (${reason})`, named.advice, cause)
  }
  if (rows === 0) throw damagedAt(named, bytes.length, 'it ends before any row')
}

function differentNames(columns: readonly string[], named: NamedFile): readonly string[] {
  const seen = new Set<string>()
  const twice = columns.find((column) => seen.size === seen.add(column).size)
  if (twice !== undefined) throw damagedAt(named, 0, `its line of names has ${twice} twice`)
  return columns
}
