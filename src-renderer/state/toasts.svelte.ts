import type { WireError } from '../../src-core/contracts/window.ts'

interface Toast {
  readonly key: number
  /** `waiting`: something is under way. */
  readonly tone: 'good' | 'bad' | 'plain' | 'waiting'
  readonly title: string
  readonly text: string
  readonly details: string | null
  /** What can be done about it, such as to take it back. */
  readonly actions: readonly ToastAction[]
}

export interface ToastAction {
  readonly word: string
  run(): void
}

const shownAtMost = 4
const goodNewsShownMs = 6000
const actionShownMs = 12_000

/** Messages that need no answer. Errors and notices stay until they are dismissed; good news leaves by itself. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([])
  #nextKey = 0

  /** @returns its key */
  showError(title: string, { message, details }: WireError): number {
    return this.#add({ tone: 'bad', title, text: message, details: details ?? null, actions: [] })
  }

  showNotice(title: string, text: string): void {
    this.#add({ tone: 'plain', title, text, details: null, actions: [] })
  }

  showSuccess(title: string, text: string, ...actions: readonly ToastAction[]): void {
    const key = this.#add({ tone: 'good', title, text, details: null, actions })
    setTimeout(
      () => {
        this.dismiss(key)
      },
      actions.length === 0 ? goodNewsShownMs : actionShownMs,
    )
  }

  /** Says what is under way, until it has ended. */
  async showWhile<Answer>(title: string, text: string, ended: Promise<Answer>): Promise<Answer> {
    const key = this.#add({ tone: 'waiting', title, text, details: null, actions: [] })
    try {
      return await ended
    } finally {
      this.dismiss(key)
    }
  }

  dismiss(key: number): void {
    this.list = this.list.filter((toast) => toast.key !== key)
  }

  #add(toast: Omit<Toast, 'key'>): number {
    const key = this.#nextKey++
    // The same message again takes the place of the one before it.
    const others = this.list.filter(({ title, text }) => title !== toast.title || text !== toast.text)
    this.list = [...others, { key, ...toast }].slice(-shownAtMost)
    return key
  }
}
