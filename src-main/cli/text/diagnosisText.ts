import Table from 'cli-table3'
import type { Diagnosis, ModelDiagnosis } from '../../../src-core/diagnostics/diagnosis.ts'
import type { Estimate, OutputImportance } from '../../../src-core/diagnostics/importance.ts'
import { type VarianceAnalysis, varianceRows } from '../../../src-core/diagnostics/varianceAnalysis.ts'
import { constraintTitle } from '../../../src-core/progress/constraintTitle.ts'
import { nonSpikingShare } from '../../../src-core/study/studyWords.ts'
import { lengthscaleWords } from '../../../src-core/diagnostics/lengthscaleTable.ts'
import { feasibilityText } from './feasibilityText.ts'
import { countOf, formatValue } from './format.ts'
import { labelled } from './resultText.ts'
import type { Styles } from './styledLine.ts'
import { trustRegionText } from './trustRegionText.ts'

/** Parameters shown; the others matter less to every output. */
const shown = 20

/** Total indices, one column for each output; what matters most to any of them first. */
export const importanceTable = (importance: readonly OutputImportance[], styles: Styles): string => {
  const table = new Table({
    head: [
      '',
      ...importance.map(({ output }) => constraintTitle(output).replace(` ${nonSpikingShare}`, `\n${nonSpikingShare}`)),
    ],
    colAligns: ['left', ...importance.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  })
  const rows = (importance[0]?.parameters ?? []).map(({ parameter }, index) => ({
    parameter,
    totals: importance.map(({ variance, parameters }) => (variance > 0 ? (parameters[index]?.total ?? null) : null)),
  }))
  const largest = ({ totals }: (typeof rows)[number]): number => Math.max(...totals.map((total) => total?.value ?? 0))
  const sorted = rows.sort((a, b) => largest(b) - largest(a))
  for (const { parameter, totals } of sorted.slice(0, shown)) {
    table.push([parameter, ...totals.map((total) => (total === null ? '-' : estimate(total, styles)))])
  }
  const more = sorted.length - shown
  return more > 0 ? `${table.toString()}\n${more} more matter less (--json has all)` : table.toString()
}

/** Total indices of groups; nothing where there is one. */
const groupLines = (importance: readonly OutputImportance[], styles: Styles): string[] => {
  const asRows = importance.map((output) => ({
    ...output,
    parameters: output.groups.map(({ group, ...indices }) => ({ parameter: group, ...indices })),
  }))
  if ((asRows[0]?.parameters.length ?? 0) === 0) return []
  return [styles.bold('Importance of groups, each as a whole'), importanceTable(asRows, styles), '']
}

/** How much of what the trials of a grid differ by is by what; nothing of any other study. */
const varianceLines = (analyses: readonly VarianceAnalysis[], styles: Styles): string[] =>
  analyses.flatMap((analysis) => {
    const { rows, more } = varianceRows(analysis)
    const shares = rows.map(({ name, share }): [string, string] => [name, shareText(share, styles)])
    return [
      styles.bold(
        `Analysis of variance of ${constraintTitle(analysis.output)}, ${countOf(analysis.trials, 'trial')} of the grid, ± standard error`,
      ),
      ...indented(labelled(shares, styles)),
      ...(more > 0 ? [`    ${more} more pairs explain less (--json has all)`] : []),
      '',
    ]
  })

const shareText = ({ value, standardError }: VarianceAnalysis['rest'], styles: Styles): string =>
  standardError === null ? value.toFixed(2) : estimate({ value, standardError }, styles)

/** Bold where it is clearly more than nothing. */
const estimate = ({ value, standardError }: Pick<Estimate, 'value' | 'standardError'>, styles: Styles): string => {
  const text = `${value.toFixed(2)} ± ${standardError.toFixed(2)}`
  return value > 0.05 && value > 2 * standardError ? styles.bold(text) : styles.dim(text)
}

/** Lengthscales shown of each model. */
const shownLengthscales = 5

/** What the models of a study say, for people. */
export const diagnosisText = (diagnosis: Diagnosis, columns: number, styles: Styles): string[] => {
  const { models, importance, variance, feasibility, trustRegion, trials } = diagnosis
  return [
    styles.bold(`Models of ${countOf(trials, 'finished trial')}`),
    ...models.flatMap((model) => [
      `  ${constraintTitle(model.output)}, ${countOf(model.errors.rows, 'row')}`,
      ...indented(labelled(modelPairs(model, diagnosis, styles), styles)),
    ]),
    '',
    styles.bold('Importance: share of the variance of each model, with all interactions, ± standard error'),
    importanceTable(importance, styles),
    '',
    ...groupLines(importance, styles),
    ...varianceLines(variance, styles),
    ...feasibilityText(feasibility, columns, styles),
    '',
    ...trustRegionText(trustRegion, styles),
  ]
}

const modelPairs = (
  { output, errors, calibration, noiseVariance, noise }: ModelDiagnosis,
  diagnosis: Diagnosis,
  styles: Styles,
): [string, string][] => {
  const { q2, rootMeanSquareError, meanLogPredictiveDensity } = errors
  const { intervals, distance, usualDistance } = calibration
  const shares = intervals.map(({ share }) => percent(share)).join(', ')
  const nominal = intervals.map((interval) => percent(interval.nominal)).join(', ')
  const far = distance > usualDistance
  if (q2 === null) return [['left out', 'all observed values are equal: there is nothing to learn']]
  const fit = `Q² ${q2.toFixed(2)}`
  const distances = `distance ${distance.toFixed(2)}, usual is up to ${usualDistance.toFixed(2)}`
  return [
    [
      'left out',
      `${q2 < 0.5 ? styles.yellow(fit) : fit}, error ${formatValue(round(rootMeanSquareError))} standard deviations`,
    ],
    ['', `log density ${meanLogPredictiveDensity.toFixed(2)}`],
    ['calibration', `${shares} % lie inside the ${nominal} % intervals`],
    ['', far ? styles.yellow(distances) : distances],
    ['noise', `${formatValue(round(Math.sqrt(noiseVariance)))} standard deviations`],
    ...(noise === null
      ? []
      : [
          [
            '',
            `${formatValue(round(noise))} in its own units; seeds may differ by more, which \`confirm\` measures`,
          ] as [string, string],
        ]),
    ...lengthscalePairs(output, diagnosis),
  ]
}

/** The lengthscales of the parameters that matter most to this model. */
const lengthscalePairs = (output: string, { lengthscales, importance }: Diagnosis): [string, string][] => {
  const ranks = rankOf(importance.find((one) => one.output === output))
  return [...lengthscales]
    .sort((a, b) => ranks(a.parameter) - ranks(b.parameter))
    .slice(0, shownLengthscales)
    .flatMap(({ parameter, outputs }, index): [string, string][] => {
      const own = outputs.find((one) => one.output === output)
      if (own === undefined) return []
      return [
        [
          index === 0 ? 'lengthscale' : '',
          `${formatValue(round(own.lengthscale))} ${parameter}: ${lengthscaleWords[own.reading]}`,
        ],
      ]
    })
}

const rankOf = (importance: OutputImportance | undefined): ((parameter: string) => number) => {
  const order = [...(importance?.parameters ?? [])]
    .sort((a, b) => b.total.value - a.total.value)
    .map(({ parameter }) => parameter)
  return (parameter) => order.indexOf(parameter)
}

const round = (value: number): number => Number(value.toPrecision(2))
const percent = (share: number): string => Math.round(share * 100).toString()
const indented = (text: string): string[] => text.split('\n').map((line) => `    ${line}`.trimEnd())
