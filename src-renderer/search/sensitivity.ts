/** Sensitivity by group, as the importance of rows that stand for groups, single hyperparameters, and pairs of them. */
import type { Estimate, OutputImportance } from '../../src-core/diagnostics/importance.ts'
import type { ModelReport } from '../../src-core/diagnostics/studyModels.ts'
import type { VarianceAnalysis } from '../../src-core/diagnostics/varianceAnalysis.ts'

/** Where shares of variance come from. */
export const sensitivitySources = ['models', 'grid'] as const
export type SensitivitySource = (typeof sensitivitySources)[number]

/** Pairs shown; the others matter less. */
const shownPairs = 8

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
  const outputs = variance.map((analysis) => ({
    output: analysis.output,
    variance: analysis.variance,
    groups: [],
    parameters: rowsOf(analysis).map(({ name, share }) => ({
      parameter: name,
      firstOrder: estimateOf(share),
      total: estimateOf(share),
    })),
  }))
  const pairs = variance[0]?.interactions.slice(0, shownPairs).map(pairName) ?? []
  const single = variance[0] === undefined ? [] : rowsOf(variance[0]).map(({ name }) => name)
  const isPair = new Set(variance[0]?.interactions.map(pairName))
  const order = single.filter((name) => !isPair.has(name) || pairs.includes(name))
  return { order, outputs }
}

type Share = VarianceAnalysis['rest']
const pairName = ({ parameters: [one, other] }: VarianceAnalysis['interactions'][number]): string => `${one} × ${other}`

const rowsOf = ({ groups, effects, interactions, rest }: VarianceAnalysis) => [
  ...(groups.length > 1 ? groups : []).map(({ group, share }) => ({ name: `${group} (group)`, share })),
  ...effects.map(({ parameter, share }) => ({ name: parameter, share })),
  ...interactions.map((pair) => ({ name: pairName(pair), share: pair.share })),
  { name: 'the rest', share: rest },
]

const estimateOf = ({ value, standardError }: Share): Estimate => ({
  value,
  standardError: standardError ?? 0,
  pointError: standardError ?? 0,
  modelError: null,
})
