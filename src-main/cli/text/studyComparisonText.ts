import { isMinimised, metricWithDirection, objectiveNumber } from '../../../src-core/progress/objectiveText.ts'
import type { ShownMetric } from '../../../src-core/study/studyWords.ts'
import type { ComparedImportance } from '../../../src-core/studyComparison/comparedImportance.ts'
import { type ComparedStudy, membersOf, type StudyComparison } from '../../../src-core/studyComparison/comparison.ts'
import { type CostName, costWords, isTime } from '../../../src-core/studyComparison/costs.ts'
import {
  finalQuartiles,
  groupCurve,
  type Quartiles,
  quartilesOf,
  targetReport,
} from '../../../src-core/studyComparison/groupCurve.ts'
import { type Agreement, optimumTable } from '../../../src-core/studyComparison/optimumTable.ts'
import { bestAt, costToReach } from '../../../src-core/studyComparison/studyCurve.ts'
import { constraintTitle } from '../../../src-core/progress/constraintTitle.ts'
import { cutInside, openTable, sideBySide } from './comparedTables.ts'
import { countOf, formatCount, formatDuration, formatShare, formatValue } from './format.ts'
import { stateText } from './stateText.ts'
import type { Styles } from './styledLine.ts'

interface ShownComparison {
  readonly comparison: StudyComparison
  /** What values are compared of. */
  readonly metric: ShownMetric
  /** An objective as it is stored; null: nothing is feasible, and nobody named one. */
  readonly target: number | null
  /** Nobody named it. */
  readonly isUsualTarget: boolean
  readonly cost: CostName
  /** Of each study; null: nobody asked for it. */
  readonly importance: readonly ComparedImportance[] | null
  readonly columns: number
  readonly styles: Styles
}

/** A comparison for people. */
export const studyComparisonText = (shown: ShownComparison): string[] => {
  const { comparison, metric, styles } = shown
  const { studies, missing, warnings } = comparison
  return [
    styles.bold(
      `${studies.length} studies in ${countOf(comparison.groups.length, 'group')}, by ${metricWithDirection(metric)}`,
    ),
    ...targetLines(shown),
    ...warnings.map((warning) => styles.yellow(warning)),
    ...missing.map(({ study, message }) => styles.red(`Left out: ${study}. ${message}`)),
    '',
    studiesTable(shown),
    ...groupLines(shown),
    ...medianLines(shown),
    ...optimumLines(shown),
    ...importanceLines(shown),
    ...differenceLines(shown),
  ]
}

const targetLines = ({ target, isUsualTarget, metric }: ShownComparison): string[] => {
  if (target === null) return ['No target: nothing is feasible yet.']
  const why = isUsualTarget ? ', the best that half of the studies of every group came to; --target names another' : ''
  return [`target ${objectiveNumber(metric, target)}${why}`]
}

const heads = (studies: readonly ComparedStudy[]): string[] => studies.map((_, place) => `#${place + 1}`)

const costText = (cost: CostName, value: number | null): string =>
  value === null || value === Infinity ? 'never' : isTime(cost) ? formatDuration(value) : formatCount(value)

/** A value of quartiles; where too many studies have none it is not a number. */
const bestText = (metric: ShownMetric, objective: number): string =>
  Number.isFinite(objective) ? objectiveNumber(metric, objective) : '-'

const studiesTable = ({ comparison, metric, target, cost, columns }: ShownComparison): string => {
  const { studies, groups } = comparison
  const rows = studies.map(({ summary, curve, stoppedShare, group }, place) => {
    const { best } = summary
    const reached =
      target === null || summary.metric !== metric ? '-' : costText(cost, costToReach(curve, cost, target))
    return [
      `#${place + 1}`,
      summary.id,
      groups[group]?.name ?? '',
      stateText(summary.state),
      formatCount(curve.total.trials),
      best === null ? '-' : `${objectiveNumber(summary.metric, best.objective)}${best.feasible ? '' : ' (infeasible)'}`,
      formatDuration(curve.total['worker-time']),
      formatDuration(curve.total['wall-time']),
      formatShare(stoppedShare),
      reached,
    ]
  })
  const titles = ['', 'study', 'group', 'state', 'trials', 'best', 'worker time', 'wall time', 'stopped', 'to target']
  const widths = titles.map((title, place) => Math.max(title.length, ...rows.map((row) => row[place]?.length ?? 0)))
  // Where it is narrow, the state goes first, then the group, which has a table of its own; names are cut last.
  const kept = new Set(titles.keys())
  const width = (): number => [...kept].reduce((sum, place) => sum + (widths[place] ?? 0) + 2, -2)
  for (const spare of [3, 2, 8]) if (width() > columns) kept.delete(spare)
  const name = Math.max(12, (widths[1] ?? 0) - Math.max(0, width() - columns))
  const fit = (row: readonly string[]): string[] =>
    row.flatMap((cell, place) => (kept.has(place) ? [place === 1 ? cutInside(cell, name) : cell] : []))
  return openTable(fit(titles), rows.map(fit), [0, 1, 2, 3].filter((place) => kept.has(place)).length)
}

/** The group with its members, of those that search for the metric. */
const groupsOf = ({ comparison, metric }: ShownComparison) =>
  comparison.groups.flatMap(({ name }, group) => {
    const members = membersOf(comparison, group, metric)
    return members.length === 0 ? [] : [{ name, members, curves: members.map(({ curve }) => curve) }]
  })

const range = ({ lower, upper }: Quartiles, text: (value: number) => string): string =>
  `${text(lower)} to ${text(upper)}`

const groupLines = (shown: ShownComparison): string[] => {
  const { metric, cost, target, styles, columns } = shown
  const groups = groupsOf(shown)
  if (groups.every(({ members }) => members.length < 2)) return []
  const rows = groups.map(({ name, curves }) => {
    const finals = finalQuartiles(curves)
    const report = target === null ? null : targetReport(curves, cost, target)
    return [
      cutInside(name, Math.max(12, columns - 64)),
      String(curves.length),
      bestText(metric, finals.median),
      range(isMinimised(metric) ? { ...finals, lower: finals.upper, upper: finals.lower } : finals, (value) =>
        bestText(metric, value),
      ),
      ...(report === null ? ['-', '-'] : [`${report.reached} of ${report.of}`, costText(cost, report.costs.median)]),
    ]
  })
  return [
    '',
    styles.bold('Groups: studies that differ in their seeds alone'),
    openTable(['group', 'studies', 'median best', 'quartiles', 'reach it', `${costWords[cost]} to it`], rows, 1),
  ]
}

/** Places along a curve at which it is written down. */
const shares = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]

const medianLines = (shown: ShownComparison): string[] => {
  const { metric, cost, styles } = shown
  const groups = groupsOf(shown)
  const ends = groups.map(({ curves }) => groupCurve(curves, cost).end)
  const longest = Math.max(0, ...ends)
  if (longest === 0) return []
  const places = [...new Set(shares.map((share) => (isTime(cost) ? share * longest : Math.ceil(share * longest))))]
  const rows = groups.map(({ name, curves }, place) => [
    cutInside(name, 24),
    ...places.map((at) => {
      if (at > (ends[place] ?? 0)) return ''
      return bestText(metric, quartilesOf(curves.map((curve) => bestAt(curve, cost, at))).median)
    }),
  ])
  return [
    '',
    styles.bold(
      `Median best feasible value against ${costWords[cost]}, as far as the shortest study of the group goes`,
    ),
    openTable(['group', ...places.map((at) => costText(cost, at))], rows, 1),
  ]
}

const agreementText = (agreement: Agreement): string => {
  switch (agreement.kind) {
    case 'same':
      return 'same'
    case 'spread':
      return `within ${formatShare(agreement.share, 0)}`
    case 'most':
      return `${agreement.studies} of ${agreement.of} ${cutInside(agreement.value, 12)}`
    case 'unknown':
      return ''
  }
}

const rounded = (value: number | string | null): string =>
  value === null
    ? '-'
    : formatValue(typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value)

const optimumLines = ({ comparison: { studies }, columns, styles }: ShownComparison): string[] => {
  const rows = optimumTable(studies.map(({ optimum, space }) => ({ hyperparameters: optimum, space })))
  if (rows.length === 0) return []
  const table = {
    labels: rows.map(({ name }) => name),
    heads: heads(studies),
    cells: rows.map(({ values }) => values.map(rounded)),
    remarks: rows.map(({ agreement }) => agreementText(agreement)),
  }
  return [
    '',
    styles.bold('Optimum found: the best trial of each; how far apart, in shares of the range'),
    sideBySide(table, columns),
  ]
}

const importanceLines = ({ comparison: { studies }, importance, columns, styles }: ShownComparison): string[] => {
  if (importance === null) return []
  const outputs = [...new Set(importance.flatMap((one) => one.outputs.map(({ output }) => output)))]
  return [
    ...outputs.flatMap((output) => {
      const totals = importance.map((one) => one.outputs.find((own) => own.output === output)?.parameters ?? [])
      const labels = [...new Set(totals.flat().map(({ parameter }) => parameter))]
      const cells = labels.map((name) =>
        totals.map((own) => {
          const total = own.find(({ parameter }) => parameter === name)
          return total === undefined ? '-' : `${total.value.toFixed(2)} ± ${total.standardError.toFixed(2)}`
        }),
      )
      return [
        '',
        styles.bold(`Importance for ${constraintTitle(output)}: share of the variance of its model`),
        sideBySide({ labels, heads: heads(studies), cells }, columns),
      ]
    }),
    ...importance.flatMap(({ problem }, place) => (problem === null ? [] : [`#${place + 1}: ${problem}`])),
  ]
}

const differenceLines = ({ comparison: { studies, differences }, columns, styles }: ShownComparison): string[] => {
  if (differences.length === 0) return ['', 'Their definitions are the same.']
  const rows = differences.flatMap(({ section, rows: own }) =>
    own.map(({ path, values }) => ({ label: path === '' ? section : `${section}.${path}`, values })),
  )
  const table = {
    labels: rows.map(({ label }) => label),
    heads: heads(studies),
    cells: rows.map(({ values }) => values.map((value) => value ?? '-')),
  }
  return ['', styles.bold('Definitions: what differs'), sideBySide(table, columns)]
}
