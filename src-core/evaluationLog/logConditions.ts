/** Where the hyperparameters of a log apply that not every row has a value of. */
import type { Condition } from '../space/parameter.ts'
import { isEmptyCell, linesText, type LogReader, type LogTable } from './logTable.ts'

export interface LogConditions {
  /** By the name of the hyperparameter. */
  readonly when: ReadonlyMap<string, Condition>
  /** Hyperparameters that the log does not have, which say whether a row has a value in a column. */
  readonly given: ReadonlyMap<string, string>
}

export const givenChoices = ['no', 'yes'] as const

type Named = readonly { readonly name: string; readonly column: string }[]

/**
 * A hyperparameter with empty cells applies where another one has certain choices, if these and the empty cells agree in
 * every row; else a hyperparameter of its own is added that says where.
 * @param choosers those that others may depend on: categorical ones with a value in every row
 */
export const logConditions = (named: Named, choosers: Named, { rows }: LogTable, reader: LogReader): LogConditions => {
  const when = new Map<string, Condition>()
  const given = new Map<string, string>()
  const givenByRows = new Map<string, string>()
  for (const { name, column } of named) {
    const present = reader.cells(column).map((cell) => !isEmptyCell(cell))
    if (present.every(Boolean)) continue
    const found = choosers.flatMap((chooser) => {
      const choices = choicesWhere(present, reader.cells(chooser.column))
      return choices === null ? [] : [{ name: chooser.name, choices }]
    })[0]
    if (found !== undefined) {
      when.set(name, { [found.name]: found.choices })
      reader.notes.push(`${name} applies where ${found.name} is ${found.choices.join(' or ')}.`)
      continue
    }
    const pattern = present.map(Number).join('')
    const teller = givenByRows.get(pattern) ?? `${name}.given`
    when.set(name, { [teller]: ['yes'] })
    const missing = rows.filter((_, index) => present[index] === false).map(({ line }) => line)
    reader.notes.push(`${name} has no value in ${linesText(missing)}: ${teller} says where it applies.`)
    if (givenByRows.has(pattern)) continue
    if (reader.has(teller)) reader.complainOfName(teller, 'this name', 'another name')
    givenByRows.set(pattern, teller)
    given.set(teller, column)
  }
  return { when, given }
}

/** The choices with which something is present; null: with some choice it is present in some rows only. */
const choicesWhere = (present: readonly boolean[], cells: readonly string[]): string[] | null => {
  const byChoice = new Map<string, boolean>()
  for (const [index, cell] of cells.entries()) {
    const choice = cell.trim()
    const here = present[index] ?? false
    if ((byChoice.get(choice) ?? here) !== here) return null
    byChoice.set(choice, here)
  }
  return [...byChoice].flatMap(([choice, here]) => (here ? [choice] : []))
}
