import { SpiketuneError } from '../errors/spiketuneError.ts'

/** Something wrong in an evaluation log. Lines and columns count from 1; columns are cells, as a spreadsheet counts. */
export interface LogProblem {
  readonly line: number
  readonly column: number
  /** Name of the column; empty for the line as a whole. */
  readonly name: string
  readonly found: string
  readonly allowed: string
}

/** A log may be wrong in every line; this many problems show what is the matter. */
const listedAtMost = 20

/** An evaluation log that cannot be read as trials: what is wrong, in the order of the file. */
export class EvaluationLogError extends SpiketuneError {
  readonly problems: readonly LogProblem[]

  constructor(file: string, problems: readonly LogProblem[]) {
    const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column)
    const count = sorted.length === 1 ? 'a problem' : `${sorted.length} problems`
    const listed = sorted.slice(0, listedAtMost).map((problem) => textOf(file, problem))
    const more = sorted.length > listedAtMost ? [`and ${sorted.length - listedAtMost} more`] : []
    super('log-invalid', [`${file} has ${count}; nothing was imported:`, ...listed, ...more].join('\n'))
    this.name = 'EvaluationLogError'
    this.problems = sorted
  }
}

const textOf = (file: string, { line, column, name, found, allowed }: LogProblem): string =>
  `${file}:${line}:${column}: ${name === '' ? '' : `${name}: `}found ${found}, allowed ${allowed}`
