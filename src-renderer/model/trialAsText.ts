/** A trial as text that people paste elsewhere. */
import { stringify } from 'yaml'
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { durationOf, shareOfConstraint } from './trialText.ts'

/** What a trial is and what came of it, in the terms of a definition; `fixed` can be pasted into one. */
const plainTrial = (trial: TrialRow, study: string, constraints: readonly ConstraintInfo[]) => ({
  study,
  trial: trial.number,
  state: trial.state,
  seed: trial.seed,
  ...(trial.objective === null ? {} : { accuracy: trial.objective }),
  ...(trial.violation === null ? {} : { feasible: trial.violation <= 0 }),
  ...(trial.constraints.length === 0
    ? {}
    : {
        nonSpikingShare: Object.fromEntries(
          constraints.flatMap((constraint) => {
            const share = shareOfConstraint(trial, constraint)
            return share === null ? [] : [[constraint.name, Number(share.toPrecision(12))]]
          }),
        ),
      }),
  ...(durationOf(trial) === null ? {} : { durationMs: durationOf(trial) }),
  ...(trial.annotation.tags.length === 0 ? {} : { tags: trial.annotation.tags }),
  ...(trial.annotation.note === '' ? {} : { note: trial.annotation.note }),
  fixed: trial.configuration,
})

export const trialAsYaml = (trial: TrialRow, study: string, constraints: readonly ConstraintInfo[]): string =>
  stringify(plainTrial(trial, study, constraints))

export const trialAsJson = (trial: TrialRow, study: string, constraints: readonly ConstraintInfo[]): string =>
  `${JSON.stringify(plainTrial(trial, study, constraints), null, 2)}\n`
