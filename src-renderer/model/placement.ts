/**
 * Where trials stand in the scatter of accuracy against one named constraint. x: share of non-spiking training samples
 * (the constraint's value plus beta), y: accuracy; both in [0, 1].
 */
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'

/** What a point looks like. A complete trial that breaks any constraint is drawn hollow. */
export const pointKinds = ['feasible', 'infeasible', 'stopped', 'failed', 'running'] as const
export type PointKind = (typeof pointKinds)[number]

export interface PlacedPoint {
  readonly number: number
  readonly kind: PointKind
  readonly x: number
  readonly y: number
}

export interface Placement {
  readonly points: readonly PlacedPoint[]
  /** Right end of the x axis when nothing is zoomed. */
  readonly xMax: number
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

/** The share that a measured trial reports, or the one that a running or failed trial had reached; null: none yet. */
const shareOf = (trial: TrialRow, constraint: ConstraintInfo, layer: number, trainSamples: number | null) => {
  const measured = trial.constraints.find(({ name }) => name === constraint.name)
  if (measured !== undefined) return measured.value + constraint.beta
  const nonSpiking = trial.progress?.lastInterval?.nonSpiking[layer]
  return nonSpiking === undefined || trainSamples === null ? null : nonSpiking / trainSamples
}

const accuracyOf = ({ state, objective, progress }: TrialRow): number => {
  if (state === 'running') return progress?.lastInterval?.trainAccuracy ?? 0
  return objective ?? 0
}

const niceSteps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/** The next round number at or above `value`, so that the axis does not move with every point. */
export const niceCeiling = (value: number): number => {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = niceSteps.find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10
  return Number((step * power).toPrecision(6))
}

/**
 * Places every trial that has begun. A failed trial counts as accuracy 0 and a large constraint value: it lies on the
 * floor, at the share it had reached, or else at the right end.
 *
 * @param constraints of the study, in the definition's order, which is the order of counts in interval reports
 * @param trainSamples training samples of one epoch
 */
export const placeTrials = (
  trials: readonly TrialRow[],
  constraint: ConstraintInfo,
  constraints: readonly ConstraintInfo[],
  trainSamples: number | null,
): Placement => {
  const layer = constraints.findIndex(({ name }) => name === constraint.name)
  const shares = trials.map((trial) => shareOf(trial, constraint, layer, trainSamples))
  const largest = shares.reduce<number>((max, share) => Math.max(max, share ?? 0), 0)
  const xMax = Math.min(1, niceCeiling(Math.max(largest * 1.05, constraint.beta * 2, 0.01)))
  const points = trials.flatMap((trial, index): PlacedPoint[] => {
    const kind = kindOf(trial)
    if (kind === null) return []
    const missing = kind === 'failed' ? xMax : 0
    return [{ number: trial.number, kind, x: shares[index] ?? missing, y: kind === 'failed' ? 0 : accuracyOf(trial) }]
  })
  return { points, xMax }
}

/** How many trials that have begun are of each kind. */
export const countKinds = (trials: readonly TrialRow[]): Record<PointKind, number> => {
  const counts: Record<PointKind, number> = { feasible: 0, infeasible: 0, stopped: 0, failed: 0, running: 0 }
  for (const trial of trials) {
    const kind = kindOf(trial)
    if (kind !== null) counts[kind] += 1
  }
  return counts
}
