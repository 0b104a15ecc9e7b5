import { z } from 'zod'
import { type FinishedTrial, isFinished, type Trial } from '../../src-core/trial/trial.ts'
import { schemaVersion } from './migrations/migrate.ts'
import {
  durationColumn,
  networkHashColumn,
  networkProblemTable,
  prunedStopTable,
  replicatesTable,
} from './olderForms.ts'
import type { Connection, Statement } from './sqlite.ts'
import { decodedOrNull, noConfusion, type RawTrial, readTrial, trialColumns } from './trialRecords.ts'

const explanationSchema = z.record(z.string(), z.unknown())
type Explanation = Readonly<Record<string, unknown>>

/** The trials to be read: `limit` of those whose `order` is `from` or more, in that order. */
interface Choice {
  readonly order: 'number' | 'told_order'
  readonly from: number
  readonly limit: number
}

/** What is read of them besides: for 100,000 trials neither what was seen at every look nor confusion. */
interface Depth {
  readonly looks: boolean
  readonly counts: boolean
}

const slim: Depth = { looks: false, counts: false }
const whole: Depth = { looks: true, counts: true }

const replicateColumns = `seed, objective, constraints, stop, train_duration_ms AS trainDurationMs,
  test_duration_ms AS testDurationMs, samples_trained AS samplesTrained`

/** Trials read in one go: what SQLite hands over of more would fill the memory, and cost more time to clear than to read. */
const trialsAtOnce = 250

/** Reads trials out of the tables, decoded; one whose records are not in order is an unreadable one (trialRecords.ts). */
export class TrialReader {
  readonly #connection: Connection

  readonly #statements = new Map<string, Statement>()

  /** Lists of columns by the form of the database, which another application may bring up to date, and by depth. */
  readonly #columns = new Map<string, string>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Slim trials by rising number, a part at a time; whoever wants them all of one moment has a transaction around it. */
  *parts(atOnce = trialsAtOnce): Generator<Trial[], void> {
    for (let from = 0; ;) {
      const trials = this.#read({ order: 'number', from, limit: atOnce }, slim)
      yield trials
      const last = trials.at(-1)
      if (last === undefined || trials.length < atOnce) return
      from = last.number + 1
    }
  }

  /** All trials by number, slim. */
  all(): Trial[] {
    // One snapshot for all parts, whatever a writer does meanwhile.
    return this.#connection.transaction(() => [...this.parts()].flat())()
  }

  /**
   * Finished trials in the order in which they were told, `limit` of them from `toldOrder` on; without what was seen at
   * every look, and without confusion.
   * @param counts whether with their spike counts
   */
  finished(toldOrder: number, limit: number, counts: boolean): FinishedTrial[] {
    return this.#read({ order: 'told_order', from: toldOrder, limit }, { ...slim, counts }).filter(isFinished)
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

  /** One trial with everything that was measured; null when there is no such trial. */
  one(number: number): Trial | null {
    return this.#numbered(number, whole)
  }

  /** The same without its records. */
  slim(number: number): Trial | null {
    return this.#numbered(number, slim)
  }

  #numbered(number: number, depth: Depth): Trial | null {
    const [trial] = this.#read({ order: 'number', from: number, limit: 1 }, depth)
    return trial?.number === number ? trial : null
  }

  /** Of one moment, whatever a writer does meanwhile. */
  #read({ order, from, limit }: Choice, { looks, counts }: Depth): Trial[] {
    const chosen = (columns: string): string => `SELECT ${columns} WHERE t.${order} >= ? ORDER BY t.${order} LIMIT ?`
    return this.#connection.transaction(() => {
      const trials = this.#rows<RawTrial['trial'] & { readonly number: number }>(chosen(this.#columnsOf(looks)), [
        from,
        limit,
      ])
      // Those that lie side by side are read as they lie, which is faster than to look each of them up.
      const isRange = order === 'number'
      const among = isRange ? 'BETWEEN ? AND ?' : `IN (${chosen('t.number FROM trial t')})`
      const bounds = [from, isRange ? (trials.at(-1)?.number ?? from) : limit]
      const grouped = <Row>(columns: string, table: string, place: string): Map<number, Row[]> => {
        const sql = `SELECT trial, ${columns} FROM ${table} WHERE trial ${among} ORDER BY trial, ${place}`
        return byTrial(this.#rows(sql, bounds))
      }
      const constraints = grouped<RawTrial['constraints'][number]>('name, value', 'constraint_value', 'position')
      const metrics = grouped<RawTrial['metrics'][number]>('name, value', 'metric', 'name')
      const replicates = grouped(replicateColumns, replicatesTable(this.#connection, 'replicate'), 'position')
      const interval = 'epoch, sample, train_accuracy AS trainAccuracy, non_spiking AS nonSpiking'
      const intervals = looks ? grouped(interval, 'interval', 'position') : null
      const spikeCounts = counts ? grouped('layer, epoch, samples, deflated', 'spike_count', 'epoch, layer') : null
      return trials.map((trial) =>
        readTrial({
          trial,
          constraints: constraints.get(trial.number) ?? [],
          metrics: metrics.get(trial.number) ?? [],
          replicates: replicates.get(trial.number) ?? [],
          intervals: intervals?.get(trial.number) ?? [],
          spikeCounts: spikeCounts?.get(trial.number) ?? [],
        }),
      )
    })()
  }

  /** The one list of columns, and the tables that they are of, as the form of the database has them. */
  #columnsOf(looks: boolean): string {
    const key = `${schemaVersion(this.#connection)} ${looks}`
    const known = this.#columns.get(key)
    if (known !== undefined) return known
    const columns = {
      ...trialColumns,
      durationMs: durationColumn(this.#connection),
      networkSha256: looks ? networkHashColumn(this.#connection) : 'NULL',
      ...(!looks && { confusion: `'${noConfusion}'` }),
    }
    const list = Object.entries(columns).map(([name, column]) => `${column} AS ${name}`)
    const sql = `${list.join(', ')} FROM trial t LEFT JOIN measurement m ON m.trial = t.number
      LEFT JOIN silence_stop s ON s.trial = t.number
      LEFT JOIN ${prunedStopTable(this.#connection)} p ON p.trial = t.number
      LEFT JOIN ${networkProblemTable(this.#connection)} n ON n.trial = t.number
      LEFT JOIN ${replicatesTable(this.#connection, 'race')} r ON r.trial = t.number
      LEFT JOIN ${replicatesTable(this.#connection, 'race_end')} e ON e.trial = t.number`
    this.#columns.set(key, sql)
    return sql
  }

  /** Once each: what SQLite compiles for each of many trials stays in memory until the engine clears up. */
  #rows<Row>(sql: string, values: readonly number[]): Row[] {
    let statement = this.#statements.get(sql)
    if (statement === undefined) this.#statements.set(sql, (statement = this.#connection.prepare<unknown[]>(sql)))
    return statement.all(...values) as Row[]
  }
}

const byTrial = <Row>(rows: readonly (Row & { readonly trial: number })[]): Map<number, Row[]> => {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.trial)
    if (group === undefined) groups.set(row.trial, [row])
    else group.push(row)
  }
  return groups
}
