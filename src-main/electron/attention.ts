import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron'
import { metricTitle, objectiveNumber, objectivePhrase } from '../../src-core/progress/objectiveText.ts'
import type { ErrorReason, StudySummary } from '../../src-core/progress/readModel.ts'
import { isBusy } from './openStudies.ts'
import { bringForward } from './window.ts'

const newBestIntervalMs = 60_000

/**
 * What a person notices without looking at the window: the computer stays awake while a study runs; a new best, the end
 * of a study and its failure are announced when the window is not in front.
 */
export class Attention {
  readonly #busy = new Set<string>()
  /** By study, the best objective that a person knows of, as it is stored. */
  readonly #best = new Map<string, number>()
  readonly #nowMs: () => number
  #lastNewBestMs = -Infinity
  #blocker: number | null = null

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs
  }

  update(summary: StudySummary, window: BrowserWindow): void {
    const wasBusy = this.#busy.has(summary.folder)
    if (isBusy(summary)) this.#busy.add(summary.folder)
    else this.#busy.delete(summary.folder)
    this.#keepAwake(this.#busy.size > 0)
    this.#noticeBest(summary, window)
    if (wasBusy && !isBusy(summary)) this.#announceEnd(summary, window)
  }

  dispose(): void {
    this.#busy.clear()
    this.#keepAwake(false)
  }

  #keepAwake(awake: boolean): void {
    if (awake && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (!awake && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker)
      this.#blocker = null
    }
  }

  /** The first best of a study, and many in a short time, are no news. */
  #noticeBest({ folder, name, metric, best }: StudySummary, window: BrowserWindow): void {
    if (best?.feasible !== true) return
    const known = this.#best.get(folder)
    this.#best.set(folder, best.objective)
    if (known === undefined || best.objective <= known || !this.#busy.has(folder)) return
    if (this.#nowMs() - this.#lastNewBestMs < newBestIntervalMs) return
    const text = `${metricTitle(metric)} ${objectiveNumber(metric, best.objective)}, trial ${best.number}`
    if (notify(window, `${name}: new best`, text)) {
      this.#lastNewBestMs = this.#nowMs()
    }
  }

  #announceEnd({ name, metric, state, best }: StudySummary, window: BrowserWindow): void {
    if (state.kind === 'finished') {
      const found = best?.feasible === true ? `Best ${objectivePhrase(metric, best.objective)}` : 'No feasible trial'
      notify(window, `${name} is finished`, found)
    }
    if (state.kind === 'error') {
      notify(window, `${name}: ${errorWords[state.reason] ?? 'ended with an error'}`, state.message)
    }
  }
}

const errorWords: Partial<Readonly<Record<ErrorReason, string>>> = {
  'workers-failed': 'all workers failed',
  'study-gone': 'its folder is gone',
}

/** Shows a notification unless the person looks at the window; a click on it brings the window forward. */
const notify = (window: BrowserWindow, title: string, body: string): boolean => {
  if (!Notification.isSupported() || window.isDestroyed() || window.isFocused()) return false
  const notification = new Notification({ title, body })
  notification.on('click', () => {
    if (!window.isDestroyed()) bringForward(window)
  })
  notification.show()
  return true
}
