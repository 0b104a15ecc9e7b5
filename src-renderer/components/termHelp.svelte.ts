/** Help on terms: one way for all of the window. An element says which term it is; its meaning is shown beside it. */
import type { TermKey } from '../../src-core/glossary/glossary.ts'

export interface ShownTerm {
  readonly term: TermKey
  /** What there is to say of it here, such as a limit. */
  readonly detail: string
  readonly anchor: Element
}

/** The id of the one tip. */
export const tipId = 'term-tip'

class TermHelp {
  shown = $state.raw<ShownTerm | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined = undefined

  open(wanted: ShownTerm, afterMs = 0): void {
    clearTimeout(this.#timer)
    if (afterMs === 0) this.#show(wanted)
    else
      this.#timer = setTimeout(() => {
        this.#show(wanted)
      }, afterMs)
  }

  /** Keeps it open while the pointer is on it. */
  hold(): void {
    clearTimeout(this.#timer)
  }

  close(afterMs = 0): void {
    clearTimeout(this.#timer)
    if (afterMs === 0) this.#hide()
    else
      this.#timer = setTimeout(() => {
        this.#hide()
      }, afterMs)
  }

  #show(wanted: ShownTerm): void {
    this.#hide()
    this.shown = wanted
    wanted.anchor.setAttribute('aria-describedby', tipId)
  }

  #hide(): void {
    this.shown?.anchor.removeAttribute('aria-describedby')
    this.shown = null
  }
}
export const termHelp = new TermHelp()
