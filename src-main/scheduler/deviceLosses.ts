/** On which devices trials lost their workers, so that the next attempt at one is made elsewhere. */
export class DeviceLosses {
  /** Devices by trial, the last one last. */
  readonly #losses = new Map<number, readonly string[]>()

  lost(trial: number, device: string): void {
    this.#losses.set(trial, [...(this.#losses.get(trial) ?? []).filter((other) => other !== device), device])
  }

  forget(trial: number): void {
    this.#losses.delete(trial)
  }

  /**
   * Whether a trial may be given to a device: rather to one that has not lost it, and never to the one that lost it last
   * while there is another.
   * @param alive devices that have workers, busy or not
   */
  mayRun(trial: number, device: string, alive: ReadonlySet<string>): boolean {
    const lost = this.#losses.get(trial) ?? []
    const last = lost.at(-1)
    if (last === undefined) return true
    const fresh = [...alive].filter((other) => !lost.includes(other))
    if (fresh.length > 0) return fresh.includes(device)
    return device !== last || [...alive].every((other) => other === last)
  }
}
