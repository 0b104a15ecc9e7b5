import type { Attachment } from 'svelte/attachments'
import { on } from 'svelte/events'

/**
 * Shows a dialog as the browser's own modal one: it keeps the focus inside, closes on Escape, gives the focus back. The browser
 * tells of its closing later; one that is gone by then tells nobody, so that it does not close what came after it. Whoever opens
 * dialogs shows each in a `{#key}` that changes with every opening: one that is asked for again is then a new one.
 */
export const modal =
  (onclose: () => void): Attachment<HTMLDialogElement> =>
  (dialog) => {
    const before = document.activeElement
    dialog.showModal()
    const unlisten = on(dialog, 'close', onclose)
    return () => {
      unlisten()
      // The browser gives the focus back where a dialog is closed, not where it is taken away, as its buttons do.
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus()
    }
  }
