import { parse } from 'csv-parse/sync'
import { damaged, damagedAt } from './damaged.ts'
import type { NamedFile } from './damaged.ts'

export interface CsvTable {
  readonly columns: readonly string[]
  /** [rows][columns] as they are written, without spaces around them. */
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number; readonly byte: number }[]
}

/**
 * A table with a line of names, separated by commas, semicolons or tabs.
 * @throws {SpiketuneError} dataset-damaged
 */
export function readCsvTable(bytes: Uint8Array, named: NamedFile): CsvTable {
  const zero = bytes.indexOf(0)
  if (zero >= 0) throw damagedAt(named, zero, 'it is no text')
  let records: { readonly record: string[]; readonly info: { readonly lines: number; readonly bytes: number } }[]
  try {
    records = parse(Buffer.from(bytes), {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw damaged(named.file, `it is no table (${reason})`, named.advice, cause)
  }
  const [names, ...rows] = records
  if (names === undefined || rows.length === 0) throw damagedAt(named, bytes.length, 'it ends before any row')
  const columns = names.record
  const seen = new Set<string>()
  const twice = columns.find((column) => seen.size === seen.add(column).size)
  if (twice !== undefined) throw damagedAt(named, 0, `its line of names has ${twice} twice`)
  return { columns, rows: rows.map(({ record, info }) => ({ cells: record, line: info.lines, byte: info.bytes })) }
}
