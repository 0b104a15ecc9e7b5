import { current } from '../state/currentBoard.svelte.ts'
import type { Session } from '../state/session.svelte.ts'

const onMac = (): boolean => navigator.userAgent.includes('Macintosh')

/** The keys of a menu item as this system writes them; the menu itself is in src-main/electron/menu.ts. */
export const shortcut = (key: string): string => (onMac() ? `⌘${key}` : `Ctrl+${key}`)

/** With Ctrl, or with Command on a Mac: the keys of the menu too, which works where no menu is shown. */
const commandOfControlKey: Readonly<Record<string, string>> = {
  k: 'commands',
  b: 'toggle-sidebar',
  l: 'library',
  i: 'inspect',
  '/': 'shortcuts',
  '1': 'page-watch',
  '2': 'page-inspect',
  '3': 'page-compare',
  '4': 'page-decide',
}
/** Where nobody types text and a study is in view. */
const commandOfPlainKey: Readonly<Record<string, string>> = { f: 'freeze', b: 'select-best', c: 'compare' }

const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const commandOf = (event: KeyboardEvent): string | undefined => {
  if (event.altKey || event.shiftKey) return undefined
  if (event.ctrlKey || event.metaKey) return commandOfControlKey[event.key]
  return current.board === null || typesText(event.target) ? undefined : commandOfPlainKey[event.key]
}

/**
 * Asked of the page: a dialog that has just been closed is told to the session only by an event that is still to come,
 * and views have dialogs that the session does not know.
 */
const dialogIsOpen = (): boolean => document.querySelector('dialog[open]') !== null

/** Keys that hold everywhere while no dialog is open; Escape takes a brush away. */
export const pressKey = (session: Session, event: KeyboardEvent): void => {
  if (event.defaultPrevented || dialogIsOpen()) return
  if (event.key === 'Escape' && current.board !== null) current.board.brush = null
  const command = commandOf(event)
  if (command === undefined) return
  event.preventDefault()
  session.chooseCommand(command)
}
