import type { Confirmation, ConfirmationRun } from './confirmation.ts'
import { studentQuantile } from './studentT.ts'

const confidence = 0.95

/** What the runs of one trial came to; accuracies on the test images. */
export interface ConfirmedTrial {
  readonly trial: number
  readonly planned: number
  readonly failed: number
  /** In the order of the seeds. */
  readonly accuracies: readonly number[]
  /** null: none is measured. */
  readonly mean: number | null
  /** Sample standard deviation; null below two runs. */
  readonly standardDeviation: number | null
  /** 95 % confidence interval of the mean by Student's t; null below two runs. */
  readonly interval: { readonly low: number; readonly high: number } | null
  /** Share of the measured runs that kept every constraint; null: none is measured. */
  readonly feasibleShare: number | null
}

/** The trials of a confirmation in its order. */
export function summariseConfirmation({ runs }: Pick<Confirmation, 'runs'>): ConfirmedTrial[] {
  const byTrial = new Map<number, ConfirmationRun[]>()
  for (const run of runs) byTrial.set(run.trial, [...(byTrial.get(run.trial) ?? []), run])
  return [...byTrial].map(([trial, ofTrial]) => summariseTrial(trial, ofTrial))
}

function summariseTrial(trial: number, runs: readonly ConfirmationRun[]): ConfirmedTrial {
  const measured = runs.flatMap(({ outcome }) => (outcome?.kind === 'measured' ? [outcome] : []))
  const accuracies = measured.map(({ accuracy }) => accuracy)
  const n = accuracies.length
  const mean = n === 0 ? null : accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / n
  const standardDeviation =
    mean === null || n < 2
      ? null
      : Math.sqrt(accuracies.reduce((sum, accuracy) => sum + (accuracy - mean) ** 2, 0) / (n - 1))
  const half =
    standardDeviation === null ? null : (studentQuantile(confidence, n - 1) * standardDeviation) / Math.sqrt(n)
  const feasible = measured.filter(({ constraints }) => constraints.every(({ value }) => value <= 0)).length
  return {
    trial,
    planned: runs.length,
    failed: runs.filter(({ outcome }) => outcome?.kind === 'failed').length,
    accuracies,
    mean,
    standardDeviation,
    interval: mean === null || half === null ? null : { low: mean - half, high: mean + half },
    feasibleShare: n === 0 ? null : feasible / n,
  }
}

/** The confirmed best: of the trials whose every run ended feasible the one of highest mean, else of all; null: none is measured. */
export function confirmedBest(trials: readonly ConfirmedTrial[]): ConfirmedTrial | null {
  const measured = trials.filter(({ mean }) => mean !== null)
  const sure = measured.filter(({ feasibleShare, failed }) => feasibleShare === 1 && failed === 0)
  return (sure.length > 0 ? sure : measured).reduce<ConfirmedTrial | null>(
    (best, trial) => (best === null || (trial.mean ?? -Infinity) > (best.mean ?? -Infinity) ? trial : best),
    null,
  )
}
