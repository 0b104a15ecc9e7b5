import { resolve } from 'node:path'
import type { ExperimentOverview } from '../../../src-core/experiment/experimentOverview.ts'
import { commonMetric, fewestStudies, mostStudies, targetOf } from '../../../src-core/studyComparison/comparison.ts'
import type { StudyLibrary } from '../../studies/studyService.ts'
import { StudyComparisons } from '../../studyComparison/studyComparisons.ts'
import type { Terminal } from '../terminal.ts'
import { studyComparisonText } from '../text/studyComparisonText.ts'

/** Prints the studies of an experiment side by side, grouped by variant; nothing where there are too few, or too many for that. */
export const printComparison = async (
  { members }: ExperimentOverview,
  library: StudyLibrary,
  terminal: Terminal,
): Promise<void> => {
  const measured = members.flatMap(({ variant, study, summary }) =>
    study === null || (summary?.best ?? null) === null ? [] : [{ study, variant }],
  )
  if (measured.length < fewestStudies || measured.length > mostStudies) return
  const comparisons = new StudyComparisons(
    (id) => library.read(id, false),
    (id) => resolve(library.folder, id),
  )
  const comparison = await comparisons.compare({
    studies: measured.map(({ study }) => study),
    groups: measured.map(({ variant }) => variant),
  })
  if (comparison.studies.length < fewestStudies) return
  const metric = commonMetric(comparison.studies)
  const target = targetOf(comparison, metric)
  const { columns, styles } = terminal
  const shown = { comparison, metric, target, isUsualTarget: true, cost: 'trials' as const, importance: null }
  terminal.print(`\n${studyComparisonText({ ...shown, columns, styles }).join('\n')}\n`)
}
