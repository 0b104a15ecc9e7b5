/** Which trials of a study are looked at. One filter holds for every view; pure, so that it can be saved by name. */
import { z } from 'zod'
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { kindOf, pointKinds } from '../charts/pointKinds.ts'
import { durationOf, shareOfConstraint } from './trialText.ts'

export const trialFilterSchema = z.strictObject({
  /** Shown kinds of trials; null: all, those that wait too. */
  kinds: z.array(z.enum(pointKinds)).nullable(),
  /** Closed ranges of numbers by field: `objective`, `duration`, a constraint's or a hyperparameter's name. */
  ranges: z.record(z.string(), z.strictObject({ low: z.number(), high: z.number() })),
  /** Allowed categories by hyperparameter. */
  categories: z.record(z.string(), z.array(z.string())),
  /** Trials that were picked one by one, as by a brush; null: all. */
  numbers: z.array(z.int().min(0)).nullable().default(null),
  /** Trials with one of these tags; empty: all. */
  tags: z.array(z.string()).default([]),
  /** Searched in notes and tags, whatever the case; empty: all. */
  text: z.string().default(''),
  pinnedOnly: z.boolean().default(false),
  withoutExcluded: z.boolean().default(false),
})
export type TrialFilter = z.infer<typeof trialFilterSchema>

export const noFilter: TrialFilter = {
  kinds: null,
  ranges: {},
  categories: {},
  numbers: null,
  tags: [],
  text: '',
  pinnedOnly: false,
  withoutExcluded: false,
}

type Value = number | string | null
type Read = (trial: TrialRow) => Value

/** How to read the number or category that a field has in a trial; null: none. */
const readerOf = (field: string, constraints: readonly ConstraintInfo[]): Read => {
  if (field === 'number') return (trial) => trial.number
  if (field === 'objective') return (trial) => trial.objective
  if (field === 'duration') return durationOf
  const constraint = constraints.find(({ name }) => name === field)
  if (constraint !== undefined) return (trial) => shareOfConstraint(trial, constraint)
  return (trial) => trial.configuration[field] ?? trial.metrics[field] ?? null
}

/** The number or category that a field has in a trial; null: none. */
export const fieldOf = (trial: TrialRow, field: string, constraints: readonly ConstraintInfo[]): Value =>
  readerOf(field, constraints)(trial)

/** The restrictions of a filter that a person can take away one by one. */
export type Restriction =
  | { readonly kind: 'kinds' }
  | { readonly kind: 'range'; readonly field: string }
  | { readonly kind: 'categories'; readonly field: string }
  | { readonly kind: 'numbers' | 'tags' | 'text' | 'pinnedOnly' | 'withoutExcluded' }

export const restrictionsOf = (filter: TrialFilter): Restriction[] => {
  const plain = {
    kinds: filter.kinds !== null,
    numbers: filter.numbers !== null,
    tags: filter.tags.length > 0,
    text: filter.text.trim() !== '',
    pinnedOnly: filter.pinnedOnly,
    withoutExcluded: filter.withoutExcluded,
  }
  return [
    ...Object.keys(filter.ranges).map((field) => ({ kind: 'range', field }) as const),
    ...Object.keys(filter.categories).map((field) => ({ kind: 'categories', field }) as const),
    ...(Object.keys(plain) as (keyof typeof plain)[]).filter((kind) => plain[kind]).map((kind) => ({ kind })),
  ]
}

export const isFiltered = (filter: TrialFilter): boolean => restrictionsOf(filter).length > 0

/** Whether two filters let the same through, as far as their texts tell. */
export const sameFilter = (a: TrialFilter, b: TrialFilter): boolean =>
  a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

const sorted = (filter: TrialFilter): unknown =>
  Object.entries(filter)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, value]): unknown => [
      key,
      value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).sort() : value,
    ])

const without = <Entry>(record: Readonly<Record<string, Entry>>, field: string): Record<string, Entry> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== field))

/** The filter with a range of a field set, or taken away by null. */
export const withRange = (filter: TrialFilter, field: string, range: TrialFilter['ranges'][string] | null) => ({
  ...filter,
  ranges: range === null ? without(filter.ranges, field) : { ...filter.ranges, [field]: range },
})

/** The filter with the allowed categories of a field set, or taken away by null. */
export const withCategories = (filter: TrialFilter, field: string, allowed: readonly string[] | null): TrialFilter => ({
  ...filter,
  categories: allowed === null ? without(filter.categories, field) : { ...filter.categories, [field]: [...allowed] },
})

/** The filter with one restriction less. */
export const withoutRestriction = (filter: TrialFilter, restriction: Restriction): TrialFilter => {
  switch (restriction.kind) {
    case 'range':
      return withRange(filter, restriction.field, null)
    case 'categories':
      return withCategories(filter, restriction.field, null)
    default:
      return { ...filter, [restriction.kind]: noFilter[restriction.kind] }
  }
}

type Test = (trial: TrialRow) => boolean

const tests = (filter: TrialFilter, constraints: readonly ConstraintInfo[]): Test[] => {
  const all: Test[] = []
  if (filter.kinds !== null) {
    const kinds = new Set<string | null>(filter.kinds)
    all.push((trial) => kinds.has(kindOf(trial)))
  }
  if (filter.numbers !== null) {
    const numbers = new Set(filter.numbers)
    all.push(({ number }) => numbers.has(number))
  }
  if (filter.tags.length > 0) {
    all.push(({ annotation }) => annotation.tags.some((tag) => filter.tags.includes(tag)))
  }
  const text = filter.text.trim().toLocaleLowerCase('en')
  if (text !== '') {
    all.push(({ annotation: { note, tags } }) =>
      [note, ...tags].some((searched) => searched.toLocaleLowerCase('en').includes(text)),
    )
  }
  if (filter.pinnedOnly) all.push(({ annotation }) => annotation.pinned)
  if (filter.withoutExcluded) all.push(({ annotation }) => !annotation.excluded)
  for (const [field, { low, high }] of Object.entries(filter.ranges)) {
    const read = readerOf(field, constraints)
    all.push((trial) => {
      const value = read(trial)
      return typeof value === 'number' && value >= low && value <= high
    })
  }
  for (const [field, allowed] of Object.entries(filter.categories)) {
    const read = readerOf(field, constraints)
    const categories = new Set<Value>(allowed)
    all.push((trial) => {
      const value = read(trial)
      return typeof value === 'string' && categories.has(value)
    })
  }
  return all
}

/** The trials that pass; the same array when nothing is filtered. */
export const filterTrials = (
  trials: readonly TrialRow[],
  filter: TrialFilter,
  constraints: readonly ConstraintInfo[],
): readonly TrialRow[] => {
  const all = tests(filter, constraints)
  return all.length === 0 ? trials : trials.filter((trial) => all.every((test) => test(trial)))
}
