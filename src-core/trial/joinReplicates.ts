import { spreadOf } from '../statistics/spread.ts'
import type { Measurement, RaceEnd, SilenceStop, TrialStop } from './measurement.ts'

/** One training of a trial. */
export interface TrainedReplicate {
  readonly seed: number
  readonly stop: SilenceStop | null
  readonly measurement: Measurement
}

/** What the replicates of a trial come to together: what each figure is of them is said with `measurementSchema`. */
export const joinReplicates = (
  first: TrainedReplicate,
  others: readonly TrainedReplicate[],
  end: RaceEnd | null,
): { readonly measurement: Measurement; readonly stop: TrialStop | null } => {
  const all = [first, ...others]
  const meanOf = (pick: (measurement: Measurement) => number): number =>
    spreadOf(all.map(({ measurement }) => pick(measurement)))?.mean ?? NaN
  const sumOf = (pick: (measurement: Measurement) => number): number =>
    all.reduce((sum, { measurement }) => sum + pick(measurement), 0)
  const { metrics, constraints, confusion } = first.measurement
  return {
    measurement: {
      ...first.measurement,
      objective: meanOf(({ objective }) => objective),
      metrics: Object.fromEntries(
        Object.keys(metrics).map((name) => [name, meanOf((measurement) => measurement.metrics[name] ?? NaN)]),
      ),
      constraints: constraints.map(({ name }, place) => ({
        name,
        value: meanOf((measurement) => measurement.constraints[place]?.value ?? NaN),
      })),
      trainDurationMs: sumOf(({ trainDurationMs }) => trainDurationMs),
      testDurationMs: sumOf(({ testDurationMs }) => testDurationMs),
      samplesTrained: sumOf(({ samplesTrained }) => samplesTrained),
      samplesPlanned: sumOf(({ samplesPlanned }) => samplesPlanned),
      confusion: confusion.map((row, label) =>
        row.map((_, answer) => sumOf((measurement) => measurement.confusion[label]?.[answer] ?? 0)),
      ),
      replicates: all.map(({ seed, stop, measurement }) => ({
        seed,
        objective: measurement.objective,
        constraints: measurement.constraints,
        stop,
        trainDurationMs: measurement.trainDurationMs,
        testDurationMs: measurement.testDurationMs,
        samplesTrained: measurement.samplesTrained,
      })),
      ...(end !== null && { raceEnd: end }),
    },
    stop: all.every(({ stop }) => stop !== null) ? first.stop : null,
  }
}
