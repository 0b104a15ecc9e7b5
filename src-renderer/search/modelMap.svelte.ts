import type { WireError } from '../../src-core/contracts/window.ts'
import type { ModelMap, ModelMapSettings } from '../../src-core/diagnostics/studyModels.ts'
import { call } from '../bridge/bridge.ts'
import { Latest } from './latest.ts'

/** The latest maps by what was asked for: a view that one comes back to shows its map at once, and then a newer one. */
const kept = new Latest<ModelMap>(16)

/** A map that follows what is asked for: one request at a time, the last wish wins. */
export class MapRequest {
  map = $state.raw<ModelMap | null>(null)
  error = $state.raw<WireError | null>(null)
  busy = $state(false)
  #wish: { readonly id: string; readonly settings: ModelMapSettings } | null = null

  ask(id: string, settings: ModelMapSettings): void {
    this.#wish = { id, settings }
    this.map ??= kept.get(JSON.stringify(this.#wish)) ?? null
    if (!this.busy) void this.#run()
  }

  async #run(): Promise<void> {
    this.busy = true
    while (this.#wish !== null) {
      const wish = this.#wish
      this.#wish = null
      const answer = await call('mapModels', wish)
      if (this.#wish !== null) continue
      if (answer.ok) {
        this.map = answer.value
        kept.put(JSON.stringify(wish), answer.value)
        this.error = null
      } else this.error = answer.error
    }
    this.busy = false
  }
}
