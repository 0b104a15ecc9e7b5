/** Where an experiment stands: its studies with their states, as they are shown together. */
import { z } from 'zod'
import { type StudySummary, studySummarySchema } from '../progress/readModel.ts'
import type { Member } from './experimentPlan.ts'

/** `waiting`: not begun; `gone`: its folder was deleted or moved away; the rest as `StudyState`. */
const memberStateSchema = z.enum([
  'waiting',
  'new',
  'running',
  'draining',
  'paused',
  'interrupted',
  'finished',
  'error',
  'gone',
])

const memberOverviewSchema = z.strictObject({
  variant: z.string(),
  seed: z.int(),
  /** Name of its folder in the library, and its summary; null: there is none. */
  study: z.string().nullable(),
  state: memberStateSchema,
  summary: studySummarySchema.nullable(),
  /** Trials that its definition has a budget of; null: it ends otherwise. */
  trials: z.int().nullable(),
})
export type MemberOverview = z.infer<typeof memberOverviewSchema>

export const experimentOverviewSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  folder: z.string(),
  createdAtMs: z.number(),
  /** Some application runs it now. */
  running: z.boolean(),
  /** In the order in which they run. */
  members: z.array(memberOverviewSchema),
  /** Until all are finished, while it runs or would; null: nothing is known yet, or nothing is left. */
  timeLeftMs: z.number().nullable(),
})
export type ExperimentOverview = z.infer<typeof experimentOverviewSchema>

/** A member by what is known of its study. @param study null: there never was one */
export const memberOverview = (
  { variant, seed, trials }: Member & Pick<MemberOverview, 'trials'>,
  study: string | null,
  summary: StudySummary | null,
): MemberOverview => ({
  variant,
  seed,
  study,
  summary,
  trials,
  state: study === null ? 'waiting' : summary === null ? 'gone' : summary.state.kind,
})

/** What has to be done yet: nothing of what is finished, or of what nobody finds any more. */
const isOpen = ({ state }: MemberOverview): boolean => state !== 'finished' && state !== 'gone'

/** How many of the members are finished. */
export const finishedMembers = (members: readonly MemberOverview[]): number =>
  members.filter(({ state }) => state === 'finished').length

/** Null: no study has come far enough to tell, or none is left. One study runs after the other. */
export const timeLeftOf = (members: readonly MemberOverview[]): number | null => {
  const open = members.filter(isOpen)
  if (open.length === 0) return null
  const left = open.map((member) => leftOf(member, members))
  return left.some((one) => one === null) ? null : left.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}

const leftOf = (member: MemberOverview, members: readonly MemberOverview[]): number | null => {
  const { variant, summary } = member
  if (summary !== null && summary.timeLeftMs !== null) return summary.timeLeftMs
  const past = summary?.elapsedMs ?? 0
  const ofVariant = members.filter((other) => other.variant === variant)
  const whole = timeLike(member, ofVariant) ?? timeLike(member, members)
  return whole === null ? null : Math.max(0, whole - past)
}

/** How long a member takes if its trials are like those of others: these took so long, or will have. Null: nobody knows yet. */
const timeLike = ({ trials }: MemberOverview, others: readonly MemberOverview[]): number | null => {
  const times = others.flatMap((other) => {
    const time = wholeTime(other)
    if (time === null) return []
    return [trials === null || other.trials === null ? time : (time * trials) / other.trials]
  })
  return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length
}

const wholeTime = ({ state, summary }: MemberOverview): number | null => {
  if (summary === null) return null
  if (state === 'finished') return summary.elapsedMs
  return summary.timeLeftMs === null ? null : summary.elapsedMs + summary.timeLeftMs
}
