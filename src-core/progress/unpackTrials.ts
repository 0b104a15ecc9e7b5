import type { ConstraintValue } from '../trial/measurement.ts'
import { noAnnotation } from './readModel.ts'
import type { TrialRow } from './readModel.ts'
import { trialStates } from './trialColumns.ts'
import type { Codes, TrialColumns } from './trialColumns.ts'

/** The rows that `packTrials` was given. @param columns as `trialColumnsSchema` has them */
export const unpackTrials = (columns: TrialColumns): TrialRow[] => {
  const rows: TrialRow[] = []
  const { configuration, constraints, metrics } = columns
  for (let index = 0; index < columns.count; index++) {
    const values: Record<string, number | string> = {}
    for (const { name, numbers, texts } of configuration) {
      const value = texts === null ? null : textAt(texts, index)
      const number = numbers[index] ?? NaN
      if (value !== null) values[name] = value
      else if (!Number.isNaN(number)) values[name] = number
    }
    const measured: Record<string, number> = {}
    for (const { name, values: column } of metrics) {
      const value = column[index] ?? NaN
      if (!Number.isNaN(value)) measured[name] = value
    }
    const kept: ConstraintValue[] = []
    for (const { name, values: column } of constraints) {
      const value = column[index] ?? NaN
      if (!Number.isNaN(value)) kept.push({ name, value })
    }
    const design = columns.initialDesign[index]
    rows.push({
      number: numberAt(columns.number, index),
      state: trialStates[columns.state[index] ?? 0] ?? 'waiting',
      attempt: numberAt(columns.attempt, index),
      configuration: values,
      seed: numberAt(columns.seed, index),
      initialDesign: design === 0 ? null : design === 2,
      worker: textAt(columns.worker, index),
      startedAtMs: valueAt(columns.startedAtMs, index),
      endedAtMs: valueAt(columns.endedAtMs, index),
      durationMs: valueAt(columns.durationMs, index),
      progress: null,
      objective: valueAt(columns.objective, index),
      constraints: kept,
      violation: valueAt(columns.violation, index),
      metrics: measured,
      stop: stopAt(columns.stop, index),
      timeSavedMs: numberAt(columns.timeSavedMs, index),
      failure: null,
      networkFile: null,
      annotation: noAnnotation,
      enqueued: false,
      copiedFrom: null,
    })
  }
  for (const { index, pruned, ...unusual } of columns.unusual) {
    Object.assign(rows[index] as TrialRow, unusual, pruned === undefined ? {} : { stop: pruned })
  }
  return rows
}

const numberAt = (values: Float64Array, index: number): number => values[index] ?? NaN

const valueAt = (values: Float64Array, index: number): number | null => {
  const value = values[index] ?? NaN
  return Number.isNaN(value) ? null : value
}

const textAt = ({ choices, codes }: Codes, index: number): string | null => {
  const code = codes[index] ?? 0
  return code === 0 ? null : (choices[code - 1] ?? null)
}

const stopAt = (stop: TrialColumns['stop'], index: number): TrialRow['stop'] => {
  const layer = textAt(stop.layer, index)
  if (layer === null) return null
  return {
    kind: 'silence',
    layer,
    epoch: numberAt(stop.epoch, index),
    sample: numberAt(stop.sample, index),
    nonSpiking: numberAt(stop.nonSpiking, index),
    trainSamples: numberAt(stop.trainSamples, index),
    alpha: numberAt(stop.alpha, index),
    beta: numberAt(stop.beta, index),
  }
}
