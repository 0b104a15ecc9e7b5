import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import { isFeasible, type MeasuredRow } from '../../../src-core/progress/best.ts'
import {
  metricName,
  metricWithDirection,
  limitSign,
  measuredNumber,
  objectiveNumber,
} from '../../../src-core/progress/objectiveText.ts'
import { constraintError, withError } from '../../../src-core/progress/replicatesText.ts'
import type { ConstraintInfo, TrialRow } from '../../../src-core/progress/readModel.ts'
import { metricConstraintName } from '../../../src-core/stopping/constraints.ts'
import { limitOf, type MetricConstraint } from '../../../src-core/study/metricSchema.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { searchedGroups } from '../../../src-core/study/hyperparameters.ts'
import { nonSpikingShare, shownMetric, shownObjective } from '../../../src-core/study/studyWords.ts'
import { formatAgainst, formatLimit, formatShareError, formatValue } from './format.ts'
import type { Styles } from './styledLine.ts'

interface BestTableInput {
  readonly rows: readonly MeasuredRow[]
  /** Of watched layers. */
  readonly constraints: readonly ConstraintInfo[]
  /** What is searched for, limited, and searched. */
  readonly definition: StudyDefinition
  readonly columns: number
  readonly styles: Styles
}

/** No more than these stand beside each other by themselves, however wide the terminal is. */
const enough = 10

/**
 * Trials side by side, one a column, best first: state, objective, non-spiking share of each watched layer, each metric that has a
 * limit, and below them what was searched. Trials that do not fit beside each other follow in further tables.
 */
export const bestTable = (input: BestTableInput): string => {
  const { rows, styles } = input
  const labels = labelsOf(input)
  const cells = rows.map((row) => column(row, input))
  const perTable = columnsThatFit(labels, cells, input.columns)
  const tables: string[] = []
  for (let start = 0; start < rows.length; start += perTable) {
    const shown = cells.slice(start, start + perTable)
    const colAligns = ['left' as const, ...shown.map(() => 'right' as const)]
    const table = new Table({ style: { head: [], border: [] }, colAligns })
    table.push(...labels.map((label, index) => [styles.dim(label), ...shown.map((cell) => cell[index] ?? '')]))
    tables.push(withoutInnerRules(table.toString(), [0, labels.indexOf('feasible')]))
  }
  return tables.join('\n')
}

/** How many of the best trials one table takes, but never fewer than three while there are as many. */
export const trialsThatFit = (input: BestTableInput): number => {
  const cells = input.rows.slice(0, enough).map((row) => column(row, input))
  return Math.min(enough, Math.max(3, columnsThatFit(labelsOf(input), cells, input.columns)))
}

const labelsOf = ({ constraints, definition }: BestTableInput): string[] => [
  'trial',
  'state',
  metricWithDirection(shownObjective(definition)),
  // Layers below the one name, as hyperparameters below that of their group: more trials fit beside each other.
  ...(constraints.length === 0 ? [] : [`${nonSpikingShare}:`]),
  ...constraints.map(({ layer, beta }) => `  ${layer} (≤ ${formatLimit(beta)})`),
  ...definition.constraints.map(
    (limit) => `${metricName(shownMetric(limit.metric, definition))} (${limitSign(limitOf(limit))})`,
  ),
  'feasible',
  ...searchedGroups(definition).flatMap(({ group, parameters }) => [
    `${group}:`,
    ...parameters.map((name) => `  ${name}`),
  ]),
]

const columnsThatFit = (labels: readonly string[], cells: readonly string[][], columns: number): number => {
  const widest = (texts: readonly string[]): number =>
    Math.max(1, ...texts.map((text) => stripVTControlCharacters(text).length))
  // Every column has a rule and two spaces; the last rule closes the table.
  return Math.max(1, Math.floor((columns - 1 - (widest(labels) + 3)) / (widest(cells.flat()) + 3)))
}

const column = (row: MeasuredRow, { constraints, definition, styles }: BestTableInput): string[] => {
  const feasible = isFeasible(row)
  const objective = objectiveNumber(shownObjective(definition), row.objective, row.replicates?.objectiveStandardError)
  const valueOf = (name: string) => row.constraints.find((constraint) => constraint.name === name)?.value
  return [
    styles.bold(row.number.toString()),
    row.state,
    feasible ? styles.green(objective) : objective,
    ...(constraints.length === 0 ? [] : ['']),
    ...constraints.map(({ name, beta }) => {
      const value = valueOf(name)
      if (value === undefined) return '-'
      const error = constraintError(row, name)
      const share = withError(
        formatAgainst(Math.max(0, value + beta), beta),
        error === null ? null : formatShareError(error),
      )
      return value > 0 ? styles.red(share) : share
    }),
    ...definition.constraints.map((limit) => {
      const value = valueOf(metricConstraintName(limit.metric))
      if (value === undefined) return '-'
      const measured = withError(
        measuredNumber(limit.metric, row.metrics[limit.metric] ?? NaN),
        metricError(row, limit),
      )
      return value > 0 ? styles.red(measured) : measured
    }),
    feasible ? 'yes' : styles.red('no'),
    ...searchedGroups(definition).flatMap(({ parameters }) => [
      '',
      ...parameters.map((name) => {
        const value = row.configuration[name]
        return value === undefined ? '-' : formatValue(value)
      }),
    ]),
  ]
}

/** The standard error of a limited metric, from that of its constraint, which is in units of the limit. */
export const metricError = (row: TrialRow, constraint: MetricConstraint): string | null => {
  const error = constraintError(row, metricConstraintName(constraint.metric))
  return error === null ? null : measuredNumber(constraint.metric, error * limitOf(constraint).limit)
}

/** Takes out the rules between rows, but for those below the given rows: a table of twenty rows stays twenty lines. */
const withoutInnerRules = (table: string, keepBelow: readonly number[]): string => {
  const lines = table.split('\n')
  return lines
    .filter((_, index) => {
      const isInnerRule = index % 2 === 0 && index > 0 && index < lines.length - 1
      return !isInnerRule || keepBelow.includes(index / 2 - 1)
    })
    .join('\n')
}
