import type { Attachment } from 'svelte/attachments'
import { on } from 'svelte/events'

/**
 * Shows a dialog as the browser's own modal one: it keeps the focus inside, closes on Escape, gives the focus back. The browser
 * tells of its closing later; one that is gone by then tells nobody, so that it does not close what came after it.
 */
export const modal =
  (onclose: () => void): Attachment<HTMLDialogElement> =>
  (dialog) => {
    dialog.showModal()
    return on(dialog, 'close', onclose)
  }
