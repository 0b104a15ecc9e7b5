import type { TrialRow } from './readModel.ts'

/** A row with a measured network: complete or stopped, never failed. */
export type MeasuredRow = TrialRow & { readonly objective: number; readonly violation: number }

export const isMeasured = (row: TrialRow): row is MeasuredRow =>
  (row.state === 'complete' || row.state === 'stopped') &&
  row.objective !== null &&
  Number.isFinite(row.objective) &&
  row.violation !== null &&
  Number.isFinite(row.violation)

/** Whether a row can be the best: measured, and not left out by a person. */
export const isCandidate = (row: TrialRow): row is MeasuredRow => isMeasured(row) && !row.annotation.excluded

export const isFeasible = (row: MeasuredRow): boolean => row.violation <= 0

/**
 * Orders measured trials, best first: feasible ones by objective, then infeasible ones by violation and, where that is
 * equal, objective. Equal trials keep the order in which they were asked for, so the order is total.
 */
export const compareTrials = (a: MeasuredRow, b: MeasuredRow): number => {
  if (isFeasible(a) !== isFeasible(b)) return isFeasible(a) ? -1 : 1
  const byViolation = isFeasible(a) ? 0 : a.violation - b.violation
  return byViolation || b.objective - a.objective || a.number - b.number
}

/** The best of the rows; null when none is measured. Infeasible only when no row is feasible. */
export const bestTrial = (rows: Iterable<TrialRow>): MeasuredRow | null => {
  let best: MeasuredRow | null = null
  for (const row of rows) best = betterOf(best, row)
  return best
}

/** The best so far, and another row after it. */
export const betterOf = (best: MeasuredRow | null, row: TrialRow): MeasuredRow | null =>
  isCandidate(row) && (best === null || compareTrials(row, best) < 0) ? row : best

/** The `count` best of the rows, best first. */
export const bestTrials = (rows: Iterable<TrialRow>, count: number): MeasuredRow[] =>
  [...rows].filter(isCandidate).sort(compareTrials).slice(0, count)
