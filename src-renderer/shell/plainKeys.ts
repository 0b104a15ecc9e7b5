import type { Session } from '../state/session.svelte.ts'
import { runCommand } from './commands.ts'

const commandOfKey: Readonly<Record<string, string>> = { f: 'freeze', b: 'select-best', c: 'compare' }

const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Single letters, where nobody types text and no dialog is open; Escape takes a brush away. */
export const plainKeys = (session: Session, event: KeyboardEvent): void => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (session.board === null || session.dialog !== 'none' || typesText(event.target)) return
  if (event.key === 'Escape') {
    session.board.brush = null
    return
  }
  const command = commandOfKey[event.key]
  if (command === undefined) return
  event.preventDefault()
  runCommand(session, command)
}
