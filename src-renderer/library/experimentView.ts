/** An experiment as the library shows it: its studies as they are now, as a table of variants and seeds. Pure. */
import type { ComparedStudyName } from '../../src-core/contracts/window/compareCalls.ts'
import type { ShownExperiment } from '../../src-core/contracts/window/experimentCalls.ts'
import {
  finishedMembers,
  type MemberOverview,
  memberOverview,
  timeLeftOf,
} from '../../src-core/experiment/experimentOverview.ts'
import { objectiveNumber } from '../../src-core/progress/objectiveText.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { stateLabel } from '../trials/studyState.ts'

interface ExperimentCell {
  readonly member: MemberOverview
  /** What came of it, or where it stands. */
  readonly text: string
  readonly title: string
}

interface ExperimentView {
  readonly label: ReturnType<typeof stateLabel>
  readonly finished: number
  readonly total: number
  readonly timeLeftMs: number | null
  /** Studies that were deleted or moved away. */
  readonly gone: number
  /** Those that have measured something, by variant. */
  readonly comparable: readonly ComparedStudyName[]
  readonly seeds: readonly number[]
  /** A cell for each seed; null: the variant does not have it. */
  readonly rows: readonly { readonly variant: string; readonly cells: readonly (ExperimentCell | null)[] }[]
}

/** @param summaries of the library as the window has them now, which are newer than what the experiment says */
export const experimentView = (experiment: ShownExperiment, summaries: readonly StudySummary[]): ExperimentView => {
  const live = new Map(summaries.map((summary) => [summary.id, summary]))
  const members = experiment.members.map((member) => {
    const summary = member.study === null || member.summary === null ? undefined : live.get(member.study)
    return summary === undefined ? member : memberOverview(member, member.study, summary)
  })
  const seeds = [...new Set(members.map(({ seed }) => seed))].sort((a, b) => a - b)
  const variants = [...new Set(members.map(({ variant }) => variant))]
  const finished = finishedMembers(members)
  return {
    label: labelOf(experiment, finished),
    finished,
    total: members.length,
    timeLeftMs: timeLeftOf(members),
    gone: members.filter(({ state }) => state === 'gone').length,
    comparable: members.flatMap(({ variant, summary }) =>
      summary === null || summary.best === null ? [] : [{ id: summary.folder, group: variant }],
    ),
    seeds,
    rows: variants.map((variant) => ({
      variant,
      cells: seeds.map((seed) => {
        const member = members.find((one) => one.variant === variant && one.seed === seed)
        return member === undefined ? null : cellOf(member)
      }),
    })),
  }
}

const labelOf = ({ members, running, here }: ShownExperiment, finished: number): ReturnType<typeof stateLabel> => {
  if (running) {
    const label = stateLabel({ kind: 'running' })
    return here ? label : { ...label, word: 'Runs in another application' }
  }
  if (finished === members.length) return stateLabel({ kind: 'finished', reason: 'trial-budget', detail: '' })
  return stateLabel({ kind: members.every(({ study }) => study === null) ? 'new' : 'paused' })
}

const cellOf = (member: MemberOverview): ExperimentCell => {
  const { variant, seed, state, summary, study } = member
  const where = `${variant}, seed ${seed}`
  if (state === 'waiting') return { member, text: 'waits', title: `${where}: its turn has not come` }
  if (summary === null) return { member, text: 'gone', title: `${where}: ${study ?? ''} was deleted, or moved away` }
  const word = stateLabel(summary.state).word
  const { best, metric } = summary
  const measured = best === null ? null : objectiveNumber(metric, best.objective, best.standardError)
  const infeasible = best === null || best.feasible ? '' : ', infeasible'
  return {
    member,
    text: state === 'finished' ? (measured ?? 'nothing measured') : word,
    title: `${where}: ${word.toLowerCase()}${measured === null ? '' : `, best ${measured}${infeasible}`}; opens ${study ?? ''}`,
  }
}
