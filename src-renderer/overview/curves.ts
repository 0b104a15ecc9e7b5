/** Which learning curves are drawn. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { trialByNumber } from '../trials/studyView.ts'

type CurveChoice = 'best' | 'latest' | 'all'

/** More than that lie on top of each other. */
const curvesShown: Readonly<Record<CurveChoice, number>> = { best: 20, latest: 20, all: 300 }

/** Feasible first, then by accuracy. */
const byMerit = (a: TrialRow, b: TrialRow): number =>
  Number((a.violation ?? 0) > 0) - Number((b.violation ?? 0) > 0) || (b.objective ?? 0) - (a.objective ?? 0)

/**
 * Measured trials whose curves are shown, by rising number. What is brushed is what is shown, and a selected trial is
 * always among them.
 */
export const chosenTrials = (
  trials: readonly TrialRow[],
  choice: CurveChoice,
  brush: ReadonlySet<number> | null,
  selected: number | null,
): TrialRow[] => {
  const most = curvesShown[choice]
  const chosen: TrialRow[] = []
  // From the latest on: all but the best need no look at those before.
  for (let at = trials.length - 1; at >= 0; at--) {
    const trial = trials[at]
    if (trial === undefined || trial.objective === null || !(brush?.has(trial.number) ?? true)) continue
    if (choice !== 'best') {
      chosen.push(trial)
      if (chosen.length === most) break
      continue
    }
    const worst = chosen.at(-1)
    if (chosen.length === most && worst !== undefined && byMerit(trial, worst) >= 0) continue
    const place = chosen.findIndex((other) => byMerit(trial, other) < 0)
    chosen.splice(place < 0 ? chosen.length : place, 0, trial)
    if (chosen.length > most) chosen.pop()
  }
  const wanted = selected === null ? null : trialByNumber(trials, selected)
  if (wanted !== null && wanted.objective !== null && !chosen.includes(wanted)) chosen.push(wanted)
  return chosen.sort((a, b) => a.number - b.number)
}
