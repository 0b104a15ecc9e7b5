/** Which studies of a list are chosen, as in lists of files: Shift takes a range, Ctrl single ones. Pure. */
import { movedTo } from '../table/rowWindow.ts'

export interface StudyChoice {
  /** Folders. */
  readonly chosen: ReadonlySet<string>
  /** Where the keys are; null: nowhere yet. */
  readonly at: string | null
  /** Where a range begins. */
  readonly from: string | null
}

export const nothingChosen: StudyChoice = { chosen: new Set(), at: null, from: null }

const oneChosen = (folder: string): StudyChoice => ({ chosen: new Set([folder]), at: folder, from: folder })

type Click = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>
type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

const withRange = ({ from }: StudyChoice, folders: readonly string[], to: number): StudyChoice => {
  const target = folders[to]
  if (target === undefined) return nothingChosen
  const begin = Math.max(0, folders.indexOf(from ?? target))
  const chosen = new Set(folders.slice(Math.min(begin, to), Math.max(begin, to) + 1))
  return { chosen, at: target, from: folders[begin] ?? target }
}

const withToggled = ({ chosen }: StudyChoice, folder: string): StudyChoice => {
  const all = new Set(chosen)
  if (!all.delete(folder)) all.add(folder)
  return { chosen: all, at: folder, from: folder }
}

/** @param folders those that are listed, in their order */
export const clicked = (
  choice: StudyChoice,
  folders: readonly string[],
  folder: string,
  { shiftKey, ctrlKey, metaKey }: Click,
): StudyChoice => {
  if (shiftKey) return withRange(choice, folders, folders.indexOf(folder))
  return ctrlKey || metaKey ? withToggled(choice, folder) : oneChosen(folder)
}

/** @param list what is listed, and by how many the keys move; null: the key means nothing here */
export const pressed = (
  choice: StudyChoice,
  list: { readonly folders: readonly string[]; readonly perRow: number; readonly perPage: number },
  { key, shiftKey, ctrlKey, metaKey, altKey }: Key,
): StudyChoice | null => {
  const { folders, perRow, perPage } = list
  if (altKey) return null
  const at = choice.at === null ? -1 : folders.indexOf(choice.at)
  if (key === 'a' && (ctrlKey || metaKey)) return { ...choice, chosen: new Set(folders) }
  if (key === 'Escape' && choice.chosen.size > 0) return { ...nothingChosen, at: choice.at }
  if (key === ' ' && choice.at !== null && at !== -1) return withToggled(choice, choice.at)
  const to = amongCards(key, at, folders.length, perRow) ?? movedTo(key, at, folders.length, perPage)
  const target = to === null ? undefined : folders[to]
  if (to === null || target === undefined) return null
  if (shiftKey) return withRange(choice, folders, to)
  // With Ctrl the keys move alone, and Space chooses.
  return ctrlKey || metaKey ? { ...choice, at: target } : oneChosen(target)
}

/** Where an arrow leads among cards, which stand beside each other; null: it is no arrow, or there are no cards. */
const amongCards = (key: string, from: number, count: number, perRow: number): number | null => {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow }[key]
  if (perRow === 1 || step === undefined || count === 0) return null
  return from === -1 ? 0 : Math.min(count - 1, Math.max(0, from + step))
}
