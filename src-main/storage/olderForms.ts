/** How to read what older forms of the database do not have, of a study that is only looked at, or attached. */
import type { Connection } from './sqlite.ts'

/** The versions of the form from which on there are pruned trials, durations, hashes of networks, reasons why a network is not on disk, and replicates. */
const prunedSince = 5
const durationsSince = 7
const networkHashesSince = 8
const networkProblemsSince = 9
const replicatesSince = 12

type DatabaseName = 'main' | 'source'

const versionOf = (connection: Connection, database: DatabaseName): number =>
  connection.pragma(`${database}.user_version`, { simple: true }) as number

/**
 * What to read pruned stops from, to be put after FROM or JOIN: the table, or nothing where there is none.
 * @param database `source` for the attached one
 */
export const prunedStopTable = (connection: Connection, database: DatabaseName = 'main'): string => {
  if (versionOf(connection, database) >= prunedSince) return `${database}.pruned_stop`
  const columns = ['trial', 'rule', 'epoch', 'accuracy', 'threshold', 'trials'].map((name) => `NULL AS ${name}`)
  return `(SELECT ${columns.join(', ')} WHERE FALSE)`
}

/** How long the trial of a row `t` took: the column, or what migration 7 would put there. */
export const durationColumn = (connection: Connection, database: DatabaseName = 'main'): string => {
  if (versionOf(connection, database) >= durationsSince) return 't.duration_ms'
  const measured = `t.ended_at_ms >= t.started_at_ms AND t.told_order IS NOT NULL AND t.worker <> ''`
  return `CASE WHEN ${measured} THEN t.ended_at_ms - t.started_at_ms END`
}

/** What to read the SHA-256 of the network of a row `m` of measurements from. */
export const networkHashColumn = (connection: Connection, database: DatabaseName = 'main'): string =>
  versionOf(connection, database) >= networkHashesSince ? 'm.network_sha256' : 'NULL'

/** What to read from why networks are not on disk: the table, or nothing where there is none. */
export const networkProblemTable = (connection: Connection): string =>
  versionOf(connection, 'main') >= networkProblemsSince
    ? 'network_problem'
    : '(SELECT NULL AS trial, NULL AS problem WHERE FALSE)'

/** The columns of replicates, of races and of their ends, by their tables. */
const ofReplicates = {
  replicate: [
    ...['trial', 'position', 'seed', 'objective', 'constraints', 'stop'],
    ...['train_duration_ms', 'test_duration_ms', 'samples_trained'],
  ],
  race: ['trial', 'incumbent'],
  race_end: ['trial', 'planned', 'lost_by', 'bound', 'threshold'],
} as const

/** What to read replicates, races or their ends from, to be put after FROM or JOIN: the table, or nothing where there is none. */
export const replicatesTable = (
  connection: Connection,
  table: keyof typeof ofReplicates,
  database: DatabaseName = 'main',
): string =>
  versionOf(connection, database) >= replicatesSince
    ? `${database}.${table}`
    : `(SELECT ${ofReplicates[table].map((name) => `NULL AS ${name}`).join(', ')} WHERE FALSE)`
