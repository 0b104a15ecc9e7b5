/** Which learning curves are drawn, and what is seen of running trials. */
import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { trialByNumber } from '../trials/studyView.ts'
import type { IntervalReport } from '../../src-core/trial/measurement.ts'

type CurveChoice = 'best' | 'latest' | 'all'

/** More than that lie on top of each other. */
const curvesShown: Readonly<Record<CurveChoice, number>> = { best: 20, latest: 20, all: 300 }

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
  const most = curvesShown[choice]
  const chosen: TrialRow[] = []
  // From the latest on: all but the best need no look at those before.
  for (let at = trials.length - 1; at >= 0; at--) {
    const trial = trials[at]
    if (trial === undefined || trial.objective === null || !(brush?.has(trial.number) ?? true)) continue
    if (choice !== 'best') {
      chosen.push(trial)
      if (chosen.length === most) break
      continue
    }
    const worst = chosen.at(-1)
    if (chosen.length === most && worst !== undefined && byMerit(trial, worst) >= 0) continue
    const place = chosen.findIndex((other) => byMerit(trial, other) < 0)
    chosen.splice(place < 0 ? chosen.length : place, 0, trial)
    if (chosen.length > most) chosen.pop()
  }
  const wanted = selected === null ? null : trialByNumber(trials, selected)
  if (wanted !== null && wanted.objective !== null && !chosen.includes(wanted)) chosen.push(wanted)
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
      // What is stored of a trial is the curve of its first replicate.
      const isFirst = (progress?.replicate?.number ?? 1) === 1
      const look = isFirst ? (progress?.lastInterval ?? null) : null
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
