import { z } from 'zod'
import { standardErrorsOf } from '../../src-core/trial/standardErrors.ts'
import { isUnreadable } from '../../src-core/trial/trial.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { Connection } from './sqlite.ts'
import { schemaVersion } from './migrations/migrate.ts'
import { firstSealed } from './seals.ts'
import { TrialReader } from './trialReader.ts'

/** What a list of studies says of the trials of one. */
export interface StudySums extends Pick<StudySummary, 'counts' | 'silent' | 'best' | 'timeSavedMs' | 'excluded'> {
  /** Trials that do not count against the budget. */
  readonly uncounted: number
}

const countsSchema = z.object({
  waiting: z.int(),
  running: z.int(),
  complete: z.int(),
  stopped: z.int(),
  failed: z.int(),
})
const bestSchema = z.object({ number: z.int(), objective: z.number(), violation: z.number() })

const countIf = (state: string): string => `COUNT(*) FILTER (WHERE state = '${state}') AS ${state}`
const countsSql = (among: string): string =>
  `SELECT ${Object.keys(countsSchema.shape).map(countIf).join(', ')} FROM trial WHERE ${among}`

/** Best feasible first, then least violation: the order of src-core/progress/best.ts. */
const bestSql = (among: string): string => `
SELECT trial AS number, objective, violation FROM measurement
WHERE typeof(objective) = 'real' AND typeof(violation) = 'real' AND ABS(objective) < 9e999 AND violation < 9e999
  AND ${among}
ORDER BY violation > 0, CASE WHEN violation > 0 THEN violation END, objective DESC, trial LIMIT 1`

/** As src-core/stopping/timeSaved.ts has it. */
const savedSql = (among: string): string => `
SELECT COALESCE(SUM(MAX(0, train_duration_ms) / samples_trained * MAX(0, samples_planned - samples_trained)), 0)
FROM measurement JOIN trial ON trial = number WHERE state = 'stopped' AND samples_trained > 0 AND ${among}`

/** Stored as stopped although they were trained to their end, as src-core/progress/trialRow.ts has it. */
const lateSql = (among: string): string => `
SELECT COUNT(*) FROM measurement JOIN trial ON trial = number
WHERE state = 'stopped' AND samples_trained >= samples_planned AND ${among}`

/** Stopped by silence before their end, as src-core/progress/silenceReport.ts counts them. */
const silentSql = (among: string): string => `
SELECT COUNT(*) FROM silence_stop s JOIN trial ON number = s.trial JOIN measurement m ON m.trial = number
WHERE state = 'stopped' AND samples_trained < samples_planned AND ${among}`

/** Trials that somebody has found damaged, of which nothing can be read any more: they are shown as failed. */
const unreadableTrials = (connection: Connection): number[] => {
  if (schemaVersion(connection) < firstSealed) return []
  const damaged = connection.prepare('SELECT trial FROM annotation WHERE damage IS NOT NULL').pluck().all().map(Number)
  const reader = new TrialReader(connection)
  return damaged.filter((number) => {
    const trial = reader.slim(number)
    return trial !== null && isUnreadable(trial)
  })
}

/** How sure the mean of a trial's replicates is; nothing of a single training. */
const standardErrorOf = (connection: Connection, number: number): { readonly standardError?: number } => {
  const trial = new TrialReader(connection).slim(number)
  const errors = trial !== null && 'measurement' in trial ? standardErrorsOf(trial.measurement) : null
  return errors === null ? {} : { standardError: errors.objective }
}

/** Sums over all trials, without reading one of them into memory: a list of studies costs little, however large they are. */
export const readStudySums = (connection: Connection): StudySums => {
  const annotated = schemaVersion(connection) >= 2
  const excludedTrials = 'SELECT trial FROM annotation WHERE excluded = 1'
  const one = (sql: string): unknown => connection.prepare(sql).pluck().get()
  const notOptimised = `substr(explanation, 1, 10) = '{"askedBy"'`
  const unreadable = unreadableTrials(connection)
  const readable = `number NOT IN (${unreadable.join(', ')})`
  const best = connection.prepare(bestSql(annotated ? `trial NOT IN (${excludedTrials})` : 'TRUE')).get()
  const decoded = best === undefined ? null : bestSchema.parse(best)
  const unasked = annotated ? `${notOptimised} AND number NOT IN (${excludedTrials})` : notOptimised
  const excluded = annotated ? z.int().parse(one('SELECT COUNT(*) FROM annotation WHERE excluded = 1')) : 0
  const counts = countsSchema.parse(connection.prepare(countsSql(readable)).get())
  const late = z.int().parse(one(lateSql(readable)))
  return {
    counts: {
      ...counts,
      complete: counts.complete + late,
      stopped: counts.stopped - late,
      failed: counts.failed + unreadable.length,
    },
    best: decoded && { ...decoded, ...standardErrorOf(connection, decoded.number), feasible: decoded.violation <= 0 },
    silent: z.int().parse(one(silentSql(readable))),
    timeSavedMs: z.number().parse(one(savedSql(readable))),
    excluded,
    uncounted: excluded + z.int().parse(one(`SELECT COUNT(*) FROM trial WHERE ${unasked}`)),
  }
}
