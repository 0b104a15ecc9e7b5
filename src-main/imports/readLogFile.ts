import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { CsvError, parse } from 'csv-parse/sync'
import { readEvaluationLog, type ReadLog } from '../../src-core/evaluationLog/evaluationLog.ts'
import type { AccuracyUnit } from '../../src-core/evaluationLog/logAccuracy.ts'
import { EvaluationLogError } from '../../src-core/evaluationLog/logProblems.ts'
import type { LogRow, LogTable } from '../../src-core/evaluationLog/logTable.ts'
import {
  type DecimalMark,
  decimalMarkIn,
  decimalNumber,
  type Separator,
  separatorOf,
} from '../../src-core/tables/separatedText.ts'
import { asWritten } from '../../src-core/values/formulaText.ts'
import { largestImport } from './readImported.ts'

const separatorText: Readonly<Record<Separator, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' }

const unpack = promisify(gunzip)

/**
 * Reads an evaluation log, CSV or CSV packed by gzip, as a study.
 * @param accuracy what a person says that its accuracies are; null: nothing was said
 * @param progress told of the share that has been read
 * @throws SpiketuneError log-invalid, log-accuracy-unclear
 */
export const readLog = async (
  bytes: Buffer,
  path: string,
  accuracy: AccuracyUnit | null = null,
  progress: (share: number) => void = () => undefined,
): Promise<ReadLog> => {
  const file = basename(path)
  const text = await textOf(bytes, file)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return readEvaluationLog(parseTable(text, file, progress), { file, sha256 }, accuracy)
}

/** Gzip by its first two bytes, whatever the name says. */
const textOf = async (bytes: Buffer, file: string): Promise<string> => {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
  try {
    const plain = packed ? await unpack(bytes, { maxOutputLength: largestImport }) : bytes
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw invalid(
      file,
      `what is no ${packed ? `whole gzip file of at most ${largestImport} bytes` : 'text'} (${message})`,
      'CSV, plain or packed by gzip',
    )
  }
}

/**
 * A table with a line of names; every row has as many cells. Commas, semicolons or tabs separate them; where it is not
 * commas, numbers may have decimal commas.
 */
const parseTable = (text: string, file: string, progress: (share: number) => void = () => undefined): LogTable => {
  const separator = separatorOf(text)
  const marks = new Set<DecimalMark>()
  const cellOf = (written: string): string => {
    const cell = written.trim()
    const mark = separator === ',' || Number.isNaN(decimalNumber(cell)) ? null : decimalMarkIn(cell)
    if (mark !== null) marks.add(mark)
    return mark === ',' ? cell.replace(',', '.') : asWritten(cell)
  }
  let columns: readonly string[] | null = null
  const rows: LogRow[] = []
  try {
    const records = parse(text, {
      bom: true,
      delimiter: separator,
      info: true,
      skip_empty_lines: true,
      relax_column_count: false,
      on_record: (record: string[], { bytes }) => {
        progress(Math.min(1, bytes / text.length))
        return record
      },
    }) as unknown
    for (const { record, info } of records as { record: string[]; info: { lines: number } }[]) {
      if (columns === null) columns = record.map((name) => asWritten(name.trim()))
      else rows.push({ line: info.lines, cells: record.map(cellOf) })
      if (marks.size > 1) {
        throw invalid(file, 'numbers with decimal commas and with points', 'one of the two', { line: info.lines })
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines = 1, column = 0 } = error as { lines?: number; column?: unknown }
    const place = typeof column === 'number' ? column + 1 : 1
    const allowed = `as many cells in each line as in the first, which ${separatorText[separator]} separate`
    throw invalid(file, `what is no CSV (${error.message.replace(/, value is .*/s, '')})`, allowed, {
      line: lines,
      column: place,
    })
  }
  return { columns: columns ?? [], rows }
}

const invalid = (file: string, found: string, allowed: string, { line = 1, column = 1 } = {}): EvaluationLogError =>
  new EvaluationLogError(file, [{ line, column, name: '', found, allowed }])
