/** How the watch page is arranged: which layout is shown, and with which views; kept between runs. */
import { z } from 'zod'
import { preference } from '../state/preferences.svelte.ts'

/** A person may change every panel of a layout; what they changed is kept by layout. */
interface WatchLayout {
  readonly id: string
  readonly title: string
  /** Ids of views, row by row; ids that are not there show as empty panels. */
  readonly panels: readonly string[]
}

const overview: WatchLayout = {
  id: 'overview',
  title: 'Overview',
  panels: ['scatter', 'history', 'timeline', 'learning-curves'],
}
export const watchLayouts: readonly WatchLayout[] = [
  overview,
  { id: 'space', title: 'Search space', panels: ['parallel', 'slice', 'contour', 'importance'] },
  {
    id: 'optimiser',
    title: 'Optimiser',
    panels: ['trust-region', 'lengthscales', 'trust-region-box', 'silence-boundary'],
  },
  { id: 'stopping', title: 'Early stopping', panels: ['durations', 'replay', 'categories', 'distribution'] },
]

class Arrangement {
  readonly #layout = preference('watch.layout', z.string(), 'overview')
  /** Views by layout where a person has chosen others. */
  readonly #chosen = preference('watch.panels', z.record(z.string(), z.array(z.string()).max(12)), {})
  /** The panel that is shown alone; null: all are. */
  large = $state<number | null>(null)

  get layout(): WatchLayout {
    return watchLayouts.find(({ id }) => id === this.#layout.value) ?? overview
  }

  get panels(): readonly string[] {
    return this.#panelsOf(this.layout)
  }

  /** Whether the layout shows other views than those that it begins with. */
  get changed(): boolean {
    return this.#chosen.value[this.layout.id] !== undefined
  }

  show(layout: string): void {
    this.#layout.value = layout
    this.large = null
  }

  choose(place: number, view: string): void {
    const panels = this.panels.map((shown, index) => (index === place ? view : shown))
    this.#chosen.value = { ...this.#chosen.value, [this.layout.id]: panels }
  }

  restore(): void {
    const { id: current } = this.layout
    this.#chosen.value = Object.fromEntries(Object.entries(this.#chosen.value).filter(([id]) => id !== current))
  }

  /** Shows a view alone: in the layout that has it, the one in front first; where none has, in the last panel. */
  showAlone(view: string): void {
    const having = [this.layout, ...watchLayouts].find((layout) => this.#panelsOf(layout).includes(view))
    if (having === undefined) this.choose(this.panels.length - 1, view)
    else if (having !== this.layout) this.show(having.id)
    this.large = this.panels.indexOf(view)
  }

  #panelsOf({ id, panels }: WatchLayout): readonly string[] {
    return this.#chosen.value[id] ?? panels
  }
}

let made: Arrangement | null = null

/** The one arrangement of the window; not before preferences are read, which a study in view implies. */
export const arrangement = (): Arrangement => (made ??= new Arrangement())
