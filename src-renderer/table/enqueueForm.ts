/** A trial as a person types it: texts by hyperparameter, read and checked against the search space. */
import type { Configuration, Parameter, SearchSpace } from '../../src-core/space/parameter.ts'
import { numberFromUnit, scaleOf } from '../../src-core/space/scale.ts'
import { applicable } from '../../src-core/space/space.ts'
import { validateConfiguration } from '../../src-core/space/validateConfiguration.ts'
import { formatValue } from '../trials/format.ts'

type Typed = Readonly<Record<string, string>>

/** The middle of a parameter on its scale, or its first choice. */
const middleOf = (parameter: Parameter): number | string => {
  if (parameter.type === 'categorical') return parameter.choices[0] ?? ''
  const middle = numberFromUnit(parameter, scaleOf(parameter), 0.5)
  return parameter.type === 'integer' ? Math.round(middle) : Number(middle.toPrecision(4))
}

/** What the form begins with: the values of a configuration; where it has none, the middle of the space. */
export const typedFrom = (space: SearchSpace, configuration: Configuration | null): Typed =>
  Object.fromEntries(
    Object.entries(space).map(([name, parameter]) => [name, String(configuration?.[name] ?? middleOf(parameter))]),
  )

interface ReadTrial {
  /** Values of the hyperparameters that apply. */
  readonly configuration: Configuration
  /** Those that apply, in the order of the space. */
  readonly applying: ReadonlySet<string>
  /** What is wrong, by hyperparameter. */
  readonly problems: ReadonlyMap<string, string>
}

const valueOf = (parameter: Parameter, text: string): number | string =>
  parameter.type === 'categorical' ? text.trim() : text.trim() === '' ? NaN : Number(text)

/** Reads the form. What does not apply, by the categories chosen, is left out. */
export const readTyped = (space: SearchSpace, typed: Typed): ReadTrial => {
  const values = Object.fromEntries(
    Object.entries(space).map(([name, parameter]) => [name, valueOf(parameter, typed[name] ?? '')]),
  )
  const applying = applicable(space, values)
  const configuration = Object.fromEntries(Object.entries(values).filter(([name]) => applying.has(name)))
  const problems = validateConfiguration(space, configuration).map(({ name, allowed }) => {
    const text = (typed[name] ?? '').trim()
    return [name, text === '' ? `Enter ${allowed}.` : `Allowed: ${allowed}.`] as const
  })
  return { configuration, applying, problems: new Map(problems) }
}

/** "0.001 to 1", "40 to 120", "all, vote": what may be typed. */
export const allowedHint = (parameter: Parameter): string =>
  parameter.type === 'categorical'
    ? parameter.choices.join(', ')
    : `${formatValue(parameter.low)} to ${formatValue(parameter.high)}`

/** A seed as typed; empty: null, derived from the study's. Undefined: no seed. */
export const readSeed = (text: string): number | null | undefined => {
  if (text.trim() === '') return null
  const seed = Number(text)
  return Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff ? seed : undefined
}

interface PastedTrial {
  /** From 1, the head not counted. */
  readonly row: number
  readonly configuration: Configuration
  readonly problems: readonly string[]
}

/**
 * Trials from the rows of a table, separated by tabs, semicolons or commas, names of hyperparameters in the head; columns
 * of other names are passed over. What a row does not say is taken from `otherwise`.
 * @returns null when there is no head with the name of a hyperparameter and a row below it
 */
export const readPasted = (space: SearchSpace, text: string, otherwise: Typed): PastedTrial[] | null => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const [head = '', ...rows] = lines
  const separator = ['\t', ';', ','].find((one) => head.includes(one)) ?? ','
  const cells = (line: string): string[] => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  const names = cells(head)
  if (rows.length === 0 || !names.some((name) => Object.hasOwn(space, name))) return null
  return rows.map((line, index) => {
    const given = cells(line).flatMap((cell, at) => {
      const name = names[at] ?? ''
      return Object.hasOwn(space, name) && cell !== '' ? [[name, cell] as const] : []
    })
    const { configuration, problems } = readTyped(space, { ...otherwise, ...Object.fromEntries(given) })
    return { row: index + 1, configuration, problems: [...problems].map(([name, problem]) => `${name}: ${problem}`) }
  })
}
