import type { Attachment } from 'svelte/attachments'
import type { TermKey } from '../../src-core/glossary/glossary.ts'
import { type ShownTerm, termHelp } from './termHelp.svelte.ts'

const openAfterMs = 400
/** Time to move the pointer from the term to what is said of it. */
const closeAfterMs = 150

/**
 * Explains an element by the glossary, at the pointer and at the focus; what cannot have the focus gets it by Tab. The element has no
 * title of its own, which would be shown besides.
 * @param term null: it is no term of the glossary
 */
export const explained = (term: TermKey | null, detail = ''): Attachment<HTMLElement> => {
  const key = `${term} ${detail}`
  const known = made.get(key)
  if (known !== undefined) return known
  if (made.size >= mostMade) made.clear()
  const attachment = explaining(term, detail)
  made.set(key, attachment)
  return attachment
}

/** The same attachment for the same words: a live update neither takes help away nor costs anything. */
const made = new Map<string, Attachment<HTMLElement>>()
const mostMade = 500

const explaining =
  (term: TermKey | null, detail: string): Attachment<HTMLElement> =>
  (element) => {
    if (term === null) return
    const shown: ShownTerm = { term, detail, anchor: element }
    element.dataset['term'] = term
    const isReached = element.matches('a, button, input, select, textarea, [tabindex]')
    if (!isReached) element.tabIndex = 0
    const enter = (): void => {
      termHelp.open(shown, openAfterMs)
    }
    const focus = (): void => {
      // A click brings no help: whoever presses a button wants what it does.
      if (element.matches(':focus-visible')) termHelp.open(shown)
    }
    const leave = (): void => {
      termHelp.close(closeAfterMs)
    }
    const end = (): void => {
      termHelp.close()
    }
    const listeners = { pointerenter: enter, focus, pointerleave: leave, blur: end, pointerdown: end }
    for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener)
      if (termHelp.shown?.anchor === element) termHelp.close()
      delete element.dataset['term']
      if (!isReached) element.removeAttribute('tabindex')
    }
  }
