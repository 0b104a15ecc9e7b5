import type { ConstraintValue } from '../trial/measurement.ts'
import { noAnnotation, type TrialRow } from './readModel.ts'
import { type Codes, type TrialColumns, trialStates, type UnusualTrial } from './trialColumns.ts'

/** The rows that `packTrials` was given, each a place in the columns. @param columns as `trialColumnsSchema` has them */
export const unpackTrials = (columns: TrialColumns): TrialRow[] => {
  const unusual = new Map(columns.unusual.map((one) => [one.index, one]))
  return Array.from(
    { length: columns.count },
    (_, index) => new PackedTrial(columns, index, unusual.get(index) ?? usual),
  )
}

const usual: Omit<UnusualTrial, 'index'> = {}

/** Numbers are read where they lie: of 100,000 trials that are opened few are ever looked at as a whole. */
class PackedTrial implements TrialRow {
  readonly #columns: TrialColumns
  readonly #index: number
  readonly #unusual: Omit<UnusualTrial, 'index'>
  /** Once asked for; rows never change. */
  #configuration: TrialRow['configuration'] | null = null
  #metrics: TrialRow['metrics'] | null = null
  #constraints: TrialRow['constraints'] | null = null

  constructor(columns: TrialColumns, index: number, unusual: Omit<UnusualTrial, 'index'>) {
    this.#columns = columns
    this.#index = index
    this.#unusual = unusual
  }

  get number(): number {
    return numberAt(this.#columns.number, this.#index)
  }
  get state(): TrialRow['state'] {
    return trialStates[this.#columns.state[this.#index] ?? 0] ?? 'waiting'
  }
  get attempt(): number {
    return numberAt(this.#columns.attempt, this.#index)
  }
  get configuration(): TrialRow['configuration'] {
    return (this.#configuration ??= this.#configured())
  }
  get seed(): number {
    return numberAt(this.#columns.seed, this.#index)
  }
  get initialDesign(): boolean | null {
    const design = this.#columns.initialDesign[this.#index]
    return design === 0 ? null : design === 2
  }
  get worker(): string | null {
    return textAt(this.#columns.worker, this.#index)
  }
  get startedAtMs(): number | null {
    return valueAt(this.#columns.startedAtMs, this.#index)
  }
  get endedAtMs(): number | null {
    return valueAt(this.#columns.endedAtMs, this.#index)
  }
  get durationMs(): number | null {
    return valueAt(this.#columns.durationMs, this.#index)
  }
  get progress(): TrialRow['progress'] {
    return this.#unusual.progress ?? null
  }
  get objective(): number | null {
    return valueAt(this.#columns.objective, this.#index)
  }
  get constraints(): ConstraintValue[] {
    return (this.#constraints ??= this.#columns.constraints.flatMap(({ name, values }): ConstraintValue[] => {
      const value = valueAt(values, this.#index)
      return value === null ? [] : [{ name, value }]
    }))
  }
  get violation(): number | null {
    return valueAt(this.#columns.violation, this.#index)
  }
  get metrics(): TrialRow['metrics'] {
    return (this.#metrics ??= this.#measured())
  }
  get replicates(): TrialRow['replicates'] {
    const { replicates } = this.#columns
    const trained = replicates === null ? null : valueAt(replicates.trained, this.#index)
    if (replicates === null || trained === null) return undefined
    const { raceEnd } = this.#unusual
    return {
      trained,
      objectiveStandardError: numberAt(replicates.objectiveStandardError, this.#index),
      constraintStandardErrors: replicates.constraintStandardErrors.flatMap(
        (values) => valueAt(values, this.#index) ?? [],
      ),
      ...(raceEnd !== undefined && { raceEnd }),
    }
  }
  get stop(): TrialRow['stop'] {
    return this.#unusual.pruned ?? stopAt(this.#columns.stop, this.#index)
  }
  get timeSavedMs(): number {
    return numberAt(this.#columns.timeSavedMs, this.#index)
  }
  get failure(): TrialRow['failure'] {
    return this.#unusual.failure ?? null
  }
  get networkFile(): string | null {
    return this.#unusual.networkFile ?? null
  }
  get resumesAt(): number | undefined {
    return this.#unusual.resumesAt
  }
  get networkProblem(): string | undefined {
    return this.#unusual.networkProblem
  }
  get annotation(): TrialRow['annotation'] {
    return this.#unusual.annotation ?? noAnnotation
  }
  get enqueued(): boolean {
    return this.#unusual.enqueued ?? false
  }
  get copiedFrom(): TrialRow['copiedFrom'] {
    return this.#unusual.copiedFrom ?? null
  }

  #configured(): TrialRow['configuration'] {
    const values: Record<string, number | string> = {}
    for (const { name, numbers, texts } of this.#columns.configuration) {
      const value = (texts === null ? null : textAt(texts, this.#index)) ?? valueAt(numbers, this.#index)
      if (value !== null) values[name] = value
    }
    return values
  }

  #measured(): TrialRow['metrics'] {
    const measured: Record<string, number> = {}
    for (const { name, values } of this.#columns.metrics) {
      const value = valueAt(values, this.#index)
      if (value !== null) measured[name] = value
    }
    return measured
  }
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
