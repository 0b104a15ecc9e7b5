/** What the database of a study holds, and what follows from its columns alone: the source of every number that is told. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import type { OpenStudy } from '../../../src-main/studies/studyService.ts'
import { formatShare } from '../../../src-main/cli/text/format.ts'

const rowSchema = z.object({
  number: z.int(),
  state: z.string(),
  failure_reason: z.string().nullable(),
  duration_ms: z.number().nullable(),
  objective: z.number().nullable(),
  violation: z.number().nullable(),
  train_duration_ms: z.number().nullable(),
  samples_trained: z.int().nullable(),
  samples_planned: z.int().nullable(),
  phase: z.string().nullable(),
  life: z.int().nullable(),
  map_size: z.number(),
  stop: z.string().nullable(),
  seed: z.int(),
  attempt: z.int(),
  worker: z.string().nullable(),
  excitatory: z.number().nullable(),
  confusion: z.string().nullable(),
})
export type Row = z.infer<typeof rowSchema>
const studySchema = z.object({
  elapsed_ms: z.number(),
  created_at_ms: z.number(),
  updated_at_ms: z.number(),
  state_message: z.string().nullable(),
})

const sql = `SELECT *, json_extract(explanation, '$.phase') AS phase, json_extract(explanation, '$.life') AS life,
  json_extract(configuration, '$.mapSize') AS map_size,
  (SELECT value FROM constraint_value WHERE trial = number AND name = 'silence:excitatory') AS excitatory,
  (SELECT json_object('epoch', epoch, 'sample', sample, 'nonSpiking', non_spiking, 'trainSamples', train_samples, 'alpha', alpha,
    'beta', beta) FROM silence_stop s WHERE s.trial = number) AS stop
FROM trial LEFT JOIN measurement ON trial = number ORDER BY number`

/** What is stored; `early`: only what was stopped before its last sample was stopped early. */
const stored = ({ folder }: OpenStudy) => {
  const database = new Database(join(folder, 'study.sqlite'), { readonly: true })
  try {
    const rows = z.array(rowSchema).parse(database.prepare(sql).all())
    return { rows, study: studySchema.parse(database.prepare('SELECT * FROM study').get()) }
  } finally {
    database.close()
  }
}

const stopSchema = z.object({
  epoch: z.int(),
  sample: z.int(),
  nonSpiking: z.int(),
  trainSamples: z.int(),
  alpha: z.int(),
  beta: z.number(),
})
/** Why a stopped trial was stopped. */
export const stopOf = ({ stop }: Row): z.infer<typeof stopSchema> => stopSchema.parse(JSON.parse(stop ?? 'null'))

/** What a trial mistook for what; empty: it was not tested. */
export const confusionOf = ({ confusion }: Row): number[][] =>
  z.array(z.array(z.int())).parse(JSON.parse(confusion ?? '[]'))

export const isEarly = ({ state, samples_trained: trained, samples_planned: planned }: Row): boolean =>
  state === 'stopped' && (trained ?? 0) < (planned ?? 0)
export const isComplete = (row: Row): boolean => row.state === 'complete' || (row.state === 'stopped' && !isEarly(row))
export const isFeasible = ({ violation }: Row): boolean => violation !== null && violation <= 0
export const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((so, row) => so + of(row), 0)
export const savedMs = ({ train_duration_ms: ms, samples_trained: trained, samples_planned: planned }: Row): number =>
  ((ms ?? 0) / (trained ?? 1)) * ((planned ?? 0) - (trained ?? 0))
const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN) + (sorted[Math.floor(sorted.length / 2)] ?? NaN)) / 2
}
const byMerit = (a: Row, b: Row): number =>
  Number(isFeasible(b)) - Number(isFeasible(a)) ||
  (isFeasible(a) ? 0 : (a.violation ?? 0) - (b.violation ?? 0)) ||
  (b.objective ?? 0) - (a.objective ?? 0) ||
  a.number - b.number

export const four = (value: number | null): string => (value ?? NaN).toFixed(4)
export const bestAndMedian = (rows: readonly Row[]): string[] => {
  const objectives = rows.map(({ objective }) => objective ?? NaN)
  return [four(median(objectives)), four(Math.max(...objectives))]
}

export interface Facts extends ReturnType<typeof stored> {
  readonly id: string
  readonly folder: string
  readonly budget: number
  /** Beta of the first layer. */
  readonly beta: number
}

export const finished = ({ rows }: Facts): Row[] =>
  rows.filter(({ state }) => state !== 'waiting' && state !== 'running')
export const early = ({ rows }: Facts): Row[] => rows.filter(isEarly)
export const failed = ({ rows }: Facts): Row[] => rows.filter(({ state }) => state === 'failed')
export const ranked = ({ rows }: Facts): Row[] => rows.filter(({ objective }) => objective !== null).sort(byMerit)
export const state = ({ rows }: Facts, name: string): string => String(rows.filter((row) => row.state === name).length)
export const spent = (rows: readonly Row[]): number => sum(rows, ({ duration_ms: ms }) => ms ?? 0)
/** A restart begins a design of its own, which is no part of the initial one. */
export const design = (facts: Facts): Row[] =>
  finished(facts).filter(({ phase, life }) => phase === 'initial' && (life ?? 0) === 0)
export const later = (facts: Facts): Row[] =>
  finished(facts).filter((row) => row.phase !== null && !design(facts).includes(row))
export const gain = (rows: readonly Row[]): string[] => {
  const [best] = rows.filter(isFeasible).sort(byMerit)
  return best === undefined ? [] : [four(best.objective), String(best.number)]
}
export const shares = (facts: Facts, holds: (row: Row) => boolean): string[] =>
  [design(facts), later(facts)].map((rows) => formatShare(rows.filter(holds).length / rows.length))
export const counted = (facts: Facts): string[] => [
  String(facts.rows.filter(isComplete).length),
  String(early(facts).length),
  String(failed(facts).length),
]

/** What is stored of a study; of the caller's knowledge its budget and beta. */
export const factsOf = (study: OpenStudy, known: Pick<Facts, 'budget' | 'beta'>): Facts => ({
  ...stored(study),
  ...{ id: study.id, folder: study.folder },
  ...known,
})
