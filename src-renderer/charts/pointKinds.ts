/** What a trial is drawn as, and at which accuracy. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { accuracySoFar } from '../../src-core/progress/soFar.ts'
import type { TrialsByEnd } from '../trials/studyView.ts'

/** What a point looks like. A complete trial that breaks any constraint is drawn hollow. */
export const pointKinds = ['feasible', 'infeasible', 'stopped', 'failed', 'running'] as const
export type PointKind = (typeof pointKinds)[number]

/** What a legend calls them. */
export const kindWords: Readonly<Record<PointKind, string>> = {
  feasible: 'feasible',
  infeasible: 'infeasible',
  stopped: 'stopped early',
  failed: 'failed',
  running: 'running',
}

/** What a trial is drawn as; null: it has not begun. */
export const kindOf = ({ state, violation }: TrialRow): PointKind | null => {
  switch (state) {
    case 'waiting':
      return null
    case 'complete':
      return violation === null || violation > 0 ? 'infeasible' : 'feasible'
    case 'stopped':
    case 'failed':
    case 'running':
      return state
  }
}

/** The accuracy that a trial stands at: a running one at what it has so far, NaN before that; a failed one at 0. */
export const accuracyOf = (trial: TrialRow): number => {
  const { state, objective } = trial
  if (state === 'running') return accuracySoFar(trial) ?? NaN
  return state === 'failed' ? 0 : (objective ?? 0)
}

const niceSteps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/** The next round number at or above `value`, so that the axis does not move with every point. */
export const niceCeiling = (value: number): number => {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = niceSteps.find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10
  return Number((step * power).toPrecision(6))
}

export type KindCounts = Readonly<Record<PointKind, number>>

const noneCounted: KindCounts = { feasible: 0, infeasible: 0, stopped: 0, failed: 0, running: 0 }

/** How many trials that have begun are of each kind, from update to update: of ended ones only rows that have changed are looked at. */
export class KindCounter {
  #rows: readonly TrialRow[] = []
  #counts = noneCounted

  of({ ended, live }: TrialsByEnd): KindCounts {
    const counts = { ...this.#ofEnded(ended) }
    for (const trial of live) {
      const kind = kindOf(trial)
      if (kind !== null) counts[kind] += 1
    }
    return counts
  }

  #ofEnded(trials: readonly TrialRow[]): KindCounts {
    const before = this.#rows
    if (trials === before) return this.#counts
    const counts = { ...this.#counts }
    for (let at = 0; at < Math.max(trials.length, before.length); at++) {
      const [old, trial] = [before[at], trials[at]]
      if (old === trial) continue
      const [gone, come] = [old === undefined ? null : kindOf(old), trial === undefined ? null : kindOf(trial)]
      if (gone !== null) counts[gone] -= 1
      if (come !== null) counts[come] += 1
    }
    this.#rows = trials
    this.#counts = counts
    return counts
  }
}
