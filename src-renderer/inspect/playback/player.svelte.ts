/** Goes through steps as time passes: what it plays says how many there are. */
export class Player {
  /** From 0 to `length`; between two steps while it plays. */
  at = $state(0)
  playing = $state(false)
  /** Steps in a second. */
  speed = $state(10)
  readonly #length: () => number

  /** To be made where a component is: it plays as long as that is there. */
  constructor(length: () => number, speed: number) {
    this.#length = length
    this.speed = speed
    $effect(() => {
      if (!this.playing) return
      let last = performance.now()
      let frame = 0
      const turn = (now: number): void => {
        const next = this.at + ((now - last) / 1000) * this.speed
        last = now
        if (next >= this.length) {
          this.at = this.length
          this.playing = false
          return
        }
        this.at = next
        frame = requestAnimationFrame(turn)
      }
      frame = requestAnimationFrame(turn)
      return () => {
        cancelAnimationFrame(frame)
      }
    })
  }

  get length(): number {
    return this.#length()
  }

  /** The step that is shown. */
  get step(): number {
    return Math.max(0, Math.min(this.length, Math.floor(this.at)))
  }

  /** Plays, from the start where it stands at the end, or stops. */
  toggle(): void {
    if (!this.playing && this.at >= this.length) this.at = 0
    this.playing = !this.playing
  }

  /** Stops, and goes so many whole steps on. */
  go(steps: number): void {
    this.seek(this.step + steps)
  }

  seek(at: number): void {
    this.playing = false
    this.at = Math.max(0, Math.min(this.length, at))
  }
}
