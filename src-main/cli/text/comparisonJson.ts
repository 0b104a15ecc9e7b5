import { measuredObjective } from '../../../src-core/progress/objectiveText.ts'
import type { ShownMetric } from '../../../src-core/study/studyWords.ts'
import type { ComparedImportance } from '../../../src-core/studyComparison/comparedImportance.ts'
import { membersOf, type StudyComparison } from '../../../src-core/studyComparison/comparison.ts'
import type { CostName, Costs } from '../../../src-core/studyComparison/costs.ts'
import {
  finalQuartiles,
  groupCurve,
  type Quartiles,
  targetReport,
} from '../../../src-core/studyComparison/groupCurve.ts'
import { optimumTable } from '../../../src-core/studyComparison/optimumTable.ts'
import { costToReach, type StudyCurve } from '../../../src-core/studyComparison/studyCurve.ts'

interface Given {
  readonly comparison: StudyComparison
  readonly metric: ShownMetric
  readonly target: number | null
  readonly cost: CostName
  readonly importance: readonly ComparedImportance[] | null
}

/** What is not a number, since nothing was feasible or the target never reached, is null. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

const measuredOf = (metric: ShownMetric, objective: number): number | null =>
  Number.isFinite(objective) ? measuredObjective(metric, objective) : null

const costsOf = (costs: Costs) => ({
  trials: costs.trials,
  trainings: costs.trainings,
  workerTimeMs: costs['worker-time'],
  wallTimeMs: costs['wall-time'],
})

const stepsOf = ({ steps }: StudyCurve, metric: ShownMetric) =>
  [...steps.trial].map((trial, place) => ({
    trial,
    best: measuredOf(metric, steps.objective[place] ?? NaN),
    trials: steps.trials[place],
    trainings: steps.trainings[place],
    workerTimeMs: steps['worker-time'][place],
    wallTimeMs: steps['wall-time'][place],
  }))

/** A comparison for other programs: values as they were measured, times in milliseconds. */
export const comparisonJson = ({ comparison, metric, target, cost, importance }: Given) => {
  const { studies, groups, missing, warnings, differences } = comparison
  const quartiles = ({ lower, median, upper }: Quartiles) => ({
    lower: measuredOf(metric, lower),
    median: measuredOf(metric, median),
    upper: measuredOf(metric, upper),
  })
  return {
    metric,
    against: cost,
    target: target === null ? null : measuredObjective(metric, target),
    warnings,
    missing,
    studies: studies.map(({ summary, curve, stoppedShare, optimiser, optimum, group }) => ({
      summary,
      group: groups[group]?.name ?? null,
      optimiser,
      cost: costsOf(curve.total),
      copied: curve.copied,
      stoppedShare,
      curve: stepsOf(curve, summary.metric),
      feasible: [...curve.feasible].map((objective) => measuredObjective(summary.metric, objective)),
      toTarget: target === null || summary.metric !== metric ? null : costToReach(curve, cost, target),
      optimum,
    })),
    groups: groups.flatMap(({ name }, group) => {
      const members = membersOf(comparison, group, metric)
      if (members.length === 0) return []
      const curves = members.map(({ curve }) => curve)
      const { x, lower, median, upper, end } = groupCurve(curves, cost)
      const report = target === null ? null : targetReport(curves, cost, target)
      return [
        {
          name,
          studies: members.map(({ summary }) => summary.id),
          best: quartiles(finalQuartiles(curves)),
          /** As far as the shortest study goes. */
          end,
          curve: [...x].map((at, place) => ({
            at,
            ...quartiles({ lower: lower[place] ?? NaN, median: median[place] ?? NaN, upper: upper[place] ?? NaN }),
          })),
          toTarget: report && {
            reached: report.reached,
            of: report.of,
            lower: finite(report.costs.lower),
            median: finite(report.costs.median),
            upper: finite(report.costs.upper),
          },
        },
      ]
    }),
    optimum: optimumTable(studies.map(({ optimum, space }) => ({ hyperparameters: optimum, space }))),
    ...(importance !== null && { importance }),
    differences,
  }
}
