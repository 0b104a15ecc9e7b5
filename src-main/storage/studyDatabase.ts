/** The file of a study's database: how it is made, and what is looked at before it is used. */
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { fillStudy, type PastTrials } from './fillStudy.ts'
import { SCHEMA_VERSION, checkVersion, migrate, schemaVersion } from './migrations/migrate.ts'
import { Seals, firstSealed, hasSeals } from './seals.ts'
import { type Connection, explained, openConnection } from './sqlite.ts'

export interface NewStudy {
  readonly name: string
  readonly definition: string
  /** The definition as it was given, comments and all. */
  readonly source: string
  readonly applicationVersion: string
  /** Trials that it begins with, and ends with; none of an ordinary study. */
  readonly past?: PastTrials | undefined
}

/** Makes the database of a new study. @throws SpiketuneError */
export const createDatabase = (file: string, study: NewStudy, nowMs: number): void => {
  const connection = openConnection(file)
  try {
    explained(file, () => {
      connection.pragma('journal_mode = WAL')
      migrate(connection)
      connection
        .prepare(
          `INSERT INTO study (id, name, definition, source, application_version, created_at_ms, updated_at_ms, state)
           VALUES (1, ?, ?, ?, ?, ?, ?, 'new')`,
        )
        .run(study.name, study.definition, study.source, study.applicationVersion, nowMs, nowMs)
      const { past } = study
      connection.transaction(() => {
        new Seals(connection).changeStudy(() => {
          if (past !== undefined) fillStudy(connection, past, nowMs)
        })
      })()
    })
  } finally {
    connection.close()
  }
}

/** Looks a database through for damage, and brings it up to date; a large one takes seconds. @throws SpiketuneError */
export const prepareDatabase = (file: string): void => {
  openDatabase(file, false).close()
}

/**
 * Opens the database of a study: one that is written to is looked through for damage, and brought up to date.
 * @param checked it has just been looked through
 * @throws SpiketuneError
 */
export const openDatabase = (file: string, readOnly: boolean, checked = false): Connection => {
  const connection = openConnection(file, { readOnly, mustExist: true, tidy: readOnly })
  try {
    explained(file, () => {
      checkVersion(connection, file)
      if (schemaVersion(connection) === 0) throw corrupt(file, 'it holds no study')
      if (hasSeals(connection) !== schemaVersion(connection) >= firstSealed) {
        throw corrupt(file, 'the version that it names is not that of its tables')
      }
      if (readOnly) return
      const complaint = checked ? 'ok' : connection.pragma('quick_check(1)', { simple: true })
      if (complaint !== 'ok' && !isOfOneRow(String(complaint))) throw corrupt(file, String(complaint))
      connection.pragma('journal_mode = WAL')
      // Durable before shown: every transaction reaches the disk before it returns.
      connection.pragma('synchronous = FULL')
      bringUpToDate(connection)
    })
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * Whether SQLite complains of what a row holds, which refuses that row and no other. It looks through the pages first: after
 * such a complaint there is none of them.
 */
const isOfOneRow = (complaint: string): boolean =>
  /^(NULL|NUMERIC|TEXT|non-[A-Z]+) value in |^CHECK constraint failed in /.test(complaint)

/** With the seal of the study, which covers the layout of the database too; one that was damaged stays so. */
const bringUpToDate = (connection: Connection): void => {
  if (schemaVersion(connection) === SCHEMA_VERSION) return
  connection.transaction(() => {
    const before = hasSeals(connection) ? new Seals(connection).lookAtStudy() : 'unsealed'
    migrate(connection)
    if (before === 'intact') new Seals(connection).sealStudy()
    if (before === 'unsealed') new Seals(connection).changeStudy(() => undefined)
  })()
}

export const corrupt = (file: string, details: string): SpiketuneError =>
  new SpiketuneError(
    'database-corrupt',
    `The database ${file} is damaged. Restore it from a backup, or save what can be read with: sqlite3 ${file} .recover`,
    { details },
  )

/** Copies the database of a study as it is now, whoever writes to it meanwhile. @throws SpiketuneError */
export const copyDatabase = (file: string, copy: string): void => {
  const connection = openConnection(file, { readOnly: true, mustExist: true })
  try {
    explained(file, () => connection.prepare('VACUUM INTO ?').run(copy))
  } finally {
    connection.close()
  }
}
