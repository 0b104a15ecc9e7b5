/** What is said of the replicates of a trial, the same in the terminal and in the window. */
import type { TrialProgress } from '../contracts/worker.ts'
import { byObjective } from '../stopping/racing.ts'
import type { ShownMetric } from '../study/studyWords.ts'
import { constraintTitle } from './constraintTitle.ts'
import { isMinimised, metricName, objectiveNumber } from './objectiveText.ts'
import type { ShownReplicates, TrialRow } from './readModel.ts'

/** Which training of a trial is under way. */
export const replicateText = ({ number, of }: NonNullable<TrialProgress['replicate']>): string =>
  `replicate ${number} of ${of}`

/** How many trainings a mean is of: "10 replicates", "3 of 10 replicates". */
export const replicatesWords = ({ trained, raceEnd }: ShownReplicates): string =>
  raceEnd === undefined ? `${trained} replicates` : `${trained} of ${raceEnd.planned} replicates`

/** Why a trial ended before its last replicate, in a sentence with its figures; null: it did not. */
export const raceSentence = (replicates: ShownReplicates | undefined, metric: ShownMetric): string | null => {
  const end = replicates?.raceEnd
  if (replicates === undefined || end === undefined) return null
  const ended = `It ended after ${replicatesWords(replicates)}, as it was hopeless:`
  if (end.by !== byObjective) {
    return `${ended} the mean of the constraint ${constraintTitle(end.by)} is at least ${end.bound.toFixed(4)} (95 %), and 0 is allowed.`
  }
  const [bound, best] = [end.bound, end.limit].map((objective) => objectiveNumber(metric, objective))
  return `${ended} its mean ${metricName(metric)} is ${isMinimised(metric) ? 'at least' : 'at most'} ${bound} (95 %), and the best trial had ${best}.`
}

/** The standard error of a constraint's mean; null: the trial is one training, or was not measured. */
export const constraintError = ({ constraints, replicates }: TrialRow, name: string): number | null => {
  if (replicates === undefined) return null
  const place = constraints.findIndex((constraint) => constraint.name === name)
  return replicates.constraintStandardErrors[place] ?? null
}

/** A mean with its standard error: "0.9531 ± 0.0040"; the mean alone where there is none. */
export const withError = (mean: string, standardError: string | null): string =>
  standardError === null ? mean : `${mean} ± ${standardError}`
