import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'
import { call, listen } from '../bridge/bridge.ts'
import type { Toasts } from '../state/toasts.svelte.ts'

/** The confirmations of one study, kept up to date while the page is open. */
export class Confirmations {
  /** The latest first; null: not read yet. */
  list = $state.raw<readonly Confirmation[] | null>(null)
  busy = $state(false)
  readonly #folder: string
  readonly #toasts: Toasts

  constructor(folder: string, toasts: Toasts) {
    this.#folder = folder
    this.#toasts = toasts
  }

  /** Begins to listen and reads what is there. Returns what ends it. */
  connect(): () => void {
    const unlisten = listen(
      'confirmationChanged',
      ({ folder, confirmation }) => {
        if (folder === this.#folder) this.#put(confirmation)
      },
      (error) => {
        this.#toasts.showError('Something unexpected came from Spiketune.', error)
      },
    )
    void this.#read()
    return unlisten
  }

  async start(trials: readonly number[], seeds: number): Promise<void> {
    await this.#do(async () => {
      const answer = await call('startConfirmation', { id: this.#folder, trials: [...trials], seeds })
      if (answer.ok) this.#put(answer.value)
      else this.#toasts.showError('The confirmation could not be started.', answer.error)
    })
  }

  async continue(confirmation: number): Promise<void> {
    await this.#do(async () => {
      const answer = await call('continueConfirmation', { id: this.#folder, confirmation })
      if (answer.ok) this.#put(answer.value)
      else this.#toasts.showError('The confirmation could not be continued.', answer.error)
    })
  }

  async stop(): Promise<void> {
    await this.#do(async () => {
      const answer = await call('stopConfirmation', { id: this.#folder })
      if (!answer.ok) this.#toasts.showError('The confirmation could not be stopped.', answer.error)
    })
  }

  async #do(action: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    await action()
    this.busy = false
  }

  async #read(): Promise<void> {
    const answer = await call('listConfirmations', { id: this.#folder })
    // What was told meanwhile is newer.
    const told = this.list ?? []
    const isTold = (id: number): boolean => told.some((confirmation) => confirmation.id === id)
    if (answer.ok) this.list = [...told, ...answer.value.filter(({ id }) => !isTold(id))]
    else {
      this.list ??= []
      this.#toasts.showError('The confirmations could not be read.', answer.error)
    }
  }

  #put(confirmation: Confirmation): void {
    const others = (this.list ?? []).filter(({ id }) => id !== confirmation.id)
    this.list = [confirmation, ...others].sort((a, b) => b.id - a.id)
  }
}
