import { type Annotation, noAnnotation, type TrialRow } from './readModel.ts'
import { constraintError } from './replicatesText.ts'
import { type Codes, type TrialColumns, trialStates, type UnusualTrial } from './trialColumns.ts'

/** Rows as columns. @param rows by rising number */
export const packTrials = (rows: readonly TrialRow[]): TrialColumns => {
  const steps = packingSteps(rows)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Rows of a step. */
const rowsAtOnce = 500

/** The same step by step: 100,000 rows take longer than anybody should wait. */
export const packingSteps = function* (rows: readonly TrialRow[]): Generator<void, TrialColumns> {
  const { numbers, codes, bytes, fill } = columnsOf(rows)
  const stateCode = new Map<string, number>(trialStates.map((state, code) => [state, code]))
  const found = yield* namesIn(rows)
  const unusual: UnusualTrial[] = []
  const columns: TrialColumns = {
    count: rows.length,
    number: numbers((row) => row.number),
    state: bytes(({ state }) => stateCode.get(state) ?? 0),
    attempt: numbers((row) => row.attempt),
    seed: numbers((row) => row.seed),
    initialDesign: bytes(({ initialDesign }) => (initialDesign === null ? 0 : initialDesign ? 2 : 1)),
    worker: codes((row) => row.worker),
    startedAtMs: numbers((row) => row.startedAtMs),
    endedAtMs: numbers((row) => row.endedAtMs),
    durationMs: numbers((row) => row.durationMs),
    objective: numbers((row) => row.objective),
    violation: numbers((row) => row.violation),
    timeSavedMs: numbers((row) => row.timeSavedMs),
    configuration: [...found.configuration].map(([name, hasTexts]) => ({
      name,
      numbers: numbers(({ configuration }) => numberOrNothing(configuration[name])),
      texts: hasTexts ? codes(({ configuration }) => textOrNothing(configuration[name])) : null,
    })),
    constraints: [...found.constraints].map((name) => ({
      name,
      values: numbers(({ constraints }) => constraints.find((constraint) => constraint.name === name)?.value),
    })),
    metrics: [...found.metrics].map((name) => ({ name, values: numbers(({ metrics }) => metrics[name]) })),
    replicates: found.hasReplicates
      ? {
          trained: numbers(({ replicates }) => replicates?.trained),
          objectiveStandardError: numbers(({ replicates }) => replicates?.objectiveStandardError),
          constraintStandardErrors: [...found.constraints].map((name) => numbers((row) => constraintError(row, name))),
        }
      : null,
    stop: {
      layer: codes((row) => silenceOf(row)?.layer ?? null),
      epoch: numbers((row) => silenceOf(row)?.epoch),
      sample: numbers((row) => silenceOf(row)?.sample),
      nonSpiking: numbers((row) => silenceOf(row)?.nonSpiking),
      trainSamples: numbers((row) => silenceOf(row)?.trainSamples),
      alpha: numbers((row) => silenceOf(row)?.alpha),
      beta: numbers((row) => silenceOf(row)?.beta),
    },
    unusual,
  }
  yield* fill(unusual)
  return columns
}

/**
 * Makes columns that `fill` fills all together, row by row: 100,000 rows lie all over the memory, and a walk through them for
 * each column would wait for it that often.
 */
const columnsOf = (rows: readonly TrialRow[]) => {
  const fillers: ((row: TrialRow, index: number) => void)[] = []
  return {
    numbers(value: (row: TrialRow) => number | null | undefined): Float64Array<ArrayBuffer> {
      const values = new Float64Array(rows.length)
      fillers.push((row, index) => (values[index] = value(row) ?? NaN))
      return values
    },
    bytes(value: (row: TrialRow) => number): Uint8Array<ArrayBuffer> {
      const values = new Uint8Array(rows.length)
      fillers.push((row, index) => (values[index] = value(row)))
      return values
    },
    codes(text: (row: TrialRow) => string | null): Codes {
      const choices: string[] = []
      const places = new Map<string | null, number>([[null, 0]])
      const codes = new Uint16Array(rows.length)
      fillers.push((row, index) => {
        const value = text(row)
        let place = places.get(value)
        if (place === undefined && value !== null) {
          place = choices.push(value)
          places.set(value, place)
        }
        codes[index] = place ?? 0
      })
      return { choices, codes }
    },
    *fill(unusual: UnusualTrial[]): Generator<void, void> {
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index] as TrialRow
        for (const filler of fillers) filler(row, index)
        unusual.push(...unusualOf(row, index))
        if (index % rowsAtOnce === rowsAtOnce - 1) yield
      }
    },
  }
}

/** Names that any row has, in the order in which they come; of hyperparameters whether any value is text. */
const namesIn = function* (rows: readonly TrialRow[]) {
  const configuration = new Map<string, boolean>()
  const metrics = new Set<string>()
  const constraints = new Set<string>()
  let hasReplicates = false
  for (const [index, row] of rows.entries()) {
    if (index % rowsAtOnce === rowsAtOnce - 1) yield
    for (const name in row.configuration) {
      const isText = typeof row.configuration[name] === 'string'
      if (isText || !configuration.has(name)) configuration.set(name, isText)
    }
    for (const name in row.metrics) metrics.add(name)
    for (const { name } of row.constraints) constraints.add(name)
    hasReplicates ||= row.replicates !== undefined
  }
  return { configuration, metrics, constraints, hasReplicates }
}

const silenceOf = ({ stop }: TrialRow) => (stop?.kind === 'silence' ? stop : null)

const numberOrNothing = (value: number | string | undefined): number | null =>
  typeof value === 'number' ? value : null
const textOrNothing = (value: number | string | undefined): string | null => (typeof value === 'string' ? value : null)

const unusualOf = (row: TrialRow, index: number): UnusualTrial[] => {
  const { progress, resumesAt, stop, failure, networkFile, networkProblem, annotation } = row
  const { enqueued, copiedFrom, replicates } = row
  const unusual = {
    ...(progress === null ? {} : { progress }),
    ...(resumesAt === undefined ? {} : { resumesAt }),
    ...(stop?.kind === 'pruned' ? { pruned: stop } : {}),
    ...(replicates?.raceEnd === undefined ? {} : { raceEnd: replicates.raceEnd }),
    ...(failure === null ? {} : { failure }),
    ...(networkFile === null ? {} : { networkFile }),
    ...(networkProblem === undefined ? {} : { networkProblem }),
    ...(isSilent(annotation) ? {} : { annotation }),
    ...(enqueued ? { enqueued } : {}),
    ...(copiedFrom === null ? {} : { copiedFrom }),
  }
  return Object.keys(unusual).length === 0 ? [] : [{ index, ...unusual }]
}

const isSilent = (annotation: Annotation): boolean =>
  annotation === noAnnotation ||
  (annotation.note === '' &&
    annotation.tags.length === 0 &&
    !annotation.pinned &&
    !annotation.excluded &&
    annotation.damage === undefined)
