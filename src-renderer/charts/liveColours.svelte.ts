import { MediaQuery } from 'svelte/reactivity'
import { readColours } from './colours.ts'

/** The colours of the window, read anew when its theme changes. Made in a component. */
export class LiveColours {
  readonly #dark = new MediaQuery('prefers-color-scheme: dark')
  readonly current = $derived.by(() => {
    // Read so that a change of the theme reads the style sheet again.
    void this.#dark.current
    return readColours(document.documentElement)
  })
}
