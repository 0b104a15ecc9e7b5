import { highestOf, isMinimised } from '../progress/objectiveText.ts'
import type { ShownMetric } from '../study/studyWords.ts'
import type { Confirmation, ConfirmationOutcome, ConfirmationRun } from './confirmation.ts'
import { spreadOf } from '../statistics/spread.ts'
import { studentQuantile } from '../statistics/studentT.ts'

const confidence = 0.95
const noSpread = { mean: null, standardDeviation: null, standardError: null }

/** What the runs of one trial came to, on the test samples. */
export interface ConfirmedTrial {
  readonly trial: number
  readonly planned: number
  readonly failed: number
  /** In the order of the seeds. */
  readonly accuracies: readonly number[]
  /** What the study searches for, in the order of the seeds: accuracies, or costs as they are. Mean and interval are of these. */
  readonly values: readonly number[]
  /** null: none is measured. */
  readonly mean: number | null
  /** Sample standard deviation; null below two runs. */
  readonly standardDeviation: number | null
  /**
   * 95 % confidence interval of the mean by Student's t, cut where no value can be: below 0, and of accuracies above 1; null
   * below two runs.
   */
  readonly interval: { readonly low: number; readonly high: number } | null
  /** Share of the measured runs that kept every constraint; null: none is measured. */
  readonly feasibleShare: number | null
}

/** Runs that have ended, however they did. */
export const endedRuns = ({ runs }: Pick<Confirmation, 'runs'>): number =>
  runs.filter(({ outcome }) => outcome !== null).length

/** How far a confirmation has come that is not finished, in a sentence for whoever reads its figures; null: it is finished. */
export const confirmationStanding = (confirmation: Pick<Confirmation, 'state' | 'runs'>): string | null => {
  const trained = `${endedRuns(confirmation)} of ${confirmation.runs.length} networks`
  switch (confirmation.state) {
    case 'finished':
      return null
    case 'running':
      return `A confirmation is running: ${trained} have been trained, and its figures are of these.`
    case 'stopped':
      return `The confirmation was stopped after ${trained}; its figures are of these.`
  }
}

/** For whoever exports a trial meanwhile. */
export const confirmingWords = 'A confirmation is running: which trial is confirmed as the best is not known yet.'

/**
 * The trials of a confirmation in its order.
 * @param metric what the study searches for
 */
export const summariseConfirmation = ({ runs }: Pick<Confirmation, 'runs'>, metric: ShownMetric): ConfirmedTrial[] => {
  const byTrial = new Map<number, ConfirmationRun[]>()
  for (const run of runs) byTrial.set(run.trial, [...(byTrial.get(run.trial) ?? []), run])
  return [...byTrial].map(([trial, ofTrial]) => summariseTrial(trial, ofTrial, metric))
}

/** What a run came to by the study's objective, a cost as it is; null: it did not measure that. */
export const confirmedValue = (
  { accuracy, metrics }: Extract<ConfirmationOutcome, { kind: 'measured' }>,
  metric: ShownMetric,
): number | null => (isMinimised(metric) ? (metrics[metric] ?? null) : accuracy)

const summariseTrial = (trial: number, runs: readonly ConfirmationRun[], metric: ShownMetric): ConfirmedTrial => {
  const measured = runs.flatMap(({ outcome }) => (outcome?.kind === 'measured' ? [outcome] : []))
  const accuracies = measured.map(({ accuracy }) => accuracy)
  const values = measured.flatMap((outcome) => confirmedValue(outcome, metric) ?? [])
  const { mean, standardDeviation, standardError } = spreadOf(values) ?? noSpread
  const half = standardError === null ? null : studentQuantile(confidence, values.length - 1) * standardError
  const feasible = measured.filter(({ constraints }) => constraints.every(({ value }) => value <= 0)).length
  return {
    trial,
    planned: runs.length,
    failed: runs.filter(({ outcome }) => outcome?.kind === 'failed').length,
    accuracies,
    values,
    mean,
    standardDeviation,
    interval: mean === null || half === null ? null : intervalWithin(metric, mean, half),
    feasibleShare: measured.length === 0 ? null : feasible / measured.length,
  }
}

/**
 * What the seeds of a trial differ by: the deviation of the runs of all trials about the means of their own; null: no trial
 * has two runs.
 */
export const seedDeviation = (
  trials: readonly Pick<ConfirmedTrial, 'values' | 'standardDeviation'>[],
): number | null => {
  const known = trials.flatMap(({ values, standardDeviation }) =>
    standardDeviation === null ? [] : [{ freedom: values.length - 1, variance: standardDeviation ** 2 }],
  )
  const freedom = known.reduce((sum, one) => sum + one.freedom, 0)
  return freedom === 0 ? null : Math.sqrt(known.reduce((sum, one) => sum + one.freedom * one.variance, 0) / freedom)
}

const intervalWithin = (metric: ShownMetric, mean: number, half: number): ConfirmedTrial['interval'] => ({
  low: Math.max(0, mean - half),
  high: Math.min(highestOf(metric), mean + half),
})

/** The confirmed best: of the trials whose every run ended feasible the one of best mean, else of all; null: none is measured. */
export const confirmedBest = (trials: readonly ConfirmedTrial[], metric: ShownMetric): ConfirmedTrial | null => {
  const sign = isMinimised(metric) ? -1 : 1
  const measured = trials.filter(({ mean }) => mean !== null)
  const sure = measured.filter(({ feasibleShare, failed }) => feasibleShare === 1 && failed === 0)
  return (sure.length > 0 ? sure : measured).reduce<ConfirmedTrial | null>(
    (best, trial) => (best === null || sign * (trial.mean ?? NaN) > sign * (best.mean ?? NaN) ? trial : best),
    null,
  )
}

/** What lists say of the confirmed best: that of the latest confirmation that finished; null: there is none. @param confirmations the latest first */
export const latestConfirmed = (
  confirmations: readonly Confirmation[],
  metric: ShownMetric,
): { readonly trial: number; readonly mean: number; readonly seeds: number } | null => {
  const latest = confirmations.find(({ state }) => state === 'finished')
  const best = latest === undefined ? null : confirmedBest(summariseConfirmation(latest, metric), metric)
  return best === null || best.mean === null ? null : { trial: best.trial, mean: best.mean, seeds: best.values.length }
}

/** What a confirmation says of the seeds, in a sentence; empty: nothing is measured. */
export const seedWords = (trials: readonly ConfirmedTrial[], number: (value: number) => string): string => {
  const deviation = seedDeviation(trials)
  if (deviation !== null) {
    return `Seeds of the same trial differ by ${number(deviation)} (standard deviation), so a single run is no closer than that.`
  }
  return trials.some(({ mean }) => mean !== null) ? 'One seed of each: how much seeds differ is not known yet.' : ''
}

/** What a best of one seed is worth. */
export const oneSeedWords = 'One seed each: the best of many is optimistic until confirmed with others.'
