/** The search space of a log, as far as its evaluations show it: types, bounds, and the scale that values follow. */
import type { Configuration, Parameter, Sampler, SearchSpace } from '../space/parameter.ts'
import { holdsManyNumbers, unitFromNumber, scaleOfSampler } from '../space/scale.ts'
import { diehlCookHyperparameters, isDiehlCookHyperparameter } from '../study/diehlCookHyperparameters.ts'
import { valueText } from '../study/wording.ts'
import { givenChoices, logConditions, type LogConditions } from './logConditions.ts'
import { isEmptyCell, type LogReader, type LogRow, type LogTable, numberIn } from './logTable.ts'
import type { LogColumns } from './logColumns.ts'

/** More distinct texts in a column are no choices. */
const choicesAtMost = 50

/** What a log was searched over. */
export interface LogSpace {
  readonly parameters: SearchSpace
  /** Parameters that the log does not have, which say whether a row has a value in a column. */
  readonly given: LogConditions['given']
}

/**
 * Types and bounds of every hyperparameter, by all cells of its column. Bounds are rounded outwards; the sampler is the one
 * whose distribution the random initial points follow best, since an optimiser's own points crowd where it is good.
 * @param initial whether each row is one of the initial design
 */
export const logSpace = (
  { hyperparameters: named }: LogColumns,
  table: LogTable,
  initial: readonly boolean[],
  reader: LogReader,
): LogSpace => {
  const isFull = (column: string): boolean => reader.cells(column).every((cell) => !isEmptyCell(cell))
  const choosers = named.filter(({ name, column }) => isCategorical(name, column, reader) && isFull(column))
  const { when, given } = logConditions(named, choosers, table, reader)
  const parameters: Record<string, Parameter> = {}
  for (const { name, column } of named) {
    const parameter = isCategorical(name, column, reader)
      ? categorical(table.rows, column, reader)
      : numericColumn(name, reader.cells(column), initial)
    const condition = when.get(name)
    parameters[name] = condition === undefined ? parameter : { ...parameter, when: condition }
  }
  for (const name of given.keys()) parameters[name] = { type: 'categorical', choices: givenChoices }
  return { parameters, given }
}

/** By what is known of the hyperparameter; else, whether some cell that is not empty holds no number. */
const isCategorical = (name: string, column: string, reader: LogReader): boolean => {
  if (isDiehlCookHyperparameter(name)) return diehlCookHyperparameters[name].kind === 'categorical'
  return reader.cells(column).some((cell) => !isEmptyCell(cell) && numberIn(cell) === null)
}

const numericColumn = (name: string, cells: readonly string[], initial: readonly boolean[]): Parameter => {
  const known = isDiehlCookHyperparameter(name) ? diehlCookHyperparameters[name].kind : null
  const values = cells.map(numberIn)
  const numbers = values.filter((value) => value !== null)
  const whole = known === 'integer' || (known === null && numbers.every(Number.isSafeInteger))
  const drawn = values.filter((value, index) => value !== null && initial[index] === true) as number[]
  return numeric(whole ? 'integer' : 'real', numbers, drawn.length < 20 ? numbers : drawn)
}

/** Of many texts, those that are no numbers are the slips. */
const categorical = (rows: readonly LogRow[], column: string, reader: LogReader): Parameter => {
  const filled = rows.filter((row) => !isEmptyCell(reader.cell(row, column)))
  const choices = [...new Set(filled.map((row) => reader.cell(row, column).trim()))]
  if (choices.length > choicesAtMost) {
    const texts = filled.filter((row) => numberIn(reader.cell(row, column)) === null)
    const allowed = `numbers, or at most ${choicesAtMost} choices`
    const [first] = filled
    if (texts.length * 2 < filled.length) {
      for (const row of texts) reader.complain(row, column, valueText(reader.cell(row, column).trim()), 'a number')
    } else if (first !== undefined) reader.complain(first, column, `${choices.length} different texts`, allowed)
  }
  return { type: 'categorical', choices }
}

const numeric = (type: 'integer' | 'real', values: readonly number[], drawn: readonly number[]): Parameter => {
  const { low, high } = type === 'integer' ? { ...extent(values) } : roundedOut(extent(values))
  const isWide = low < high && (type === 'integer' || holdsManyNumbers(low, high))
  const bounds = isWide ? { low, high } : { low, high: type === 'integer' ? low + 1 : low + (Math.abs(low) || 1) }
  const parameter = { type, ...bounds, sampler: 'uniform' as const }
  return { ...parameter, sampler: samplerOf(parameter, drawn) }
}

const extent = (values: readonly number[]): { low: number; high: number } => {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return values.length === 0 ? { low: 0, high: 1 } : { low, high }
}

/** Outwards to a step of a few per cent of the range; a positive low end stays above zero. */
const roundedOut = ({ low, high }: { readonly low: number; readonly high: number }): { low: number; high: number } => {
  if (low === high) return { low, high }
  const step = 10 ** (Math.floor(Math.log10(high - low)) - 1)
  const rounded = clean(Math.floor(low / step + 1e-9) * step)
  const digit = 10 ** Math.floor(Math.log10(Math.abs(low)))
  const above = low > 0 && rounded <= 0 ? clean(Math.floor(low / digit + 1e-9) * digit) : rounded
  return { low: above, high: clean(Math.ceil(high / step - 1e-9) * step) }
}

/** Products of decimal steps, without the dust of binary fractions. */
const clean = (value: number): number => Number(value.toPrecision(12)) + 0

/** The sampler with the smallest Kolmogorov-Smirnov distance to the values; uniform unless another is clearly nearer. */
const samplerOf = (
  parameter: { type: 'integer' | 'real'; low: number; high: number; sampler: 'uniform' },
  values: readonly number[],
): Sampler => {
  // Over less than a factor of three, the samplers hardly differ.
  if (parameter.low <= 0 || parameter.high / parameter.low < 3) return 'uniform'
  const distance = (sampler: Sampler): number => {
    const places = values
      .map((value) => unitFromNumber(parameter, scaleOfSampler[sampler], value))
      .sort((a, b) => a - b)
    return places.reduce((worst, place, index) => Math.max(worst, Math.abs((index + 0.5) / places.length - place)), 0)
  }
  const uniform = distance('uniform')
  const nearest = (['log-uniform', 'reversed-log-uniform'] as const)
    .map((sampler) => ({ sampler, distance: distance(sampler) }))
    .reduce((best, other) => (other.distance < best.distance ? other : best))
  return nearest.distance < 0.75 * uniform ? nearest.sampler : 'uniform'
}

/** The configuration of one row; cells that are no values of their parameters are problems. */
export const logConfiguration = (
  { hyperparameters: named }: LogColumns,
  { parameters, given }: LogSpace,
  row: LogRow,
  reader: LogReader,
): Configuration => {
  const values = named.flatMap(({ name, column }): [string, number | string][] => {
    const parameter = parameters[name]
    const cell = reader.cell(row, column).trim()
    if (isEmptyCell(cell)) return []
    if (parameter?.type === 'categorical') return [[name, cell]]
    const value = reader.number(row, column)
    if (parameter?.type === 'integer' && !Number.isInteger(value)) {
      reader.complain(row, column, String(value), 'a whole number')
    }
    return [[name, value]]
  })
  const [no, yes] = givenChoices
  const told = [...given].map(([name, column]) => [name, isEmptyCell(reader.cell(row, column)) ? no : yes] as const)
  return Object.fromEntries([...values, ...told])
}
