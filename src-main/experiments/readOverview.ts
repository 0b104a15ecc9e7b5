import {
  type ExperimentOverview,
  type MemberOverview,
  memberOverview,
  timeLeftOf,
} from '../../src-core/experiment/experimentOverview.ts'
import { type Member, membersOf } from '../../src-core/experiment/experimentPlan.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { StoredExperiment } from './experimentFolder.ts'

/** Where an experiment stands, as its studies say. @param summaryOf the summary of a study that is there */
export const readOverview = async (
  stored: StoredExperiment,
  summaryOf: (study: string) => Promise<StudySummary>,
): Promise<ExperimentOverview> => {
  const members = membersOf(stored.plan)
  const studies = stored.studies(members)
  const overviews: MemberOverview[] = []
  for (const [index, member] of members.entries()) {
    overviews.push(await overviewOf(stored, member, studies[index] ?? null, summaryOf))
  }
  return {
    name: stored.name,
    description: stored.plan.description,
    folder: stored.folder,
    createdAtMs: stored.createdAtMs,
    running: stored.isRunning(),
    members: overviews,
    timeLeftMs: timeLeftOf(overviews),
  }
}

const overviewOf = async (
  stored: StoredExperiment,
  member: Member,
  study: string | null,
  summaryOf: (study: string) => Promise<StudySummary>,
): Promise<MemberOverview> =>
  memberOverview(
    { ...member, trials: trialsOf(stored, member) },
    study,
    study !== null && stored.isThere(study) ? await summaryOf(study) : null,
  )

const trialsOf = ({ plan }: StoredExperiment, { variant }: Member): number | null =>
  plan.variants.find(({ name }) => name === variant)?.definition.budget.trials ?? null
