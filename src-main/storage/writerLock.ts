import { existsSync } from 'node:fs'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type Connection, explained, openConnection } from './sqlite.ts'

/** The right to write to a study. The system takes it back when its holder dies, however it dies. */
export interface WriterLock {
  release(): void
}

/** A look at the lock by someone else takes an instant; a holder keeps it for as long as it lives. */
const patienceMs = 500

/** Takes the lock; null when another application, or another opening of this one, holds it. */
export const takeWriterLock = (file: string): WriterLock | null => {
  const connection = openConnection(file, { patienceMs, look: false })
  let held = false
  try {
    held = lockExclusively(connection)
  } finally {
    if (!held) connection.close()
  }
  if (!held) return null
  return {
    release() {
      if (connection.open) connection.close()
    },
  }
}

/** Whether someone holds the lock. */
export const isWriterLocked = (file: string): boolean => {
  // Looking must not leave a file behind, nor need the right to.
  if (!existsSync(file)) return false
  const connection = openConnection(file, { patienceMs: 0, readOnly: true, look: false })
  try {
    // Reading takes a lock that is refused while somebody holds the exclusive one.
    explained(file, () => connection.pragma('schema_version'))
    return false
  } catch (error) {
    if (isLocked(error)) return true
    throw error
  } finally {
    connection.close()
  }
}

const isLocked = (error: unknown): boolean => error instanceof SpiketuneError && error.code === 'database-locked'

const lockExclusively = (connection: Connection): boolean => {
  try {
    explained(connection.name, () => {
      // Nothing is written, not even a journal: a study on a full disk can be opened.
      connection.pragma('journal_mode = MEMORY')
      connection.exec('BEGIN EXCLUSIVE')
    })
    return true
  } catch (error) {
    if (isLocked(error)) return false
    throw error
  }
}
