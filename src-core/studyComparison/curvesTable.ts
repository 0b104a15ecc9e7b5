/** The curves of a comparison as a table for other programs: a row for each step, and one for the end of each curve. */
import { measuredObjective } from '../progress/objectiveText.ts'
import { costNames } from './costs.ts'
import type { StudyComparison } from './comparison.ts'

export const curvesColumns = [
  'study',
  'group',
  'objective',
  'trial',
  'best_feasible',
  'trials',
  'trainings',
  'worker_time_ms',
  'wall_time_ms',
] as const

/** The row of the end has the last best again, and no trial. */
export const curvesRows = function* ({
  studies,
  groups,
}: StudyComparison): Generator<(string | number | null)[], void> {
  for (const { summary, curve, group } of studies) {
    const { steps, total } = curve
    const head = [summary.id, groups[group]?.name ?? '', summary.metric]
    const best = (objective: number | undefined): number | null =>
      objective === undefined ? null : measuredObjective(summary.metric, objective)
    for (const [place, trial] of steps.trial.entries()) {
      yield [...head, trial, best(steps.objective[place]), ...costNames.map((name) => steps[name][place] ?? null)]
    }
    yield [...head, null, best(steps.objective.at(-1)), ...costNames.map((name) => total[name])]
  }
}
