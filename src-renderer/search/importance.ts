import type { OutputImportance } from '../../src-core/diagnostics/importance.ts'
import { metricName } from '../../src-core/progress/objectiveMetric.ts'
import type { StudyView } from '../trials/studyView.ts'
import { constraintTitle } from '../trials/trialText.ts'

/** Parameters by their total index for the objective, else for the output that comes first; most important first. */
export const importanceOrder = (importance: readonly OutputImportance[]): string[] => {
  const leading = importance.find(({ variance }) => variance > 0) ?? importance[0]
  return [...(leading?.parameters ?? [])]
    .sort((a, b) => b.total.value - a.total.value)
    .map(({ parameter }) => parameter)
}

/** What an output is called in a plot. */
export const outputTitle = (output: string, { objective, limits }: Pick<StudyView, 'objective' | 'limits'>): string =>
  output === 'objective' ? metricName(objective) : constraintTitle(output, limits)
