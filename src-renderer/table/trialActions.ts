/** What a person does to single trials. Each says what went wrong, and offers to take back what can be taken back. */
import type { CallRequest } from '../../src-core/contracts/window.ts'
import { readOnlyReason } from '../../src-core/progress/readOnly.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { call } from '../bridge/bridge.ts'
import { trainingRefusal } from '../trials/actions.ts'
import { formatPlural } from '../trials/format.ts'
import { trialByNumber } from '../trials/studyView.ts'
import { trialAsJson, trialAsYaml } from '../trials/trialAsText.ts'
import { type Board, comparedAtMost } from '../state/board.svelte.ts'

type AnnotationChange = Omit<CallRequest<'annotateTrial'>, 'id' | 'number'>

/** Changes what is said of a trial. True: it was kept. */
export const annotate = async (board: Board, number: number, change: AnnotationChange): Promise<boolean> => {
  const answer = await call('annotateTrial', { id: board.view.summary.folder, number, ...change })
  if (!answer.ok) board.session.toasts.showError(`What you said of trial ${number} could not be kept.`, answer.error)
  return answer.ok
}

/** Gives trials tags besides their own. False: one of them could not be kept. */
export const tagAll = async (board: Board, numbers: readonly number[], tags: readonly string[]): Promise<boolean> => {
  const before: { readonly number: number; readonly tags: string[] }[] = []
  let kept = true
  for (const number of numbers) {
    const own = trialByNumber(board.view.trials, number)?.annotation.tags ?? []
    const all = [...new Set([...own, ...tags])]
    if (all.length === own.length) continue
    kept = await annotate(board, number, { tags: all })
    if (!kept) break
    before.push({ number, tags: own })
  }
  if (before.length > 0) {
    const undo = async (): Promise<void> => {
      for (const { number, tags: own } of before) await annotate(board, number, { tags: own })
    }
    const action = { word: 'Undo', run: () => void undo() }
    board.session.toasts.showSuccess(`${formatPlural(before.length, 'trial')} tagged.`, tags.join(', '), action)
  }
  return kept
}

/** Takes a trial into the comparison, or out of it. */
export const toggleCompared = (board: Board, number: number): void => {
  if (board.toggleCompared(number)) return
  const message = `At most ${comparedAtMost} trials are compared. Take one out first.`
  board.session.toasts.showError('The comparison is full.', { code: 'comparison-full', message })
}

/** Says that trials wait, and offers to run them where the study does not run. */
export const offerResume = (board: Board, title: string): void => {
  const { session } = board
  if (board.view.summary.state.kind === 'running')
    session.toasts.showSuccess(title, 'It begins as soon as a worker is free.')
  else {
    const action = { word: 'Run now', run: () => void session.act('resumeStudy') }
    session.toasts.showSuccess(title, 'It begins when the study runs.', action)
  }
}

/** Pins a trial, so that its network is kept, or lets it go. */
export const setPinned = async (board: Board, number: number, pinned: boolean): Promise<void> => {
  await annotate(board, number, { pinned })
}

/** Leaves trials out of the optimiser's model, or puts them back. */
export const setExcluded = async (board: Board, numbers: readonly number[], excluded: boolean): Promise<void> => {
  const { toasts } = board.session
  const id = board.view.summary.folder
  const changed: number[] = []
  // One after the other: each is journalled, and makes the optimiser begin anew.
  for (const number of numbers) {
    const answer = await call('excludeTrial', { id, number, excluded })
    if (answer.ok) changed.push(number)
    else {
      toasts.showError(`Trial ${number} could not be ${excluded ? 'excluded' : 'restored'}.`, answer.error)
      break
    }
  }
  const [first] = changed
  if (first === undefined) return
  const what = changed.length === 1 ? `Trial ${first}` : formatPlural(changed.length, 'trial')
  toasts.showSuccess(
    `${what} ${excluded ? 'excluded' : 'restored'}.`,
    excluded ? 'The optimiser no longer learns from it, and it is never best.' : 'The optimiser learns from it again.',
    { word: 'Undo', run: () => void setExcluded(board, changed, !excluded) },
  )
}

/** Ends one trial that runs or waits. */
export const cancelTrial = async (board: Board, number: number): Promise<void> => {
  const answer = await call('cancelTrial', { id: board.view.summary.folder, number })
  if (!answer.ok) board.session.toasts.showError(`Trial ${number} could not be stopped.`, answer.error)
}

export const copyTrial = async (board: Board, trial: TrialRow, form: 'YAML' | 'JSON'): Promise<void> => {
  const { toasts } = board.session
  const text = (form === 'YAML' ? trialAsYaml : trialAsJson)(trial, board.view.summary.id, board.view)
  const answer = await call('copyText', { text })
  if (answer.ok) toasts.showSuccess('Copied.', `Trial ${trial.number} as ${form}.`)
  else toasts.showError('The trial could not be copied.', answer.error)
}

/** Why commands to trials are not possible now; null: they are. */
export const refusalOf = (board: Board): string | null => readOnlyReason(board.view.summary)

/** Why no trial can be added; null: one can. */
export const trainingRefusalOf = (board: Board): string | null => trainingRefusal(board.view.summary)
