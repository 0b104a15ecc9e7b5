/**
 * Writes what a text has come to, one write after the other: whatever changes during one is written by the next. Who
 * changes it goes on at once.
 */
export class LatestText {
  readonly #write: (text: string) => Promise<void>
  #next: (() => string) | null = null
  #written: Promise<void> = Promise.resolve()

  constructor(write: (text: string) => Promise<void>) {
    this.#write = write
  }

  /** @param make the text, asked for when it is written */
  change(make: () => string): void {
    const waits = this.#next !== null
    this.#next = make
    if (waits) return
    this.#written = this.#written
      // Whoever waited for the write before has been told; this one writes the same and more.
      .catch(() => undefined)
      .then(() => {
        const text = this.#next?.() ?? ''
        this.#next = null
        return this.#write(text)
      })
    // Nobody has to wait for it.
    this.#written.catch(() => undefined)
  }

  /** Resolves when all that has changed is written. @throws what the last write failed with */
  written(): Promise<void> {
    return this.#written
  }
}
