import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { CsvError, parse } from 'csv-parse/sync'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { readEvaluationLog } from '../../src-core/evaluationLog/evaluationLog.ts'
import type { LoggedStudy } from '../../src-core/evaluationLog/evaluationLog.ts'
import { EvaluationLogError } from '../../src-core/evaluationLog/logProblems.ts'
import type { LogRow, LogTable } from '../../src-core/evaluationLog/logTable.ts'

/** Far beyond any log: what is larger was chosen by mistake, and would only fill the memory. */
const largestFile = 200_000_000
const largestText = 400_000_000

const unpack = promisify(gunzip)

/**
 * Reads an evaluation log, CSV or CSV packed by gzip, as a study.
 * @throws SpiketuneError log-not-found, log-invalid
 */
export async function readLogFile(path: string): Promise<LoggedStudy> {
  const bytes = await readBytes(path)
  const file = basename(path)
  const text = await textOf(bytes, file)
  return readEvaluationLog(parseTable(text, file), { file, sha256: createHash('sha256').update(bytes).digest('hex') })
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size > largestFile) throw invalid(basename(path), `${size} bytes`, `a log of at most ${largestFile} bytes`)
    return await readFile(path)
  } catch (error) {
    if (error instanceof SpiketuneError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new SpiketuneError(
      'log-not-found',
      `The evaluation log ${path} cannot be read. Check that it is a file, and that you may read it.`,
      { details: message, cause: error },
    )
  }
}

/** Gzip by its first two bytes, whatever the name says. */
async function textOf(bytes: Buffer, file: string): Promise<string> {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
  try {
    const plain = packed ? await unpack(bytes, { maxOutputLength: largestText }) : bytes
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw invalid(
      file,
      `what is no ${packed ? 'whole gzip file' : 'text'} (${message})`,
      'CSV, plain or packed by gzip',
    )
  }
}

/** CSV with a header as a table; every row has as many cells as the header. */
export function parseTable(text: string, file: string): LogTable {
  let columns: readonly string[] | null = null
  const rows: LogRow[] = []
  try {
    const records = parse(text, { bom: true, info: true, skip_empty_lines: true, relax_column_count: false }) as unknown
    for (const { record, info } of records as { record: string[]; info: { lines: number } }[]) {
      if (columns === null) columns = record.map((name) => name.trim())
      else rows.push({ line: info.lines, cells: record })
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines = 1, column = 0 } = error as { lines?: number; column?: unknown }
    const place = typeof column === 'number' ? column + 1 : 1
    throw invalid(file, `what is no CSV (${error.message})`, 'as many cells in each line as in the first', lines, place)
  }
  return { columns: columns ?? [], rows }
}

const invalid = (file: string, found: string, allowed: string, line = 1, column = 1): EvaluationLogError =>
  new EvaluationLogError(file, [{ line, column, name: '', found, allowed }])
