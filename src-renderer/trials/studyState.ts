import { waitsForText } from '../../src-core/progress/waitsFor.ts'
import type { StudyState, StudySummary } from '../../src-core/progress/readModel.ts'
import { readOnlyReason } from '../../src-core/progress/readOnly.ts'
import { formatDuration } from './format.ts'

/** How a study's state is shown: never by colour alone. */
interface StateLabel {
  readonly word: string
  readonly icon: 'circle' | 'play' | 'pause' | 'hourglass' | 'warning' | 'check' | 'cross'
  readonly tone: 'neutral' | 'active' | 'good' | 'warning' | 'bad'
}

export const stateLabel = (state: StudyState): StateLabel => {
  switch (state.kind) {
    case 'new':
      return { word: 'New', icon: 'circle', tone: 'neutral' }
    case 'running':
      return { word: 'Running', icon: 'play', tone: 'active' }
    case 'paused':
      return { word: 'Paused', icon: 'pause', tone: 'neutral' }
    case 'draining':
      return { word: 'Finishing trials', icon: 'hourglass', tone: 'active' }
    case 'interrupted':
      return { word: 'Interrupted', icon: 'warning', tone: 'warning' }
    case 'finished':
      return { word: 'Finished', icon: 'check', tone: 'good' }
    case 'error':
      return { word: 'Error', icon: 'cross', tone: 'bad' }
  }
}

interface Banner {
  readonly tone: 'warning' | 'bad'
  readonly title: string
  readonly text: string
  /** The folder of a study that is shown instead when the person says so. */
  readonly opens?: string
}

const finishedReasons = {
  'trial-budget': 'All trials of the budget are done.',
  'time-budget': 'The time of the budget is used up.',
  'space-exhausted': 'Every point of the search space has been tried.',
  imported: 'An imported log, to be looked at:',
} as const

/** Why a study stands where it does, where the word alone does not say it. */
export const stateRemark = ({ state, waitsFor, timeLeftMs }: StudySummary): string | null => {
  if (waitsFor !== null) return waitsForText(waitsFor, timeLeftMs, formatDuration)
  if (state.kind !== 'finished') return null
  if (state.detail === '') return finishedReasons[state.reason]
  if (state.reason === 'imported') return `${finishedReasons.imported} ${state.detail}`
  // The detail says the same with its numbers.
  return `${state.detail.charAt(0).toUpperCase()}${state.detail.slice(1).replace(/\.$/, '')}.`
}

/** What a person should know about a study before reading its figures; most urgent first. */
export const bannersOf = (summary: StudySummary): Banner[] => {
  const { state, folder, databaseHeld, folderProtected, dataWarnings, checkpointProblem } = summary
  const banners: Banner[] = []
  const reason = readOnlyReason(summary)
  if (reason !== null) {
    const advice = folderProtected
      ? 'To go on with it, copy it to a library of yours.'
      : 'To change it, close it there first.'
    banners.push({ tone: 'warning', title: 'Read-only.', text: `${reason} ${advice}` })
  }
  if (databaseHeld) {
    banners.push({
      tone: 'warning',
      title: 'The database is held by another program.',
      text: 'What is to be stored waits until that one lets go of it: a backup, or a browser of databases. Nothing is lost.',
    })
  }
  if (state.kind === 'error') {
    const { rescuedTo } = state
    // The message names the folder that went away, which is not that of the copy.
    const isCopy = state.reason === 'study-gone' && !state.message.includes(`The folder ${folder} is`)
    banners.push({
      tone: isCopy ? 'warning' : 'bad',
      title: isCopy
        ? 'A copy of a study whose folder is gone.'
        : state.reason === 'study-gone'
          ? 'The folder of the study is gone.'
          : 'The study ended with an error.',
      text: isCopy ? `${state.message} This is the copy: Resume goes on with it.` : state.message,
      ...(rescuedTo === undefined ? {} : { opens: rescuedTo }),
    })
  }
  if (state.kind === 'interrupted') {
    banners.push({
      tone: 'warning',
      title: 'Interrupted.',
      text: 'Spiketune ended while this study ran. Finished trials are kept; Resume continues with the rest.',
    })
  }
  if (checkpointProblem !== undefined) {
    banners.push({ tone: 'warning', title: 'Checkpoints.', text: checkpointProblem })
  }
  if (dataWarnings.length > 0) {
    banners.push({ tone: 'warning', title: 'Look at the data.', text: dataWarnings.join(' ') })
  }
  return banners
}
