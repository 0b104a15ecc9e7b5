/** Which learning curves are drawn, and what is seen of running trials. */
import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { IntervalReport } from '../../src-core/trial/measurement.ts'

export type CurveChoice = 'best' | 'latest' | 'all'

/** More than that lie on top of each other. */
export const curvesShown: Readonly<Record<CurveChoice, number>> = { best: 20, latest: 20, all: 300 }

/** Feasible first, then by accuracy. */
const byMerit = (a: TrialRow, b: TrialRow): number =>
  Number((a.violation ?? 0) > 0) - Number((b.violation ?? 0) > 0) || (b.objective ?? 0) - (a.objective ?? 0)

/**
 * Measured trials whose curves are shown, by rising number. What is brushed is what is shown, and a selected trial is
 * always among them.
 */
export const chosenTrials = (
  trials: readonly TrialRow[],
  choice: CurveChoice,
  brush: ReadonlySet<number> | null,
  selected: number | null,
): TrialRow[] => {
  const measured = trials.filter(({ objective }) => objective !== null)
  const brushed = brush === null ? measured : measured.filter(({ number }) => brush.has(number))
  const ordered = choice === 'best' ? [...brushed].sort(byMerit) : [...brushed].reverse()
  const chosen = ordered.slice(0, curvesShown[choice])
  const wanted = measured.find(({ number }) => number === selected)
  if (wanted !== undefined && !chosen.includes(wanted)) chosen.push(wanted)
  return chosen.sort((a, b) => a.number - b.number)
}

interface Seen {
  readonly attempt: number
  readonly looks: readonly IntervalReport[]
}

/** The looks at running trials, gathered from their progress while they run: what is not stored until they end. */
export class RunningLooks {
  readonly #seen = new Map<number, Seen>()

  /** Takes the progress of the trials that run, and forgets those that have ended. */
  take(trials: readonly TrialRow[]): void {
    const ended = new Set(this.#seen.keys())
    for (const { number, state, attempt, progress } of trials) {
      if (state !== 'running') continue
      ended.delete(number)
      const look = progress?.lastInterval ?? null
      const before = this.#seen.get(number)
      const looks = before?.attempt === attempt ? before.looks : []
      const last = looks.at(-1)
      const fresh = look !== null && (last?.epoch !== look.epoch || last.sample !== look.sample)
      this.#seen.set(number, { attempt, looks: fresh ? [...looks, look] : looks })
    }
    for (const number of ended) this.#seen.delete(number)
  }

  /** The curve of a running trial as far as it was seen; null: nothing was. */
  curve(number: number): LearningCurve | null {
    const looks = this.#seen.get(number)?.looks ?? []
    const [first] = looks
    if (first === undefined) return null
    return {
      number,
      epoch: Uint16Array.from(looks, ({ epoch }) => epoch),
      sample: Uint32Array.from(looks, ({ sample }) => sample),
      trainAccuracy: Float32Array.from(looks, ({ trainAccuracy }) => trainAccuracy ?? NaN),
      nonSpiking: first.nonSpiking.map((_, layer) =>
        Uint32Array.from(looks, ({ nonSpiking }) => nonSpiking[layer] ?? 0),
      ),
    }
  }
}
