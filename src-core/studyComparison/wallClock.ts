/**
 * From dates to the time that a study had run by then: what its summary calls `elapsedMs`, which leaves out pauses and the sleep of the
 * machine. Only its value of now is stored, so that of a moment before is told by the journal:
 *
 *   elapsed(t) = time between each `running` and the rest after it, up to t, less what the machine slept meanwhile
 */

export interface JournalStep {
  readonly atMs: number
  /** What the study did from then on; `slept`: the machine had slept for `sleptMs` just before. */
  readonly kind: 'running' | 'draining' | 'resting' | 'slept'
  readonly sleptMs: number
  /** The last time before that a trial began or ended: what the application of that time knew of its elapsed time. */
  readonly lastMoveAtMs: number | null
  /** Just before, trials were put back that an application had left running when it was killed. */
  readonly afterDeath: boolean
}

interface Period {
  readonly fromMs: number
  readonly toMs: number
  /** Elapsed at its beginning. */
  readonly before: number
  readonly sleeps: readonly { readonly atMs: number; readonly sleptMs: number }[]
}

/**
 * A function from dates to time elapsed, which never falls and never is more than there is.
 * @param steps of the journal, in its order
 * @param elapsedMs of the study now
 */
export const wallClock = (steps: readonly JournalStep[], elapsedMs: number): ((atMs: number) => number) => {
  const periods = periodsOf(steps)
  return (atMs) => {
    let elapsed = 0
    for (const period of periods) if (atMs >= period.fromMs) elapsed = period.before + lengthOf(period, atMs)
    return Math.min(elapsedMs, Math.max(0, elapsed))
  }
}

const lengthOf = ({ fromMs, toMs, sleeps }: Period, atMs: number): number => {
  const slept = sleeps.reduce((sum, sleep) => (sleep.atMs <= atMs ? sum + sleep.sleptMs : sum), 0)
  return Math.max(0, Math.min(atMs, toMs) - fromMs - slept)
}

const periodsOf = (steps: readonly JournalStep[]): Period[] => {
  const periods: Period[] = []
  let open: { fromMs: number; sleeps: { atMs: number; sleptMs: number }[] } | null = null
  let before = 0
  const close = (toMs: number): void => {
    if (open === null) return
    const period = { ...open, toMs: Math.max(open.fromMs, toMs), before }
    periods.push(period)
    before += lengthOf(period, period.toMs)
    open = null
  }
  let last: JournalStep['kind'] = 'resting'
  for (const { kind, atMs, sleptMs, lastMoveAtMs, afterDeath } of steps) {
    if (kind === 'slept') {
      open?.sleeps.push({ atMs, sleptMs })
      continue
    }
    // Nothing begins twice: its application had been killed, and what it had run since the last change of a trial is forgotten.
    if (kind === 'running' && (last === 'running' || afterDeath)) close(lastMoveAtMs ?? atMs)
    if (kind === 'resting') close(atMs)
    else open ??= { fromMs: atMs, sleeps: [] }
    last = kind
  }
  close(Infinity)
  return periods
}
