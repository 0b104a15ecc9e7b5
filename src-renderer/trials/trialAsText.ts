/** A trial as text that people paste elsewhere. */
import { stringify } from 'yaml'
import { measuredObjective } from '../../src-core/progress/objectiveText.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { StudyView } from './studyView.ts'
import { durationOf, shareOfConstraint } from './trialText.ts'

type Studied = Pick<StudyView, 'constraints' | 'limits' | 'objective'>

/** What a trial is and what came of it, in the terms of a definition; `fixed` can be pasted into one. */
const plainTrial = (trial: TrialRow, study: string, { constraints, limits, objective }: Studied) => ({
  study,
  trial: trial.number,
  state: trial.state,
  seed: trial.seed,
  ...(trial.objective === null ? {} : { [objective]: measuredObjective(objective, trial.objective) }),
  ...(trial.replicates === undefined
    ? {}
    : { objectiveStandardError: trial.replicates.objectiveStandardError, replicates: trial.replicates.trained }),
  ...Object.fromEntries(
    limits.flatMap(({ metric }) => (metric in trial.metrics ? [[metric, trial.metrics[metric]]] : [])),
  ),
  ...(trial.violation === null ? {} : { feasible: trial.violation <= 0 }),
  ...(constraints.length === 0 || trial.constraints.length === 0
    ? {}
    : {
        nonSpikingShare: Object.fromEntries(
          constraints.flatMap((constraint) => {
            const share = shareOfConstraint(trial, constraint)
            return share === null ? [] : [[constraint.layer, Number(share.toPrecision(12))]]
          }),
        ),
      }),
  ...(durationOf(trial) === null ? {} : { durationMs: durationOf(trial) }),
  ...(trial.annotation.tags.length === 0 ? {} : { tags: trial.annotation.tags }),
  ...(trial.annotation.note === '' ? {} : { note: trial.annotation.note }),
  fixed: trial.configuration,
})

export const trialAsYaml = (trial: TrialRow, study: string, studied: Studied): string =>
  stringify(plainTrial(trial, study, studied))

export const trialAsJson = (trial: TrialRow, study: string, studied: Studied): string =>
  `${JSON.stringify(plainTrial(trial, study, studied), null, 2)}\n`
