import { hasEnded } from '../../../src-core/progress/readModel.ts'
import type { Terminal } from '../terminal.ts'
import { heldText, interruptionText } from './liveText.ts'
import { finishedLine, newsIn, summaryLine } from './plainText.ts'
import type { ProgressView } from './progressView.ts'
import { every, type Reporter } from './reporter.ts'

const summaryEveryMs = 30_000

/** One line for each finished trial, and now and then where the study stands: for logs and pipes. */
export const createPlainReporter = (terminal: Terminal): Reporter => {
  let view: ProgressView | null = null
  let changedAtMs = performance.now()
  let stopSummaries = (): void => undefined
  return {
    started(next) {
      view = next
      terminal.print(`${next.summary.id} in ${next.summary.folder}`)
      terminal.print(summaryLine(next))
      stopSummaries = every(summaryEveryMs, () => {
        if (view !== null) terminal.print(summaryLine(view, performance.now() - changedAtMs))
      })
    },
    changed(next, change) {
      const wasHeld = view?.summary.databaseHeld ?? false
      if (next.summary.databaseHeld !== wasHeld) terminal.print(wasHeld ? 'The database is free again.' : heldText)
      const wasRunning = new Set(view?.running.map(({ number }) => number))
      for (const line of newsIn(view, next)) terminal.print(line)
      changedAtMs = performance.now()
      view = next
      for (const row of change.trials) {
        if (hasEnded(row) && wasRunning.has(row.number)) terminal.print(finishedLine(row, next))
      }
    },
    interrupted(next) {
      view = next
      terminal.print(interruptionText(next))
    },
    notice(text) {
      terminal.warn(text)
    },
    ended() {
      stopSummaries()
    },
  }
}
