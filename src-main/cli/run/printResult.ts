import type { StudyState } from '../../../src-core/progress/readModel.ts'
import { createSuggestions, type Application, type GlobalOptions } from '../application.ts'
import { toJsonLine } from '../progress/jsonLines.ts'
import { countOf, formatCount, formatDuration, formatObjective } from '../text/format.ts'
import { resultText, labelled } from '../text/resultText.ts'
import { stateReason } from '../text/stateText.ts'
import type { StudyResult } from '../text/studyResult.ts'

const bestInJson = 10

/** Prints what a run came to: for people, in one line, or as JSON. */
export function printResult(
  result: StudyResult,
  exitCode: number,
  { terminal }: Application,
  options: GlobalOptions & { readonly quiet?: boolean },
): void {
  const { summary } = result
  if (options.json) {
    const { silence, reproduction, ranked } = result
    const best = ranked.slice(0, bestInJson)
    terminal.print(toJsonLine({ type: 'result', summary, best, silence: { ...silence }, reproduction, exitCode }))
    return
  }
  if (options.quiet) {
    const { best } = summary
    const accuracy =
      best === null ? 'no trial measured' : `accuracy ${formatObjective(best.objective)} trial ${best.number}`
    const infeasible = best === null || best.feasible ? '' : ' infeasible'
    terminal.print(`${summary.id} ${summary.state.kind} ${accuracy}${infeasible}`)
    return
  }
  const { styles } = terminal
  const suggest = createSuggestions(options)
  terminal.print(['', headline(result), ...resultText(result, { columns: terminal.columns, styles })].join('\n'))
  terminal.print(
    labelled(
      [
        ['Study', summary.folder],
        ['See it', suggest.window(summary)],
        ...(summary.best === null ? [] : [['Export', suggest.command('export', summary.id, '--best')] as const]),
        ...(summary.state.kind === 'finished' ? [] : [['Resume', suggest.command('resume', summary.id)] as const]),
      ],
      styles,
    ),
  )
}

function headline({ summary }: StudyResult): string {
  const { counts, trialBudget, state } = summary
  const finished = counts.complete + counts.stopped + counts.failed
  const trials =
    trialBudget === null ? countOf(finished, 'trial') : `${formatCount(finished)} of ${countOf(trialBudget, 'trial')}`
  const reason = stateReason(state)
  return `${word(state)} ${trials} in ${formatDuration(summary.elapsedMs)}.${reason === '' ? '' : ` ${reason}`}`
}

const word = (state: StudyState): string =>
  state.kind === 'finished' ? 'Finished:' : state.kind === 'error' ? 'Ended by an error:' : 'Interrupted, nothing lost:'
