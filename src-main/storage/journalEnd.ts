/**
 * Where a journal ends, kept in a file beside the database and written after each transaction: SQLite cuts a damaged log
 * (`-wal`) off where the damage begins, without a word, and with it the last transactions. An application that dies between
 * the two writes leaves a file that is behind the journal, which says nothing; one that is ahead of it says that entries
 * are gone.
 */
import { createHash } from 'node:crypto'
import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'

export interface JournalEnd {
  /** The last entry. */
  readonly id: number
  /** Its checksum. */
  readonly chain: Uint8Array
}

export const journalEndFile = (database: string): string => `${database}-end`

/** Of one length always: a newer end lies over the older one, and needs no space on the disk. */
const textOf = ({ id, chain }: JournalEnd): string => {
  const text = `${String(id).padStart(16, '0')} ${Buffer.from(chain).toString('hex')}`
  return `${text} ${checkOf(text)}\n`
}

const checkOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** `missing`: of an older version, or taken along by nobody. */
export const readJournalEnd = (database: string): JournalEnd | 'missing' | 'damaged' => {
  let text: string
  try {
    text = readFileSync(journalEndFile(database), 'latin1')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing'
    return 'damaged'
  }
  const [, body, id, chain, check] = /^((\d{16}) ([0-9a-f]{32})) ([0-9a-f]{16})\n$/.exec(text) ?? []
  if (body === undefined || check !== checkOf(body)) return 'damaged'
  return { id: Number(id), chain: Buffer.from(chain ?? '', 'hex') }
}

/** Keeps the file of one database up to date. */
export class JournalEndWriter {
  readonly #database: string
  #file: number | null = null

  constructor(database: string) {
    this.#database = database
  }

  write(end: JournalEnd): void {
    const text = textOf(end)
    try {
      if (this.#file === null) {
        this.#file = openSync(journalEndFile(this.#database), constants.O_RDWR | constants.O_CREAT, 0o666)
        ftruncateSync(this.#file, text.length)
      }
      writeSync(this.#file, text, 0, 'latin1')
    } catch {
      // What is stored is stored: a file that stays behind says less, and nothing that is wrong.
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }
}
