/** Which columns of an evaluation log say what, by the names that the logs of the reference experiments give them. */
import { fromPublishedName } from '../study/diehlCookHyperparameters.ts'
import { isEmptyCell, type LogReader, type LogTable, numberIn } from './logTable.ts'

/** Columns of accuracy on the split that was the objective, best known first. */
const accuracyColumns = [
  ['valid', 'validation'],
  ['test', 'test'],
] as const

/** Columns that say what came of an evaluation; everything before the first of them is a hyperparameter. */
const resultColumns = new Set([
  'valid',
  'test',
  'train',
  'train_time',
  'test_time',
  'total_time',
  'eval_time',
  'stopped',
  'objective',
  'error',
  'processed_images',
  'start_time',
  'end_time',
  'start_date',
  'end_date',
  'iteration',
  'algorithm',
  'length',
  'trestart',
  'model',
  'nodes',
  'parameters',
  'trainable',
])
const constraintPattern = /^constraint_\d+$/
const isResult = (name: string): boolean => resultColumns.has(name) || constraintPattern.test(name)

export interface LogColumns {
  /** By the name that the study gives them: ours where the publication's is known, else that of the column. */
  readonly hyperparameters: readonly { readonly name: string; readonly column: string }[]
  readonly constraints: readonly string[]
  /** Accuracy is maximised as it is; a column `objective` is the negated accuracy where it is never above zero. */
  readonly objective: { readonly column: string; readonly sign: 1 | -1; readonly split: 'validation' | 'test' }
  /** Start and end: seconds since the first start, more exact, and dates; either may be missing, not both. */
  readonly seconds: boolean
  readonly dates: boolean
}

/**
 * Columns without a name, as pandas writes the index of a table: left out where they only count the rows, or are empty;
 * else a problem.
 */
const unnamedColumns = ({ columns, rows }: LogTable, reader: LogReader): ReadonlySet<number> => {
  const unnamed = [...columns.entries()].filter(([, name]) => name === '' || /^Unnamed: \d+$/.test(name))
  for (const [place, name] of unnamed) {
    const numbers = rows.map(({ cells }) => numberIn(cells[place] ?? ''))
    const first = numbers[0] ?? 0
    const isEmpty = rows.every(({ cells }) => isEmptyCell(cells[place] ?? ''))
    const counts = (first === 0 || first === 1) && numbers.every((number, index) => number === first + index)
    if (isEmpty || counts) {
      reader.notes.push(
        `Column ${place + 1} has no name and was left out: ${isEmpty ? 'it is empty' : 'it counts the rows'}.`,
      )
    } else {
      const allowed = 'a name for each column; pandas leaves out its index with index=False'
      reader.complainOfName(name, 'a column without a name', allowed, place)
    }
  }
  return new Set(unnamed.map(([place]) => place))
}

/** A hyperparameter that no row has was not searched. */
const hasValues = (column: string, reader: LogReader): boolean => {
  const cells = reader.cells(column)
  if (cells.length === 0 || cells.some((cell) => !isEmptyCell(cell))) return true
  reader.notes.push(`The column ${column} was left out: it is empty.`)
  return false
}

/** A study has two watched layers at most. */
const constraintsAtMost = 2

/** Finds the columns; null where the log lacks some, which `reader` has a problem for. */
export const findColumns = (table: LogTable, reader: LogReader): LogColumns | null => {
  const firstResult = table.columns.findIndex(isResult)
  const leftOut = unnamedColumns(table, reader)
  const named = table.columns.filter(
    (name, place) =>
      !leftOut.has(place) &&
      !isResult(name) &&
      (place < firstResult || fromPublishedName(name) !== null || firstResult === 0) &&
      hasValues(name, reader),
  )
  const constraints = table.columns.filter((name) => constraintPattern.test(name)).sort()
  const accuracy = accuracyColumns.find(([column]) => reader.has(column))
  const seconds = reader.has('start_time') && reader.has('end_time')
  const dates = reader.has('start_date') && reader.has('end_date')
  const need = (present: boolean, column: string, allowed: string): void => {
    if (!present) reader.complainOfName(column, 'no such column', allowed)
  }
  need(named.length > 0, 'hyperparameters', 'columns of hyperparameters before those of results')
  need(accuracy !== undefined || reader.has('objective'), 'objective', 'a column objective, valid or test')
  need(reader.has('stopped'), 'stopped', 'a column stopped, True or False')
  need(seconds || dates, 'start_date', 'columns start_date and end_date, or start_time and end_time')
  need(constraints.length <= constraintsAtMost, constraints.at(-1) ?? '', 'constraint_0 and constraint_1 at most')
  if (reader.problems.length > 0) return null
  const negated = (): boolean => reader.cells('objective').every((cell) => !(Number(cell) > 0))
  return {
    hyperparameters: named.map((column) => ({ name: fromPublishedName(column) ?? column, column })),
    constraints,
    objective:
      accuracy === undefined
        ? { column: 'objective', sign: negated() ? -1 : 1, split: 'validation' }
        : { column: accuracy[0], sign: 1, split: accuracy[1] },
    seconds,
    dates,
  }
}
