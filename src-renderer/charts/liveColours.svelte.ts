import { MediaQuery } from 'svelte/reactivity'
import { type ChartColours, coloursNow } from './colours.ts'

const dark = new MediaQuery('prefers-color-scheme: dark')

/** The colours of the window as they are now. Where they are read in a derived value or an effect, a change of the theme is seen. */
export const liveColours = (): ChartColours => {
  void dark.current
  return coloursNow()
}
