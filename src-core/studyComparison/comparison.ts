/** Several studies side by side: plain data, for a terminal, a file and a window. */
import { z } from 'zod'
import { studySummarySchema } from '../progress/readModel.ts'
import { configurationSchema, parameterSchema } from '../space/parameter.ts'
import type { StudyDefinition } from '../study/definition.ts'
import type { ShownMetric } from '../study/studyWords.ts'
import { readonlySchema } from '../values/deepReadonly.ts'
import {
  comparabilityWarnings,
  definitionDifferences,
  definitionDifferencesSchema,
  searchIdentity,
} from './definitionDifferences.ts'
import { usualTarget } from './groupCurve.ts'
import { studyCurveSchema } from './studyCurve.ts'

export const fewestStudies = 2
export const mostStudies = 30

const comparedStudySchema = readonlySchema(
  z.strictObject({
    summary: studySummarySchema,
    optimiser: z.string(),
    curve: studyCurveSchema,
    /** Share of the finished trials that silence stopped. */
    stoppedShare: z.number().min(0).max(1),
    /** Everything that the network of the best trial got; null: none is measured. */
    optimum: configurationSchema.nullable(),
    space: z.record(z.string(), parameterSchema),
    /** Place of its group. */
    group: z.int().min(0),
  }),
)
export type ComparedStudy = z.infer<typeof comparedStudySchema>

export const studyComparisonSchema = readonlySchema(
  z.strictObject({
    /** In the order in which they were named. */
    studies: z.array(comparedStudySchema),
    /** What could not be read, and why. */
    missing: z.array(z.strictObject({ study: z.string(), message: z.string() })),
    /** Of studies that differ in their seeds alone, or as somebody has put them together. */
    groups: z.array(z.strictObject({ name: z.string() })),
    /** Of all of `studies`, in their order. */
    differences: definitionDifferencesSchema,
    /** Why values cannot be compared, or only with care. */
    warnings: z.array(z.string()),
  }),
)
export type StudyComparison = z.infer<typeof studyComparisonSchema>

/** A study as it was read. */
export interface StudyRecord extends Omit<ComparedStudy, 'group' | 'optimiser' | 'space'> {
  readonly definition: StudyDefinition
}

/** Puts studies side by side. @param namedGroups names of the groups of the studies, in their order; null: they are grouped by their definitions */
export const compareStudies = (
  records: readonly StudyRecord[],
  missing: StudyComparison['missing'],
  namedGroups: readonly (string | null)[] | null = null,
): StudyComparison => {
  const keys = records.map(({ definition }, place) => namedGroups?.[place] ?? searchIdentity(definition))
  const groups = [...new Set(keys)]
  const differences = definitionDifferences(records.map(({ definition }) => definition))
  const metrics = new Set(records.map(({ summary }) => summary.metric))
  return {
    studies: records.map(({ definition, ...record }, place) => ({
      ...record,
      optimiser: definition.optimiser.type,
      space: definition.space,
      group: groups.indexOf(keys[place] ?? ''),
    })),
    missing,
    groups: groups.map((key, group) => ({
      name:
        namedGroups?.includes(key) === true
          ? key
          : groupName(
              records.filter((_, place) => keys[place] === key),
              { records, keys, group },
            ),
    })),
    differences,
    warnings: [
      ...(metrics.size > 1
        ? ['They search for different things: values are compared only among studies of the same objective.']
        : []),
      ...comparabilityWarnings(differences),
    ],
  }
}

interface Among {
  readonly records: readonly StudyRecord[]
  readonly keys: readonly string[]
  readonly group: number
}

/** What sets the group apart, as short as it can be said: a study's own name, the name or the optimiser that all of it share. */
const groupName = (members: readonly StudyRecord[], among: Among): string => {
  const [first] = members
  if (first === undefined) return ''
  if (members.length === 1) return first.summary.id
  const ways: readonly ((record: StudyRecord) => string)[] = [
    ({ definition }) => definition.optimiser.type,
    ({ definition }) => definition.name,
    ({ definition }) => `${definition.name}, ${definition.optimiser.type}`,
  ]
  for (const way of ways) if (setsApart(way, among)) return way(first)
  return `group ${among.group + 1}`
}

/** Whether each group has one such name, which no other has. */
const setsApart = (way: (record: StudyRecord) => string, { records, keys }: Among): boolean => {
  const names = new Map<string, Set<string>>()
  const owners = new Map<string, Set<string>>()
  for (const [place, record] of records.entries()) {
    const [key, name] = [keys[place] ?? '', way(record)]
    names.set(key, (names.get(key) ?? new Set()).add(name))
    owners.set(name, (owners.get(name) ?? new Set()).add(key))
  }
  return [...names.values(), ...owners.values()].every(({ size }) => size === 1)
}

/** What most of the studies search for, which is what values are compared of; the first of them where as many search for another. */
export const commonMetric = (studies: readonly Pick<ComparedStudy, 'summary'>[]): ShownMetric => {
  const counts = new Map<ShownMetric, number>()
  for (const { summary } of studies) counts.set(summary.metric, (counts.get(summary.metric) ?? 0) + 1)
  return [...counts].reduce<readonly [ShownMetric, number]>(
    (most, one) => (one[1] > most[1] ? one : most),
    ['accuracy', 0],
  )[0]
}

/** The studies of a group that search for `metric`. */
export const membersOf = ({ studies }: StudyComparison, group: number, metric: ShownMetric): ComparedStudy[] =>
  studies.filter((study) => study.group === group && study.summary.metric === metric)

/** The target where nobody names one, over the studies that search for `metric`; null: nothing is feasible. */
export const targetOf = (comparison: StudyComparison, metric: ShownMetric): number | null =>
  usualTarget(comparison.groups.map((_, group) => membersOf(comparison, group, metric).map(({ curve }) => curve)))
