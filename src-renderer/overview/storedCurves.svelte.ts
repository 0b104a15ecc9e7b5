import { SvelteMap } from 'svelte/reactivity'
import { curvesAtMost, type LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import { call } from '../bridge/bridge.ts'

/** The stored curves of a study, read when they are first wanted: those of a finished trial do not change. */
export class StoredCurves {
  readonly #folder: string
  /** Null: the trial has none. */
  readonly #curves = new SvelteMap<number, LearningCurve | null>()
  #wanted: readonly number[] = []
  #reading = false
  failure = $state<string | null>(null)

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Null: it has none, or is not read yet. */
  get(number: number): LearningCurve | null {
    return this.#curves.get(number) ?? null
  }

  /** Reads what is not known of `numbers`, one request at a time; what is wanted last counts. */
  async want(numbers: readonly number[]): Promise<void> {
    this.#wanted = numbers
    if (this.#reading) return
    this.#reading = true
    for (let missing = this.#missing(); missing.length > 0; missing = this.#missing()) {
      const answer = await call('learningCurves', { id: this.#folder, numbers: missing })
      this.failure = answer.ok ? null : answer.error.message
      if (!answer.ok) break
      const read = Object.fromEntries(answer.value.map((curve) => [curve.number, curve]))
      for (const number of missing) this.#curves.set(number, read[number] ?? null)
    }
    this.#reading = false
  }

  /** Nothing is wanted any more: a study that is left must not be opened again for what nobody sees. */
  end(): void {
    this.#wanted = []
  }

  #missing(): number[] {
    return this.#wanted.filter((number) => !this.#curves.has(number)).slice(0, curvesAtMost)
  }
}
