import { accessSync, constants, existsSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { pathTooLong } from '../files/fileErrors.ts'
import { needsCopy, openCopyAside } from './copyAside.ts'
import { type FileIdentity, identityOf, isStillAt } from './fileIdentity.ts'

export type Connection = Database.Database
export type Statement = Database.Statement<unknown[]>

interface OpenOptions {
  readonly readOnly?: boolean
  readonly mustExist?: boolean
  /** How long to wait for another connection's lock; meanwhile nothing else has its turn (held.ts has the longer patience). */
  readonly patienceMs?: number
  /** false: the file is not read at opening; for a file that another application may hold locked for ever. */
  readonly look?: boolean
  /** A look leaves nothing beside the file where that can be; nothing can be written by it, not even elsewhere. */
  readonly tidy?: boolean
}

/** By connection, the file that it has open, and the one with what was committed last, once that is there. */
const openFiles = new WeakMap<Connection, { readonly database: FileIdentity | null; log: FileIdentity | null }>()

/** SQLite takes 512 bytes for the path of a file and of those that it puts beside it, `-journal` among them. */
export const longestPathBytes = 504

/**
 * Opens an SQLite file; foreign keys are enforced. One that is only read, and lies where nothing may be written, is read from a copy.
 * @throws SpiketuneError database-corrupt, database-locked, disk-full, folder-not-writable, file-not-readable, path-too-long
 */
export const openConnection = (file: string, options: OpenOptions = {}): Connection => {
  const { readOnly = false, mustExist = false, patienceMs = 250, look = true, tidy = false } = options
  if (Buffer.byteLength(file) > longestPathBytes) throw pathTooLong(file)
  const fileMustExist = mustExist || readOnly
  return explained(file, () => {
    try {
      const tidied = readOnly && tidy && canTidyUp(file)
      const connection = new Database(file, { readonly: readOnly && !tidied, fileMustExist, timeout: patienceMs })
      const manner = tidied ? ['query_only = ON'] : []
      return prepared(connection, ['foreign_keys = ON', ...manner, ...(look ? ['schema_version'] : [])])
    } catch (error) {
      if (readOnly && needsCopy(error)) return openCopy(file)
      if (!lacksSpaceForIndex(error)) throw error
      const connection = new Database(file, { fileMustExist, timeout: patienceMs })
      const manner = readOnly ? ['query_only = ON'] : []
      return prepared(connection, ['locking_mode = EXCLUSIVE', 'foreign_keys = ON', 'schema_version', ...manner])
    }
  })
}

/**
 * Whether the last look at a file can take away what SQLite puts beside it for a look: it does so where it may write, and leaves
 * an empty log otherwise, by which the study seems to be in use. Nothing is written by it where the log was empty; one that an
 * application has died with stays as it is until somebody opens the file to write.
 */
const canTidyUp = (file: string): boolean => {
  try {
    for (const path of [file, dirname(file)]) accessSync(path, constants.W_OK)
    return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0 && !existsSync(`${file}-journal`)
  } catch {
    return false
  }
}

/** A copy that nobody else sees stands still, and is never out of its place. */
const openCopy = (file: string): Connection =>
  openCopyAside(file, (copy) => {
    const connection = prepared(new Database(copy, { readonly: true, fileMustExist: true }), ['schema_version'])
    openFiles.delete(connection)
    return connection
  })

/**
 * Everything that `step` writes, in one transaction, where the file is still the one at its path. SQLite itself writes on into
 * a file that was deleted, moved or replaced, and what is written is gone with the last application that has it open.
 * @throws SpiketuneError study-gone; and as `explained`
 */
export const writeInPlace = (connection: Connection, step: () => void): void => {
  checkInPlace(connection)
  explained(connection.name, () => {
    connection.transaction(step).immediate()
  })
}

/** @throws SpiketuneError study-gone */
export const checkInPlace = (connection: Connection): void => {
  if (!isInPlace(connection)) throw gone(connection.name)
}

const isInPlace = (connection: Connection): boolean => {
  const opened = openFiles.get(connection)
  if (opened === undefined) return true
  if (!isStillAt(connection.name, opened.database)) return false
  // SQLite makes this one when it is first needed, and keeps it for as long as the connection lives.
  const log = `${connection.name}-wal`
  if (opened.log === null) opened.log = identityOf(log)
  else if (!isStillAt(log, opened.log)) return false
  return true
}

/** Closes a connection. What lies beside another file that has taken the place of its own is not touched. */
export const closeConnection = (connection: Connection): void => {
  // At its end SQLite removes by name what lay beside the file: of another one that is the last commits.
  const others = isInPlace(connection)
    ? []
    : ['-wal', '-shm'].map((end) => `${connection.name}${end}`).filter(existsSync)
  for (const file of others) renameSync(file, `${file}.kept`)
  try {
    connection.close()
  } finally {
    for (const file of others) renameSync(`${file}.kept`, file)
  }
}

const gone = (file: string): SpiketuneError =>
  new SpiketuneError(
    'study-gone',
    `The folder ${dirname(file)} is no longer that of the study: it was deleted, moved, unmounted or replaced while the study was open.`,
  )

/** `schema_version` is the first real look at the file: a damaged one shows there. */
const prepared = (connection: Connection, pragmas: readonly string[]): Connection => {
  try {
    for (const pragma of pragmas) connection.pragma(pragma)
    openFiles.set(connection, { database: identityOf(connection.name), log: null })
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * The disk is so full that the index which connections share cannot be made. A connection that has the file for itself
 * keeps it in memory: what is stored can be read even then.
 */
const lacksSpaceForIndex = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_IOERR_SHMSIZE'

/** Runs `step`, and turns what SQLite reports of `file` into errors that a person can act on. */
export const explained = <Result>(file: string, step: () => Result): Result => {
  try {
    return step()
  } catch (error) {
    throw explain(file, error)
  }
}

/** The layout of the tables is not the one of their version: the page that describes it is damaged. */
const lacksPart = ({ message }: Error): boolean =>
  /^(no such (table|column)|(table|index) \S+ already exists)/.test(message)

const explain = (file: string, error: unknown): unknown => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  const options = { details: `${error.code}: ${error.message}`, cause: error }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code) || lacksPart(error)) {
    return new SpiketuneError(
      'database-corrupt',
      `The database ${file} is damaged. Restore it from a backup, or save what can be read with: sqlite3 ${file} .recover`,
      options,
    )
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(error.code)) {
    return new SpiketuneError(
      'database-locked',
      `Another program holds the database ${file}. Close it, then try again.`,
      options,
    )
  }
  if (/^SQLITE_(FULL|IOERR_(WRITE|FSYNC|SHMSIZE|TRUNCATE))/.test(error.code)) {
    return new SpiketuneError(
      'disk-full',
      `Nothing more can be written to ${file}: the disk is full or failing. Free some space, then resume the study; finished trials are stored.`,
      options,
    )
  }
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)/.test(error.code)) {
    return new SpiketuneError(
      'folder-not-writable',
      `The database ${file} cannot be opened for writing. Check that its folder exists and that you may write to it.`,
      options,
    )
  }
  return error
}
