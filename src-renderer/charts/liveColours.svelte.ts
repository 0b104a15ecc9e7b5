import { MediaQuery } from 'svelte/reactivity'
import { readColours } from './colours.ts'
import type { ChartColours } from './colours.ts'

/** Of the theme read last: to read a style sheet costs milliseconds, and a page has many charts. */
let known: { readonly dark: boolean; readonly colours: ChartColours } | null = null

const coloursOf = (dark: boolean): ChartColours => {
  if (known?.dark !== dark) known = { dark, colours: readColours(document.documentElement) }
  return known.colours
}

/** The colours of the window, read anew when its theme changes. Made in a component. */
export class LiveColours {
  readonly #dark = new MediaQuery('prefers-color-scheme: dark')
  readonly current = $derived.by(() => coloursOf(this.#dark.current))
}
