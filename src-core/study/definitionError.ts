import { SpiketuneError } from '../errors/spiketuneError.ts'

export type Path = readonly (string | number)[]

/** What is wrong, and what would be right. */
export type Words = readonly [found: string, allowed: string]

/** Something wrong in a definition, by the path of the value, or of the key where `at` is `key`. */
export interface Problem {
  readonly path: Path
  readonly at: 'key' | 'value'
  /** Made for the problems that are told: a file can have 100,000 of them, and looking for what was meant takes time. */
  readonly words: () => Words
}

export const problem = (path: Path, at: Problem['at'], ...words: Words): Problem => ({ path, at, words: () => words })

/** A problem with its place in the file: line and column count from 1. */
export interface LocatedProblem {
  readonly line: number
  readonly column: number
  /** Such as `silence.layers[0].alpha`; empty for the file as a whole. */
  readonly path: string
  readonly found: string
  readonly allowed: string
}

/** A person mends a few at a time; this many show what is the matter. */
export const problemsAtMost = 50

/** A definition that cannot be used: its first problems, in the order of the file. */
export class DefinitionError extends SpiketuneError {
  readonly source: string
  readonly problems: readonly LocatedProblem[]
  /** Problems that there are beyond these. */
  readonly more: number

  constructor(source: string, problems: readonly LocatedProblem[], more = 0) {
    const all = problems.length + more
    const lines = problems.map((one) => lineOf(source, one))
    const rest = more === 0 ? [] : [`and ${more} more`]
    super(
      'definition-invalid',
      [`${source} has ${all === 1 ? 'a problem' : `${all} problems`}:`, ...lines, ...rest].join('\n'),
    )
    this.name = 'DefinitionError'
    this.source = source
    this.problems = problems
    this.more = more
  }
}

const lineOf = (source: string, { line, column, path, found, allowed }: LocatedProblem): string =>
  `${source}:${line}:${column}: ${path === '' ? '' : `${path}: `}found ${found}, allowed ${allowed}`

export const pathText = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
