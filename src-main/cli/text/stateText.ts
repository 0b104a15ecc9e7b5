import type { StudyState, StudySummary, TrialRow } from '../../../src-core/progress/readModel.ts'
import type { StyleName } from './styledLine.ts'

/** A study's state in a word or two. */
export const stateText = (state: StudyState): string => {
  switch (state.kind) {
    case 'new':
      return 'not started'
    case 'running':
    case 'paused':
    case 'interrupted':
      return state.kind
    case 'draining':
      return 'finishing running trials'
    case 'finished':
      return 'finished'
    case 'error':
      return 'error'
  }
}

/** The same, and that another process sees to it. */
export const whereText = ({ state, inBackground }: Pick<StudySummary, 'state' | 'inBackground'>): string =>
  inBackground === undefined ? stateText(state) : `${stateText(state)} in the background`

/** Why the study stands where it stands, in a sentence; empty where the state says it all. */
export const stateReason = (state: StudyState): string => {
  switch (state.kind) {
    case 'finished':
      return state.detail
    case 'error':
      return state.message
    case 'interrupted':
      return 'Its application ended while it was running.'
    default:
      return ''
  }
}

export const stateStyle: Readonly<Record<StudyState['kind'], StyleName>> = {
  new: 'dim',
  running: 'cyan',
  paused: 'yellow',
  draining: 'yellow',
  interrupted: 'yellow',
  finished: 'green',
  error: 'red',
}

export const trialStateText: Readonly<Record<TrialRow['state'], string>> = {
  waiting: 'waiting',
  running: 'running',
  complete: 'complete',
  stopped: 'stopped early',
  failed: 'failed',
}
