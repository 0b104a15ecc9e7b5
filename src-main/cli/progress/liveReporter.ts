import { createLogUpdate } from 'log-update'
import type { Terminal } from '../terminal.ts'
import { liveText } from './liveText.ts'
import type { ProgressView } from './progressView.ts'
import { every, type Reporter } from './reporter.ts'

/** Often enough to look alive, seldom enough to cost nothing. */
const redrawMs = 200

/** A few lines redrawn in place. */
export const createLiveReporter = (terminal: Terminal): Reporter => {
  const draw = createLogUpdate(terminal.stdout)
  let view: ProgressView | null = null
  let summaryAtMs = 0
  let stopRedrawing = (): void => undefined

  const show = (next: ProgressView): void => {
    if (next.summary !== view?.summary) summaryAtMs = performance.now()
    view = next
  }
  const redraw = (): void => {
    if (view === null || terminal.closed.aborted) return
    const { kind } = view.summary.state
    const runs = kind === 'running' || kind === 'draining'
    const sinceSummaryMs = runs ? performance.now() - summaryAtMs : 0
    draw(liveText(view, { ...terminal, columns: terminal.columns, rows: terminal.rows, sinceSummaryMs }))
  }
  return {
    started(next) {
      show(next)
      redraw()
      stopRedrawing = every(redrawMs, redraw)
    },
    changed: show,
    interrupted(next) {
      show(next)
      redraw()
    },
    notice(text) {
      // Above the lines that are redrawn in place.
      draw.clear()
      terminal.warn(text)
      redraw()
    },
    ended() {
      stopRedrawing()
      draw.clear()
      draw.done()
    },
  }
}
