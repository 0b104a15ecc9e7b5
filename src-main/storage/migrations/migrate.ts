import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { Connection } from '../sqlite.ts'
import { sql as studies } from './0001-studies.ts'
import { sql as annotations } from './0002-annotations.ts'
import { sql as confirmations } from './0003-confirmations.ts'
import { sql as origins } from './0004-origins.ts'
import { sql as pruning } from './0005-pruning.ts'
import { sql as devices } from './0006-devices.ts'
import { sql as durations } from './0007-durations.ts'
import { sql as seals } from './0008-seals.ts'
import { sql as networkProblems } from './0009-network-problems.ts'
import { sql as datasets } from './0010-datasets.ts'
import { sql as datasetSeals } from './0011-dataset-seals.ts'
import { sql as replicates } from './0012-replicates.ts'
import { sql as labels } from './0013-labels.ts'

/** Number n of this list brings a database from version n to version n + 1. Entries are never changed, only added. */
const migrations: readonly string[] = [
  studies,
  annotations,
  confirmations,
  origins,
  pruning,
  devices,
  durations,
  seals,
  networkProblems,
  datasets,
  datasetSeals,
  replicates,
  labels,
]

/** The version that this application writes. */
export const SCHEMA_VERSION = migrations.length

export const schemaVersion = (connection: Connection): number =>
  connection.pragma('user_version', { simple: true }) as number

/**
 * Brings a database to the present version, each step in a transaction of its own.
 * @throws SpiketuneError database-newer
 */
export const migrate = (connection: Connection): void => {
  checkVersion(connection)
  for (let version = schemaVersion(connection); version < migrations.length; version++) {
    const sql = migrations[version] ?? ''
    connection.transaction(() => {
      connection.exec(sql)
      connection.pragma(`user_version = ${version + 1}`)
    })()
  }
}

/** @throws SpiketuneError database-newer when a newer application made the database */
export const checkVersion = (connection: Connection, file: string = connection.name): void => {
  const version = schemaVersion(connection)
  if (version <= SCHEMA_VERSION) return
  throw new SpiketuneError(
    'database-newer',
    `The database ${file} was made by a newer Spiketune (version ${version} of its form; this one knows ${SCHEMA_VERSION}). Update Spiketune to open it.`,
  )
}
