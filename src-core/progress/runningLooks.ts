/** The looks at running trials, gathered from their progress while they run: what is not stored until they end. */
import type { LearningCurve } from '../contracts/window/curveCalls.ts'
import type { IntervalReport } from '../trial/measurement.ts'
import type { TrialRow } from './readModel.ts'

interface Seen {
  readonly attempt: number
  readonly looks: readonly IntervalReport[]
}

const isBefore = (a: IntervalReport, b: IntervalReport): boolean =>
  a.epoch < b.epoch || (a.epoch === b.epoch && a.sample < b.sample)

export class RunningLooks {
  readonly #seen = new Map<number, Seen>()

  /** Takes the progress of a trial that runs, and forgets one that does not. */
  set({ number, state, attempt, progress }: TrialRow): void {
    if (state !== 'running') {
      this.#seen.delete(number)
      return
    }
    // What is stored of a trial is the curve of its first replicate.
    const isFirst = (progress?.replicate?.number ?? 1) === 1
    const look = isFirst ? (progress?.lastInterval ?? null) : null
    const before = this.#seen.get(number)
    const looks = before?.attempt === attempt ? before.looks : []
    const last = looks.at(-1)
    const fresh = look !== null && (last?.epoch !== look.epoch || last.sample !== look.sample)
    this.#seen.set(number, { attempt, looks: fresh ? [...looks, look] : looks })
  }

  /** Takes the progress of all trials of a study, and forgets those that are not among them. */
  take(trials: readonly TrialRow[]): void {
    const gone = new Set(this.#seen.keys())
    for (const trial of trials) {
      if (trial.state !== 'running') continue
      gone.delete(trial.number)
      this.set(trial)
    }
    for (const number of gone) this.#seen.delete(number)
  }

  /** Puts what was seen elsewhere of a trial that runs before what is seen of it here. */
  recall({ number, epoch, sample, trainAccuracy, nonSpiking }: LearningCurve): void {
    const seen = this.#seen.get(number)
    if (seen === undefined) return
    const [first] = seen.looks
    const before = Array.from(epoch, (_, at): IntervalReport => {
      const accuracy = trainAccuracy[at] ?? NaN
      return {
        epoch: epoch[at] ?? 0,
        sample: sample[at] ?? 0,
        trainAccuracy: Number.isNaN(accuracy) ? null : accuracy,
        nonSpiking: nonSpiking.map((counts) => counts[at] ?? 0),
      }
    }).filter((look) => first === undefined || isBefore(look, first))
    this.#seen.set(number, { ...seen, looks: [...before, ...seen.looks] })
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
