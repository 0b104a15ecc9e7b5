import { SpiketuneError } from '../errors/spiketuneError.ts'

export type Path = readonly (string | number)[]

/** Something wrong in a definition, by the path of the value, or of the key where `at` is `key`. */
export interface Problem {
  readonly path: Path
  readonly at: 'key' | 'value'
  readonly found: string
  readonly allowed: string
}

export const problem = (path: Path, at: Problem['at'], found: string, allowed: string): Problem => ({
  path,
  at,
  found,
  allowed,
})

/** A problem with its place in the file: line and column count from 1. */
export interface LocatedProblem {
  readonly line: number
  readonly column: number
  /** Such as `silence.layers[0].alpha`; empty for the file as a whole. */
  readonly path: string
  readonly found: string
  readonly allowed: string
}

/** A definition that cannot be used: every problem of it, in the order of the file. */
export class DefinitionError extends SpiketuneError {
  readonly source: string
  readonly problems: readonly LocatedProblem[]

  constructor(source: string, problems: readonly LocatedProblem[]) {
    const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column)
    const count = sorted.length === 1 ? 'a problem' : `${sorted.length} problems`
    super('definition-invalid', [`${source} has ${count}:`, ...sorted.map((one) => lineOf(source, one))].join('\n'))
    this.name = 'DefinitionError'
    this.source = source
    this.problems = sorted
  }
}

const lineOf = (source: string, { line, column, path, found, allowed }: LocatedProblem): string =>
  `${source}:${line}:${column}: ${path === '' ? '' : `${path}: `}found ${found}, allowed ${allowed}`

export const pathText = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
