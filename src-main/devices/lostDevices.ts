/** Devices whose workers died too often since the application was started, and why. */
export class LostDevices {
  readonly #reasons = new Map<string, string>()
  readonly #listeners = new Set<(device: string, reason: string) => void>()

  /** Why a device is lost; null: it is not. */
  reasonOf(device: string): string | null {
    return this.#reasons.get(device) ?? null
  }

  /** It is tried again. */
  forget(device: string): void {
    this.#reasons.delete(device)
  }

  mark(device: string, reason: string): void {
    this.#reasons.set(device, reason)
    for (const listener of this.#listeners) listener(device, reason)
  }

  subscribe(listener: (device: string, reason: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
