import { Notification, powerSaveBlocker } from 'electron'
import type { BrowserWindow } from 'electron'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { isBusy } from './openStudies.ts'

/**
 * What a person notices without looking at the window: the computer stays awake while a study runs, and the end of a
 * study is announced when the window is not in front.
 */
export class Attention {
  readonly #busy = new Set<string>()
  #blocker: number | null = null

  update(summary: StudySummary, window: BrowserWindow): void {
    const wasBusy = this.#busy.has(summary.folder)
    if (isBusy(summary)) this.#busy.add(summary.folder)
    else this.#busy.delete(summary.folder)
    this.#keepAwake(this.#busy.size > 0)
    if (wasBusy && !isBusy(summary)) this.#announce(summary, window)
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

  #announce({ name, state, best }: StudySummary, window: BrowserWindow): void {
    if (state.kind !== 'finished' && state.kind !== 'error') return
    if (!Notification.isSupported() || window.isDestroyed() || window.isFocused()) return
    const accuracy = best?.feasible === true ? `Best accuracy ${best.objective.toFixed(4)}` : 'No feasible trial'
    new Notification({
      title: state.kind === 'finished' ? `${name} is finished` : `${name} ended with an error`,
      body: state.kind === 'finished' ? accuracy : state.message,
    }).show()
  }
}
