import type { StopReplay } from '../../src-core/contracts/stopReplay.ts'
import type { WireError } from '../../src-core/contracts/window.ts'
import type { TriedRule } from '../../src-core/stopping/replayTable.ts'
import { call } from '../bridge/bridge.ts'

interface Wish {
  readonly id: string
  readonly rule: TriedRule
  readonly sweep: string | null
}

/** A replay that follows the sliders: one request at a time, the last wish wins. */
export class ReplayRequest {
  answer = $state.raw<StopReplay | null>(null)
  error = $state.raw<WireError | null>(null)
  busy = $state(false)
  #wish: Wish | null = null

  ask(wish: Wish): void {
    this.#wish = wish
    if (!this.busy) void this.#run()
  }

  async #run(): Promise<void> {
    this.busy = true
    while (this.#wish !== null) {
      const { id, rule, sweep } = this.#wish
      this.#wish = null
      const answer = await call('replayStopRule', {
        id,
        rule: { interval: rule.interval, layers: rule.layers.map((layer) => ({ ...layer })) },
        sweep,
      })
      if (answer.ok) {
        this.answer = answer.value
        this.error = null
      } else this.error = answer.error
    }
    this.busy = false
  }
}
