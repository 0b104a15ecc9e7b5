import Table from 'cli-table3'
import {
  type ExperimentOverview,
  finishedMembers,
  type MemberOverview,
} from '../../../src-core/experiment/experimentOverview.ts'
import { objectiveNumber, objectivePhrase } from '../../../src-core/progress/objectiveText.ts'
import type { Styles, StyleName } from './styledLine.ts'
import { formatCount, formatDuration } from './format.ts'
import { stateStyle, stateText } from './stateText.ts'

/** The experiment in a sentence or two. */
export const experimentLine = ({ name, members, running, timeLeftMs }: ExperimentOverview): string => {
  const left = timeLeftMs === null ? '' : `, about ${formatDuration(timeLeftMs)} left`
  return `Experiment ${name}: ${finishedMembers(members)} of ${studiesText(members.length)} finished${left}${running ? '; it runs now' : ''}.`
}

export const studiesText = (count: number): string => `${formatCount(count)} ${count === 1 ? 'study' : 'studies'}`

/** A study of the experiment: which, where it stands, and what came of it. */
export const memberLine = ({
  variant,
  seed,
  summary,
}: Pick<MemberOverview, 'variant' | 'seed' | 'summary'>): string => {
  const words = `${variant}, seed ${seed}`
  if (summary === null) return words
  const { state, best, metric, elapsedMs } = summary
  const measured =
    best === null
      ? 'nothing measured'
      : `${objectivePhrase(metric, best.objective, best.standardError)} (trial ${best.number}${best.feasible ? '' : ', infeasible'})`
  return `${words}: ${stateText(state)}, ${trialsText(summary)} in ${formatDuration(elapsedMs)}, ${measured}`
}

const trialsText = ({ counts, trialBudget }: NonNullable<MemberOverview['summary']>): string => {
  const finished = formatCount(counts.complete + counts.stopped + counts.failed)
  return trialBudget === null ? `${finished} trials` : `${finished} of ${formatCount(trialBudget)} trials`
}

const stateOf = ({ state, summary }: MemberOverview): readonly [string, StyleName] => {
  if (state === 'waiting') return ['not begun', 'dim']
  if (state === 'gone' || summary === null) return ['gone', 'red']
  return [stateText(summary.state), stateStyle[summary.state.kind]]
}

/** All studies of an experiment, in the order in which they run. */
export const membersTable = (members: readonly MemberOverview[], styles: Styles): string => {
  const table = new Table({
    head: ['variant', 'seed', 'state', 'trials', 'best', 'time', 'study'],
    colAligns: ['left', 'right', 'left', 'right', 'left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  for (const member of members) {
    const { variant, seed, study, summary } = member
    const [state, style] = stateOf(member)
    const best = summary?.best ?? null
    table.push([
      variant,
      seed,
      styles[style](state),
      summary === null ? '-' : trialsText(summary).replace(' trials', ''),
      summary === null || best === null
        ? '-'
        : objectiveNumber(summary.metric, best.objective, best.standardError) + (best.feasible ? '' : ' infeasible'),
      summary === null ? '-' : formatDuration(summary.elapsedMs),
      study ?? '-',
    ])
  }
  return table.toString()
}
