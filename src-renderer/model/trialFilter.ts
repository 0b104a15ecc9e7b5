/** Which trials of a study are looked at. One filter holds for every view; pure, so that it can be saved by name. */
import { z } from 'zod'
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { kindOf, pointKinds } from './placement.ts'
import { durationOf, shareOfConstraint } from './trialText.ts'

export const trialFilterSchema = z.strictObject({
  /** Shown kinds of trials; null: all, those that wait too. */
  kinds: z.array(z.enum(pointKinds)).nullable(),
  /** Closed ranges of numbers by field: `objective`, `duration`, a constraint's or a hyperparameter's name. */
  ranges: z.record(z.string(), z.strictObject({ low: z.number(), high: z.number() })),
  /** Allowed categories by hyperparameter. */
  categories: z.record(z.string(), z.array(z.string())),
})
export type TrialFilter = z.infer<typeof trialFilterSchema>

export const noFilter: TrialFilter = { kinds: null, ranges: {}, categories: {} }

/** The number or category that a field has in a trial; null: none. */
export const fieldOf = (
  trial: TrialRow,
  field: string,
  constraints: readonly ConstraintInfo[],
): number | string | null => {
  if (field === 'number') return trial.number
  if (field === 'objective') return trial.objective
  if (field === 'duration') return durationOf(trial)
  const constraint = constraints.find(({ name }) => name === field)
  if (constraint !== undefined) return shareOfConstraint(trial, constraint)
  return trial.configuration[field] ?? trial.metrics[field] ?? null
}

export const isFiltered = ({ kinds, ranges, categories }: TrialFilter): boolean =>
  kinds !== null || Object.keys(ranges).length > 0 || Object.keys(categories).length > 0

const passes = (trial: TrialRow, filter: TrialFilter, constraints: readonly ConstraintInfo[]): boolean => {
  if (filter.kinds !== null) {
    const kind = kindOf(trial)
    if (kind === null || !filter.kinds.includes(kind)) return false
  }
  for (const [field, { low, high }] of Object.entries(filter.ranges)) {
    const value = fieldOf(trial, field, constraints)
    if (typeof value !== 'number' || value < low || value > high) return false
  }
  for (const [field, allowed] of Object.entries(filter.categories)) {
    const value = fieldOf(trial, field, constraints)
    if (typeof value !== 'string' || !allowed.includes(value)) return false
  }
  return true
}

/** The trials that pass; the same array when nothing is filtered. */
export const filterTrials = (
  trials: readonly TrialRow[],
  filter: TrialFilter,
  constraints: readonly ConstraintInfo[],
): readonly TrialRow[] => (isFiltered(filter) ? trials.filter((trial) => passes(trial, filter, constraints)) : trials)
