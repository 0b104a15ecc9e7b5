import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { readOnlyReason } from '../../src-core/progress/readOnly.ts'

export type StudyAction = 'pauseStudy' | 'resumeStudy' | 'pauseStudyNow' | 'leaveStudy' | 'exportBest'

/** Whether an action applies now, and if not, why: the reason is shown where the action is offered. */
export type Availability = { readonly possible: true } | { readonly possible: false; readonly reason: string }

/** Why nothing can be trained in a study, whoever may write to it; null: something can. */
export const untrainableReason = ({ state }: Pick<StudySummary, 'state'>): string | null =>
  state.kind === 'finished' && state.reason === 'imported'
    ? 'This study is an imported evaluation log: it says what was measured, not how to train the networks.'
    : null

/** Why no trial can be trained in a study now; null: one can. */
export const trainingRefusal = (summary: StudySummary): string | null =>
  readOnlyReason(summary) ?? untrainableReason(summary)

const possible: Availability = { possible: true }
const because = (reason: string): Availability => ({ possible: false, reason })

/** Nothing may be changed where a study can only be looked at. */
const lookingOnly = (summary: StudySummary): Availability | null => {
  const reason = readOnlyReason(summary)
  return reason === null ? null : because(reason)
}

const pausing = (summary: StudySummary): Availability => {
  const { state } = summary
  const refused = lookingOnly(summary)
  if (refused !== null) return refused
  if (state.kind === 'running') return possible
  return because(state.kind === 'draining' ? 'Running trials are finishing already.' : 'The study does not run.')
}

const resuming = (summary: StudySummary): Availability => {
  const { state } = summary
  const refused = lookingOnly(summary)
  if (refused !== null) return refused
  if (state.kind === 'error' && state.rescuedTo !== undefined) return because('Its folder is gone: open the copy.')
  switch (state.kind) {
    case 'running':
      return because('The study runs.')
    case 'finished':
      return because(untrainableReason(summary) ?? 'The study is finished: its budget is used up.')
    default:
      return possible
  }
}

const pausingNow = (summary: StudySummary): Availability => {
  const { state } = summary
  const refused = lookingOnly(summary)
  if (refused !== null) return refused
  return state.kind === 'running' || state.kind === 'draining' ? possible : because('The study does not run.')
}

const leaving = (summary: StudySummary): Availability => {
  if (summary.inBackground === true) return because('It runs in the background already.')
  const refused = lookingOnly(summary)
  if (refused !== null) return refused
  return summary.state.kind === 'running' ? possible : because('The study does not run.')
}

const exporting = ({ best }: StudySummary): Availability =>
  best === null ? because('No trial has been measured yet.') : possible

export const availability = (summary: StudySummary): Record<StudyAction, Availability> => ({
  pauseStudy: pausing(summary),
  resumeStudy: resuming(summary),
  pauseStudyNow: pausingNow(summary),
  leaveStudy: leaving(summary),
  exportBest: exporting(summary),
})

/** The one button that both pauses and resumes. */
export const runOrPause = ({ state }: StudySummary): { action: 'pauseStudy' | 'resumeStudy'; word: string } => {
  if (state.kind === 'running') return { action: 'pauseStudy', word: 'Pause' }
  return { action: 'resumeStudy', word: state.kind === 'new' ? 'Start' : 'Resume' }
}
