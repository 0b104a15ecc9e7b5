import type { Trial } from '../../src-core/trial/trial.ts'
import type { Connection } from './sqlite.ts'
import { decodeTrial } from './trialRecords.ts'

interface Keyed {
  readonly trial: number
}

/** Reads trials out of the tables, decoded. */
export class TrialReader {
  private readonly connection: Connection

  constructor(connection: Connection) {
    this.connection = connection
  }

  /** All trials by number, without their spike counts, which only a look at one trial needs. */
  all(): Trial[] {
    const grouped = (sql: string): Map<number, Keyed[]> => {
      const groups = new Map<number, Keyed[]>()
      for (const record of this.connection.prepare<[], Keyed>(sql).iterate()) {
        const group = groups.get(record.trial)
        if (group === undefined) groups.set(record.trial, [record])
        else group.push(record)
      }
      return groups
    }
    // One snapshot for all tables, whatever a writer does meanwhile.
    return this.connection.transaction(() => {
      const measurements = grouped('SELECT * FROM measurement')
      const stops = grouped('SELECT * FROM silence_stop')
      const constraints = grouped('SELECT * FROM constraint_value ORDER BY trial, position')
      const metrics = grouped('SELECT * FROM metric')
      const intervals = grouped('SELECT * FROM interval ORDER BY trial, position')
      return this.connection
        .prepare<[], { readonly number: number }>('SELECT * FROM trial ORDER BY number')
        .all()
        .map((trial) =>
          decodeTrial({
            trial,
            measurement: measurements.get(trial.number)?.[0],
            stop: stops.get(trial.number)?.[0],
            constraints: constraints.get(trial.number) ?? [],
            metrics: metrics.get(trial.number) ?? [],
            intervals: intervals.get(trial.number) ?? [],
            spikeCounts: [],
          }),
        )
    })()
  }

  /** One trial with everything that was measured; null when there is no such trial. */
  one(number: number): Trial | null {
    const rows = (sql: string): unknown[] => this.connection.prepare(sql).all(number)
    return this.connection.transaction(() => {
      const [trial] = rows('SELECT * FROM trial WHERE number = ?')
      if (trial === undefined) return null
      return decodeTrial({
        trial,
        measurement: rows('SELECT * FROM measurement WHERE trial = ?')[0],
        stop: rows('SELECT * FROM silence_stop WHERE trial = ?')[0],
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
