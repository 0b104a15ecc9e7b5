import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { toJsonLine } from '../progress/jsonLines.ts'
import { countOf, formatCount, formatDuration } from '../text/format.ts'
import { objectivePhrase } from '../../../src-core/progress/objectiveText.ts'
import { resumingText } from '../../../src-core/progress/resumesText.ts'
import { resultText, labelled } from '../text/resultText.ts'
import type { Styles } from '../text/styledLine.ts'
import type { StudyResult } from '../text/studyResult.ts'

const bestInJson = 10

/** Prints what a run came to: for people, in one line, or as JSON. */
export const printResult = (
  result: StudyResult,
  exitCode: number,
  { terminal }: Application,
  options: GlobalOptions & { readonly quiet?: boolean },
): void => {
  const { summary } = result
  if (options.json) {
    const { initialDesign, silence, reproduction, ranked } = result
    const best = ranked.slice(0, bestInJson)
    terminal.print(
      toJsonLine({ type: 'result', summary, best, initialDesign, silence: { ...silence }, reproduction, exitCode }),
    )
    return
  }
  if (options.quiet) {
    const { best } = summary
    const measured =
      best === null
        ? 'no trial measured'
        : `${objectivePhrase(summary.metric, best.objective, best.standardError)} trial ${best.number}`
    const infeasible = best === null || best.feasible ? '' : ' infeasible'
    terminal.print(`${summary.id} ${summary.state.kind} ${measured}${infeasible}`)
    if (summary.state.kind === 'error') terminal.warn(`Error: ${summary.state.message}`)
    return
  }
  const { styles } = terminal
  const suggest = createSuggestions(options)
  const rescuedTo = summary.state.kind === 'error' ? summary.state.rescuedTo : undefined
  // The folder that it had is gone, so that the id leads nowhere.
  const study = rescuedTo === undefined ? summary : { id: rescuedTo, folder: rescuedTo }
  terminal.print(
    ['', headline(result, styles), '', ...resultText(result, { columns: terminal.columns, styles })].join('\n'),
  )
  terminal.print(
    labelled(
      [
        [rescuedTo === undefined ? 'Study' : 'Rescued', study.folder],
        ['See it', suggest.window(study)],
        ...(summary.best === null ? [] : [['Export', suggest.command('export', study.id, '--best')] as const]),
        ...(summary.state.kind === 'finished' ? [] : [['Resume', suggest.command('resume', study.id)] as const]),
      ],
      styles,
    ),
  )
}

/** What became of the run, in a sentence or two. */
const headline = ({ summary, resuming }: StudyResult, styles: Styles): string => {
  const { counts, trialBudget, state } = summary
  const finished = counts.complete + counts.stopped + counts.failed
  const trials =
    trialBudget === null ? countOf(finished, 'trial') : `${formatCount(finished)} of ${countOf(trialBudget, 'trial')}`
  const done = `${trials} in ${formatDuration(summary.elapsedMs)}`
  switch (state.kind) {
    case 'finished':
      return `${styles.green('Finished:')} ${done}${state.reason === 'trial-budget' ? '' : `; ${state.detail}`}.`
    case 'error':
      return `${styles.red('Ended by an error:')} ${done}. ${state.message}`
    default:
      return `${styles.yellow('Interrupted, nothing lost:')} ${[done, ...(resuming.length === 0 ? [] : [resumingText(resuming)])].join('; ')}.`
  }
}
