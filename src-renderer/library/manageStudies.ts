/** What the library does with studies: asks the main process, shows what came of it, and offers to take it back. */
import { titleOf } from '../../src-core/library/studyFilter.ts'
import { type LabelChange, undoing } from '../../src-core/library/studyLabels.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { call } from '../bridge/bridge.ts'
import type { Session } from '../state/session.svelte.ts'
import { formatPlural } from '../trials/format.ts'

const plural = (count: number): string => formatPlural(count, 'study', 'studies')

type Failures = readonly { readonly id: string; readonly error: { readonly code: string; readonly message: string } }[]

const tellFailures = ({ toasts }: Session, title: string, failed: Failures): void => {
  const [first] = failed
  if (first === undefined) return
  const message = failed.length === 1 ? first.error.message : failed.map(({ error }) => error.message).join('\n')
  toasts.showError(failed.length === 1 ? title : `${title} (${plural(failed.length)})`, {
    code: first.error.code,
    message,
  })
}

/** Changes labels; the change can be taken back for a while. @returns whether all of them took it */
export const labelStudies = async (
  session: Session,
  studies: readonly StudySummary[],
  change: LabelChange,
  done: string,
): Promise<boolean> => {
  const answer = await call('labelStudies', { ids: studies.map(({ folder }) => folder), change })
  if (!answer.ok) {
    session.toasts.showError('The studies could not be changed.', answer.error)
    return false
  }
  const { changed, failed } = answer.value
  session.take(changed)
  tellFailures(session, 'This was not changed.', failed)
  const [first] = changed
  if (first !== undefined) {
    session.toasts.showSuccess(done, changed.length === 1 ? titleOf(first) : plural(changed.length), {
      word: 'Undo',
      run: () => void undo(session, studies, changed),
    })
  }
  return failed.length === 0
}

const undo = async (
  session: Session,
  before: readonly StudySummary[],
  changed: readonly StudySummary[],
): Promise<void> => {
  for (const after of changed) {
    const was = before.find(({ folder }) => folder === after.folder)
    if (was === undefined) continue
    const answer = await call('labelStudies', { ids: [after.folder], change: undoing(was.labels, after.labels) })
    if (!answer.ok) session.toasts.showError('This could not be taken back.', answer.error)
    else {
      session.take(answer.value.changed)
      tellFailures(session, 'This could not be taken back.', answer.value.failed)
    }
  }
}

export const deleteStudies = async (session: Session, studies: readonly StudySummary[]): Promise<void> => {
  const answer = await call('deleteStudies', { ids: studies.map(({ folder }) => folder) })
  if (!answer.ok) {
    session.toasts.showError('The studies could not be deleted.', answer.error)
    await session.refresh()
    return
  }
  if (answer.value === null) return
  const { deleted, failed } = answer.value
  session.forget(deleted)
  tellFailures(session, 'This was not deleted.', failed)
  if (deleted.length > 0) session.toasts.showSuccess('Moved to the bin.', plural(deleted.length))
}

export const exportStudies = async (session: Session, studies: readonly StudySummary[]): Promise<void> => {
  const answer = await call('exportBestOf', { ids: studies.map(({ folder }) => folder) })
  if (!answer.ok) session.toasts.showError('The export failed.', answer.error)
  else if (answer.value !== null) {
    const { exported, failed } = answer.value
    tellFailures(session, 'This was not exported.', failed)
    if (exported > 0) session.toasts.showSuccess('Exported.', `The best configuration of ${plural(exported)}.`)
  }
}

/** @returns why not; null: the study is there, and chosen */
export const duplicateStudy = async (session: Session, study: StudySummary, name: string): Promise<string | null> => {
  const answer = await call('duplicateStudy', { id: study.folder, name })
  if (!answer.ok) return answer.error.message
  session.take([answer.value])
  session.toasts.showSuccess('Made a study of the same definition.', `${answer.value.id} is not started.`, {
    word: 'Open',
    run: () => void session.open(answer.value.folder),
  })
  return null
}

export const copyPaths = async (session: Session, studies: readonly StudySummary[]): Promise<void> => {
  const answer = await call('copyText', { text: studies.map(({ folder }) => folder).join('\n') })
  if (answer.ok)
    session.toasts.showSuccess('Copied.', studies.length === 1 ? (studies[0]?.folder ?? '') : plural(studies.length))
  else session.toasts.showError('The path could not be copied.', answer.error)
}

export const showFolder = async (session: Session, { folder }: StudySummary): Promise<void> => {
  const answer = await call('showStudyFolder', { id: folder })
  if (!answer.ok) session.toasts.showError('The folder could not be shown.', answer.error)
}
