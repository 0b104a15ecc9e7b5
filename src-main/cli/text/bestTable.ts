import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import { isFeasible, type MeasuredRow } from '../../../src-core/progress/best.ts'
import type { ConstraintInfo } from '../../../src-core/progress/readModel.ts'
import { formatAgainst, formatLimit, formatObjective, formatValue } from './format.ts'
import type { Styles } from './styledLine.ts'

export interface BestTableInput {
  readonly rows: readonly MeasuredRow[]
  readonly constraints: readonly ConstraintInfo[]
  /** Names of the searched hyperparameters, in the order of the definition. */
  readonly searched: readonly string[]
  readonly columns: number
  readonly styles: Styles
}

/** No more than these stand beside each other by themselves, however wide the terminal is. */
const enough = 10

/**
 * Trials side by side, one a column, best first: state, accuracy, silence of each watched layer, and below them what
 * was searched. Trials that do not fit beside each other follow in further tables.
 */
export function bestTable(input: BestTableInput): string {
  const { rows, styles, constraints } = input
  const labels = labelsOf(input)
  const cells = rows.map((row) => column(row, input))
  const perTable = columnsThatFit(labels, cells, input.columns)
  const tables: string[] = []
  for (let start = 0; start < rows.length; start += perTable) {
    const shown = cells.slice(start, start + perTable)
    const colAligns = ['left' as const, ...shown.map(() => 'right' as const)]
    const table = new Table({ style: { head: [], border: [] }, colAligns })
    table.push(...labels.map((label, index) => [styles.dim(label), ...shown.map((cell) => cell[index] ?? '')]))
    tables.push(withoutInnerRules(table.toString(), [0, 3 + constraints.length]))
  }
  return tables.join('\n')
}

/** How many of the best trials one table takes, but never fewer than three while there are as many. */
export function trialsThatFit(input: BestTableInput): number {
  const cells = input.rows.slice(0, enough).map((row) => column(row, input))
  return Math.min(enough, Math.max(3, columnsThatFit(labelsOf(input), cells, input.columns)))
}

const labelsOf = ({ constraints, searched }: BestTableInput): string[] => [
  'trial',
  'state',
  'accuracy',
  ...constraints.map(({ layer, beta }) => `silent ${layer} (≤ ${formatLimit(beta)})`),
  'feasible',
  ...searched,
]

function columnsThatFit(labels: readonly string[], cells: readonly string[][], columns: number): number {
  const widest = (texts: readonly string[]): number =>
    Math.max(1, ...texts.map((text) => stripVTControlCharacters(text).length))
  // Every column has a rule and two spaces; the last rule closes the table.
  return Math.max(1, Math.floor((columns - 1 - (widest(labels) + 3)) / (widest(cells.flat()) + 3)))
}

function column(row: MeasuredRow, { constraints, searched, styles }: BestTableInput): string[] {
  const feasible = isFeasible(row)
  return [
    styles.bold(row.number.toString()),
    row.state,
    feasible ? styles.green(formatObjective(row.objective)) : formatObjective(row.objective),
    ...constraints.map(({ name, beta }) => {
      const constraint = row.constraints.find((value) => value.name === name)
      if (constraint === undefined) return '-'
      const share = formatAgainst(Math.max(0, constraint.value + beta), beta)
      return constraint.value > 0 ? styles.red(share) : share
    }),
    feasible ? 'yes' : styles.red('no'),
    ...searched.map((name) => {
      const value = row.configuration[name]
      return value === undefined ? '-' : formatValue(value)
    }),
  ]
}

/** Takes out the rules between rows, but for those below the given rows: a table of twenty rows stays twenty lines. */
function withoutInnerRules(table: string, keepBelow: readonly number[]): string {
  const lines = table.split('\n')
  return lines
    .filter((_, index) => {
      const isInnerRule = index % 2 === 0 && index > 0 && index < lines.length - 1
      return !isInnerRule || keepBelow.includes(index / 2 - 1)
    })
    .join('\n')
}
