/** Sensitivity by group, as the importance of rows that stand for groups, single hyperparameters, and pairs of them. */
import type { Estimate, OutputImportance } from '../../src-core/diagnostics/importance.ts'
import type { ModelReport } from '../../src-core/diagnostics/studyModels.ts'
import { type VarianceAnalysis, varianceRows } from '../../src-core/diagnostics/varianceAnalysis.ts'

/** Where shares of variance come from. */
export const sensitivitySources = ['models', 'grid'] as const
export type SensitivitySource = (typeof sensitivitySources)[number]

/** Rows in the order in which they are shown, the same for all outputs; empty: there is nothing to compare. */
interface Sensitivity {
  readonly order: readonly string[]
  readonly outputs: readonly OutputImportance[]
}

export const sensitivityOf = (report: ModelReport, source: SensitivitySource): Sensitivity =>
  source === 'grid' ? ofGrid(report.variance) : ofModels(report.importance)

const ofModels = (importance: readonly OutputImportance[]): Sensitivity => ({
  order: importance[0]?.groups.map(({ group }) => group) ?? [],
  outputs: importance.map((output) => ({
    ...output,
    parameters: output.groups.map(({ group, firstOrder, total }) => ({ parameter: group, firstOrder, total })),
  })),
})

const ofGrid = (variance: readonly VarianceAnalysis[]): Sensitivity => {
  const [first] = variance
  const order = first === undefined ? [] : varianceRows(first).rows.map(({ name }) => name)
  const outputs = variance.map((analysis) => ({
    output: analysis.output,
    variance: analysis.variance,
    groups: [],
    parameters: rowsOf(analysis),
  }))
  return { order, outputs }
}

/** All pairs: those that explain most of one output are not those of another. */
const rowsOf = (analysis: VarianceAnalysis) =>
  varianceRows(analysis, Infinity).rows.map(({ name, share }) => {
    const estimate = estimateOf(share)
    return { parameter: name, firstOrder: estimate, total: estimate }
  })

type Share = VarianceAnalysis['rest']

const estimateOf = ({ value, standardError }: Share): Estimate => ({
  value,
  standardError: standardError ?? 0,
  pointError: standardError ?? 0,
  modelError: null,
})
