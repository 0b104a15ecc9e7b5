import type { TrialRow } from './readModel.ts'

/**
 * Whether a trial counts against the budget, which is that of the optimiser: what a person asked for comes on top, what was
 * copied cost nothing, and what is left out may be replaced.
 */
export const countsAgainstBudget = ({
  annotation,
  enqueued,
  copiedFrom,
}: Pick<TrialRow, 'annotation' | 'enqueued' | 'copiedFrom'>): boolean =>
  !annotation.excluded && !enqueued && copiedFrom === null
