import { epochAccuracies, type EpochCurve, judge, type PruningRule } from '../../src-core/stopping/pruning.ts'
import type { Outcome, PrunedStop } from '../../src-core/trial/measurement.ts'

/** A stored trial's learning, by epochs. */
export interface StoredCurve extends EpochCurve {
  readonly trial: number
}

const curveOf = (outcome: Exclude<Outcome, { kind: 'failed' }>): EpochCurve => {
  const complete = outcome.kind === 'complete'
  // Pruned trials end with an epoch, silent ones within.
  const whole = complete || outcome.stop.kind === 'pruned'
  return { accuracies: epochAccuracies(outcome.measurement.intervals, whole), complete }
}

/**
 * Judges the trials of a study by their learning curves. What it says depends on the curves stored before and on what it
 * has been told since, in that order.
 */
export class Pruner {
  readonly #rule: PruningRule
  readonly #stored: () => readonly StoredCurve[]
  #curves: Map<number, EpochCurve> | null = null

  /** @param stored curves of the finished trials; read when they are first needed */
  constructor(rule: PruningRule, stored: () => readonly StoredCurve[]) {
    this.#rule = rule
    this.#stored = stored
  }

  /** Whether trials are to be judged at all. */
  get isActive(): boolean {
    return this.#rule.rule !== 'none'
  }

  /**
   * An epoch of a running trial has ended.
   * @param excluded trials that are left out
   * @returns why it is pruned; null: it goes on
   */
  epochEnded(
    trial: number,
    epoch: number,
    trainAccuracy: number | null,
    excluded: ReadonlySet<number>,
  ): PrunedStop | null {
    if (!this.isActive) return null
    const known = this.#known()
    // A trial that begins anew, in another attempt, has the curve of that attempt.
    const own = [...(known.get(trial)?.accuracies.slice(0, epoch) ?? []), trainAccuracy]
    known.set(trial, { accuracies: own, complete: false })
    const others = [...known].filter(([number]) => number !== trial && !excluded.has(number))
    const pruning = judge(
      this.#rule,
      own,
      others.map(([, curve]) => curve),
    )
    return pruning === null ? null : { kind: 'pruned', epoch, ...pruning }
  }

  /** A trial goes on from a checkpoint, by whose place it had learned so much. */
  resumed(trial: number, accuracies: readonly (number | null)[]): void {
    if (this.isActive) this.#known().set(trial, { accuracies: [...accuracies], complete: false })
  }

  /** What a trial learned is lost. */
  forget(trial: number): void {
    this.#curves?.delete(trial)
  }

  /** A trial has ended. */
  finished(trial: number, outcome: Outcome): void {
    if (!this.isActive) return
    if (outcome.kind === 'failed') this.#known().delete(trial)
    else this.#known().set(trial, curveOf(outcome))
  }

  #known(): Map<number, EpochCurve> {
    return (this.#curves ??= new Map(this.#stored().map(({ trial, ...curve }) => [trial, curve])))
  }
}
