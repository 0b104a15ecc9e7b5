/** Where training asks, between two of its steps, whether it is to be written down. */
export interface SafePoint {
  /** Whether it is time for that. */
  isDue(): boolean
  /** Whether somebody wants training to end here, to go on later. */
  readonly isPausing: boolean
  /**
   * Writes a checkpoint; training may be saved now, and waits.
   * @throws {Paused} when it is to end here
   */
  reach(): Promise<void>
}
