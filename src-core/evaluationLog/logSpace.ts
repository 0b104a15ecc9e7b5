/** The search space of a log, as far as its evaluations show it: types, bounds, and the scale that values follow. */
import type { Parameter, Sampler, SearchSpace } from '../space/parameter.ts'
import { unitFromNumber, scaleOfSampler } from '../space/scale.ts'
import { diehlCookHyperparameters, isDiehlCookHyperparameter } from '../study/diehlCookHyperparameters.ts'
import { isEmptyCell, numberIn } from './logTable.ts'
import type { LogReader, LogRow, LogTable } from './logTable.ts'
import type { LogColumns } from './logColumns.ts'
import type { Configuration } from '../space/parameter.ts'

/** More distinct texts in a column are no choices. */
const choicesAtMost = 50

/**
 * Types and bounds of every hyperparameter. Bounds are rounded outwards; the sampler is the one whose distribution the
 * random initial points follow best, since an optimiser's own points crowd where it is good.
 * @param initial whether each row is one of the initial design
 */
export function logSpace(
  { hyperparameters: named }: LogColumns,
  { rows }: LogTable,
  initial: readonly boolean[],
  reader: LogReader,
): SearchSpace {
  const space: Record<string, Parameter> = {}
  for (const { name, column } of named) {
    const cells = reader.cells(column)
    const known = isDiehlCookHyperparameter(name) ? diehlCookHyperparameters[name].kind : null
    if (known === 'categorical' || (known === null && numberIn(cells[0] ?? '') === null)) {
      space[name] = categorical(cells, rows, column, reader)
      continue
    }
    const values = cells.map(numberIn)
    const numbers = values.filter((value) => value !== null)
    const whole = known === 'integer' || (known === null && numbers.every(Number.isInteger))
    const drawn = values.filter((value, index) => value !== null && initial[index] === true) as number[]
    space[name] = numeric(whole ? 'integer' : 'real', numbers, drawn.length < 20 ? numbers : drawn)
  }
  return space
}

function categorical(cells: readonly string[], rows: readonly LogRow[], column: string, reader: LogReader): Parameter {
  const choices = [...new Set(cells.map((cell) => cell.trim()))]
  for (const [index, row] of rows.entries()) {
    if (isEmptyCell(cells[index] ?? '')) reader.complain(row, column, 'nothing', 'a choice')
  }
  const [first] = rows
  if (choices.length > choicesAtMost && first !== undefined) {
    reader.complain(first, column, `${choices.length} different texts`, `numbers, or at most ${choicesAtMost} choices`)
  }
  return { type: 'categorical', choices }
}

function numeric(type: 'integer' | 'real', values: readonly number[], drawn: readonly number[]): Parameter {
  const { low, high } = type === 'integer' ? { ...extent(values) } : roundedOut(extent(values))
  const bounds = low < high ? { low, high } : { low, high: type === 'integer' ? low + 1 : low + (Math.abs(low) || 1) }
  const parameter = { type, ...bounds, sampler: 'uniform' as const }
  return { ...parameter, sampler: samplerOf(parameter, drawn) }
}

function extent(values: readonly number[]): { low: number; high: number } {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return values.length === 0 ? { low: 0, high: 1 } : { low, high }
}

/** Outwards to a step of a few per cent of the range; a positive low end stays above zero. */
function roundedOut({ low, high }: { readonly low: number; readonly high: number }): { low: number; high: number } {
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
function samplerOf(
  parameter: { type: 'integer' | 'real'; low: number; high: number; sampler: 'uniform' },
  values: readonly number[],
): Sampler {
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
export function logConfiguration(
  { hyperparameters: named }: LogColumns,
  space: SearchSpace,
  row: LogRow,
  reader: LogReader,
): Configuration {
  return Object.fromEntries(
    named.map(({ name, column }) => {
      const parameter = space[name]
      if (parameter?.type === 'categorical') return [name, reader.cell(row, column).trim()]
      const value = reader.number(row, column)
      if (parameter?.type === 'integer' && !Number.isInteger(value)) {
        reader.complain(row, column, String(value), 'a whole number')
      }
      return [name, value]
    }),
  )
}
