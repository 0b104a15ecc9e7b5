import { noAnnotation } from './readModel.ts'
import type { Annotation, TrialRow } from './readModel.ts'
import { trialStates } from './trialColumns.ts'
import type { Codes, TrialColumns, UnusualTrial } from './trialColumns.ts'

/** Rows as columns. @param rows by rising number */
export function packTrials(rows: readonly TrialRow[]): TrialColumns {
  const column = (value: (row: TrialRow) => number | null | undefined) => {
    const values = new Float64Array(rows.length)
    for (let index = 0; index < rows.length; index++) values[index] = value(rows[index] as TrialRow) ?? NaN
    return values
  }
  const stateCode = new Map<string, number>(trialStates.map((state, code) => [state, code]))
  return {
    count: rows.length,
    number: column((row) => row.number),
    state: Uint8Array.from(rows, ({ state }) => stateCode.get(state) ?? 0),
    attempt: column((row) => row.attempt),
    seed: column((row) => row.seed),
    initialDesign: Uint8Array.from(rows, ({ initialDesign }) => (initialDesign === null ? 0 : initialDesign ? 2 : 1)),
    worker: codesOf(rows, (row) => row.worker),
    startedAtMs: column((row) => row.startedAtMs),
    endedAtMs: column((row) => row.endedAtMs),
    objective: column((row) => row.objective),
    violation: column((row) => row.violation),
    timeSavedMs: column((row) => row.timeSavedMs),
    configuration: keysOf(rows, ({ configuration }) => configuration).map((name) => {
      const valueOf = ({ configuration }: TrialRow) => configuration[name]
      const hasTexts = rows.some((row) => typeof valueOf(row) === 'string')
      return {
        name,
        numbers: column((row) => numberOrNothing(valueOf(row))),
        texts: hasTexts ? codesOf(rows, (row) => textOrNothing(valueOf(row))) : null,
      }
    }),
    constraints: constraintNames(rows).map((name) => ({
      name,
      values: column(({ constraints }) => constraints.find((constraint) => constraint.name === name)?.value),
    })),
    metrics: keysOf(rows, ({ metrics }) => metrics).map((name) => ({
      name,
      values: column(({ metrics }) => metrics[name]),
    })),
    stop: {
      layer: codesOf(rows, (row) => silenceOf(row)?.layer ?? null),
      epoch: column((row) => silenceOf(row)?.epoch),
      sample: column((row) => silenceOf(row)?.sample),
      nonSpiking: column((row) => silenceOf(row)?.nonSpiking),
      trainSamples: column((row) => silenceOf(row)?.trainSamples),
      alpha: column((row) => silenceOf(row)?.alpha),
      beta: column((row) => silenceOf(row)?.beta),
    },
    unusual: rows.flatMap((row, index) => unusualOf(row, index)),
  }
}

const silenceOf = ({ stop }: TrialRow) => (stop?.kind === 'silence' ? stop : null)

const numberOrNothing = (value: number | string | undefined): number | null =>
  typeof value === 'number' ? value : null
const textOrNothing = (value: number | string | undefined): string | null => (typeof value === 'string' ? value : null)

function codesOf(rows: readonly TrialRow[], text: (row: TrialRow) => string | null): Codes {
  const places = new Map<string, number>()
  const codes = Uint16Array.from(rows, (row) => {
    const value = text(row)
    if (value === null) return 0
    const known = places.get(value)
    if (known !== undefined) return known
    places.set(value, places.size + 1)
    return places.size
  })
  return { choices: [...places.keys()], codes }
}

/** Keys that any row has, in the order in which they come. */
function keysOf(rows: readonly TrialRow[], record: (row: TrialRow) => Readonly<Record<string, unknown>>): string[] {
  const keys = new Set<string>()
  for (const row of rows) for (const key in record(row)) keys.add(key)
  return [...keys]
}

const constraintNames = (rows: readonly TrialRow[]): string[] => [
  ...new Set(rows.flatMap(({ constraints }) => constraints.map(({ name }) => name))),
]

function unusualOf(row: TrialRow, index: number): UnusualTrial[] {
  const { progress, stop, failure, networkFile, annotation, enqueued, copiedFrom } = row
  const unusual = {
    ...(progress === null ? {} : { progress }),
    ...(stop?.kind === 'pruned' ? { pruned: stop } : {}),
    ...(failure === null ? {} : { failure }),
    ...(networkFile === null ? {} : { networkFile }),
    ...(isSilent(annotation) ? {} : { annotation }),
    ...(enqueued ? { enqueued } : {}),
    ...(copiedFrom === null ? {} : { copiedFrom }),
  }
  return Object.keys(unusual).length === 0 ? [] : [{ index, ...unusual }]
}

const isSilent = (annotation: Annotation): boolean =>
  annotation === noAnnotation ||
  (annotation.note === '' && annotation.tags.length === 0 && !annotation.pinned && !annotation.excluded)
