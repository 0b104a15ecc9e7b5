import { z } from 'zod'
import { isFinished } from '../../src-core/trial/trial.ts'
import type { FinishedTrial, Trial } from '../../src-core/trial/trial.ts'
import { durationColumn, networkProblemTable, prunedStopTable } from './olderForms.ts'
import type { Connection, Statement } from './sqlite.ts'
import { decodedOrNull, readTrial } from './trialRecords.ts'
import type { RawTrial } from './trialRecords.ts'

const explanationSchema = z.record(z.string(), z.unknown())
type Explanation = Readonly<Record<string, unknown>>

interface Keyed {
  readonly trial: number
}

const groupedByTrial = (records: Iterable<Keyed>): Map<number, Keyed[]> => {
  const groups = new Map<number, Keyed[]>()
  for (const record of records) {
    const group = groups.get(record.trial)
    if (group === undefined) groups.set(record.trial, [record])
    else group.push(record)
  }
  return groups
}

/** Reads trials out of the tables, decoded. */
export class TrialReader {
  readonly #connection: Connection

  readonly #statements = new Map<string, Statement>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Once each: what SQLite compiles for each of many trials stays in memory until the engine clears up. */
  #prepared(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) this.#statements.set(sql, (statement = this.#connection.prepare<unknown[]>(sql)))
    return statement
  }

  get #trialSql(): string {
    return `SELECT t.*, ${durationColumn(this.#connection)} AS duration_ms FROM trial t`
  }

  /** All trials by number, without their spike counts, which only a look at one trial needs. */
  all(): Trial[] {
    const grouped = (sql: string): Map<number, Keyed[]> =>
      groupedByTrial(this.#connection.prepare<[], Keyed>(sql).iterate())
    // One snapshot for all tables, whatever a writer does meanwhile.
    return this.#connection.transaction(() => {
      const measurements = grouped('SELECT * FROM measurement')
      const stops = grouped('SELECT * FROM silence_stop')
      const pruned = grouped(`SELECT * FROM ${prunedStopTable(this.#connection)}`)
      const problems = grouped(`SELECT * FROM ${networkProblemTable(this.#connection)}`)
      const constraints = grouped('SELECT * FROM constraint_value ORDER BY trial, position')
      const metrics = grouped('SELECT * FROM metric')
      const intervals = grouped('SELECT * FROM interval ORDER BY trial, position')
      return this.#connection
        .prepare<[], { readonly number: number }>(`${this.#trialSql} ORDER BY number`)
        .all()
        .map((trial) =>
          readTrial({
            trial,
            measurement: measurements.get(trial.number)?.[0],
            stop: stops.get(trial.number)?.[0],
            pruned: pruned.get(trial.number)?.[0],
            networkProblem: problems.get(trial.number)?.[0],
            constraints: constraints.get(trial.number) ?? [],
            metrics: metrics.get(trial.number) ?? [],
            intervals: intervals.get(trial.number) ?? [],
            spikeCounts: [],
          }),
        )
    })()
  }

  /**
   * Finished trials in the order in which they were told, `limit` of them from `toldOrder` on; without what was seen at
   * every look, and without confusion.
   * @param counts whether with their spike counts
   */
  finished(toldOrder: number, limit: number, counts: boolean): FinishedTrial[] {
    const chosen = 'SELECT number FROM trial WHERE told_order >= ? ORDER BY told_order LIMIT ?'
    const grouped = (columns: string, table: string, order = ''): Map<number, Keyed[]> => {
      const sql = `SELECT ${columns} FROM ${table} WHERE trial IN (${chosen}) ${order}`
      return groupedByTrial(this.#connection.prepare<[number, number], Keyed>(sql).iterate(toldOrder, limit))
    }
    return this.#connection.transaction(() => {
      const measurements = grouped("*, '[]' AS confusion", 'measurement')
      const stops = grouped('*', 'silence_stop')
      const pruned = grouped('*', prunedStopTable(this.#connection))
      const problems = grouped('*', networkProblemTable(this.#connection))
      const constraints = grouped('*', 'constraint_value', 'ORDER BY trial, position')
      const spikeCounts = counts
        ? grouped('trial, layer, epoch, samples, deflated', 'spike_count', 'ORDER BY trial, epoch, layer')
        : new Map<number, Keyed[]>()
      return this.#connection
        .prepare<[number, number], { readonly number: number }>(
          `${this.#trialSql} WHERE told_order >= ? ORDER BY told_order LIMIT ?`,
        )
        .all(toldOrder, limit)
        .map((trial) =>
          readTrial({
            trial,
            measurement: measurements.get(trial.number)?.[0],
            stop: stops.get(trial.number)?.[0],
            pruned: pruned.get(trial.number)?.[0],
            networkProblem: problems.get(trial.number)?.[0],
            constraints: constraints.get(trial.number) ?? [],
            metrics: [],
            intervals: [],
            spikeCounts: (spikeCounts.get(trial.number) ?? []).map(({ trial: _, ...record }) => record),
          }),
        )
        .filter(isFinished)
    })()
  }

  /** Why each trial was asked for, by rising number: `limit` of them from `number` on; nothing of those that cannot be read. */
  explanations(number: number, limit: number): { readonly number: number; readonly explanation: Explanation }[] {
    return this.#connection
      .prepare<[number, number], { readonly number: number; readonly explanation: string }>(
        'SELECT number, explanation FROM trial WHERE number >= ? ORDER BY number LIMIT ?',
      )
      .all(number, limit)
      .map(({ number, explanation }) => ({
        number,
        explanation: decodedOrNull(() => explanationSchema.parse(JSON.parse(explanation))) ?? {},
      }))
  }

  /** One trial with everything that was measured; null when there is no such trial. @param read what makes it of its records */
  one(number: number, read: (raw: RawTrial) => Trial = readTrial): Trial | null {
    const rows = (sql: string): unknown[] => this.#prepared(sql).all(number)
    return this.#connection.transaction(() => {
      const [trial] = rows(`${this.#trialSql} WHERE number = ?`)
      if (trial === undefined) return null
      return read({
        trial,
        measurement: rows('SELECT * FROM measurement WHERE trial = ?')[0],
        stop: rows('SELECT * FROM silence_stop WHERE trial = ?')[0],
        pruned: rows(`SELECT * FROM ${prunedStopTable(this.#connection)} WHERE trial = ?`)[0],
        networkProblem: rows(`SELECT * FROM ${networkProblemTable(this.#connection)} WHERE trial = ?`)[0],
        constraints: rows('SELECT * FROM constraint_value WHERE trial = ? ORDER BY position'),
        metrics: rows('SELECT * FROM metric WHERE trial = ?'),
        intervals: rows('SELECT * FROM interval WHERE trial = ? ORDER BY position'),
        spikeCounts: rows(
          'SELECT layer, epoch, samples, deflated FROM spike_count WHERE trial = ? ORDER BY epoch, layer',
        ),
      })
    })()
  }
}
