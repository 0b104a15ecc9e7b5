/** What can be done with a file that was saved: it is shown where it lies; an exported definition is run. */
import type { Exported, WrittenFile } from '../../src-core/contracts/window/common.ts'
import { confirmingWords } from '../../src-core/confirmation/summarise.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { untrainableReason } from '../trials/actions.ts'
import { call } from '../bridge/bridge.ts'
import type { ToastAction, Toasts } from './toasts.svelte.ts'

const show = async (toasts: Toasts, place: string): Promise<void> => {
  const answer = await call('showInFolder', { place })
  if (!answer.ok) toasts.showError('The file could not be shown.', answer.error)
}

const showInFolder = (toasts: Toasts, place: string): ToastAction => ({
  word: 'Show in folder',
  run: () => void show(toasts, place),
})

/** Says where a file was written. @param more what else there is to say of it */
export const tellSaved = (toasts: Toasts, title: string, { file, place }: WrittenFile, more?: string): void => {
  toasts.showSuccess(title, more === undefined ? file : `${file}\n${more}`, showInFolder(toasts, place))
}

/** Says what was exported of a study. @param run makes a study of the definition; an imported log's may be none */
export const tellExported = (
  toasts: Toasts,
  { files, problem, place }: Exported,
  summary: Pick<StudySummary, 'state' | 'confirming'> | null,
  run: (place: string) => void,
): void => {
  const runIt = {
    word: 'Run it',
    run: () => {
      run(place)
    },
  }
  const runs = summary !== null && untrainableReason(summary) === null
  toasts.showSuccess('Exported.', files.join('\n'), showInFolder(toasts, place), ...(runs ? [runIt] : []))
  if (summary?.confirming === true) toasts.showNotice('Exported before the confirmation has ended.', confirmingWords)
  if (problem !== null) toasts.showNotice('The network was not exported.', problem)
}
