import type { WireError } from '../../src-core/contracts/window.ts'

export interface Toast {
  readonly key: number
  readonly tone: 'good' | 'bad' | 'plain'
  readonly title: string
  readonly text: string
  readonly details: string | null
  /** Something to do about it, such as to take it back. */
  readonly action: ToastAction | null
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

  showError(title: string, { message, details }: WireError): void {
    this.#add({ tone: 'bad', title, text: message, details: details ?? null, action: null })
  }

  showNotice(title: string, text: string): void {
    this.#add({ tone: 'plain', title, text, details: null, action: null })
  }

  showSuccess(title: string, text: string, action: ToastAction | null = null): void {
    const key = this.#add({ tone: 'good', title, text, details: null, action })
    setTimeout(
      () => {
        this.dismiss(key)
      },
      action === null ? goodNewsShownMs : actionShownMs,
    )
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
