/**
 * Who converts a dataset: a file beside it that only one process can create. It has the process in it, how far the
 * conversion has come, and is written anew while it goes on. The lock saves work and no more: should two processes
 * ever convert at the same time, each writes a file of its own, and the last one's stays.
 */
import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { abandonedLockPath, isAlive } from './leftovers.ts'
import { onDisk } from './onDisk.ts'

const recordSchema = z.strictObject({
  id: z.string(),
  process: z.int().min(1),
  /** The folder may be on a disk that several machines share. */
  host: z.string(),
  samplesDone: z.int().min(0),
  samplesPlanned: z.int().min(0),
})
type LockRecord = z.infer<typeof recordSchema>

/** Long enough for a record: a new one covers the old one whole. */
const recordBytes = 1024
const writtenEveryMs = 500
/**
 * A lock that nobody has written for this long is nobody's: its process id may be another's by now, or of elsewhere. The date may
 * have been set meanwhile: whoever holds it writes it while another waits for that.
 */
const abandonedAfterMs = 120_000
const doubtMs = 4 * writtenEveryMs

/** What another process has done of the conversion. */
type OthersProgress = Pick<LockRecord, 'samplesDone' | 'samplesPlanned'>

export interface ConversionLock {
  /** Tells those who wait how far it has come, when it is next written. */
  tell(samplesDone: number, samplesPlanned: number): void
  release(): Promise<void>
}

/**
 * Takes the lock of a converted file, also one whose holder is no more.
 * @param doubt waits long enough for a holder to have written it
 * @returns null when another has it
 * @throws {SpiketuneError} disk-full, folder-not-writable
 */
export const takeLock = async (
  path: string,
  nowMs: number,
  doubt: () => Promise<unknown> = () => setTimeout(doubtMs),
): Promise<ConversionLock | null> => {
  const lockPath = `${path}.lock`
  const found = await readLock(lockPath, nowMs)
  if (found !== null && !found.isAbandoned) return null
  if (found !== null && !found.isDead) {
    await doubt()
    const again = await readLock(lockPath, nowMs)
    if (again !== null && again.mtimeMs !== found.mtimeMs) return null
  }
  if (found !== null) await removeAbandoned(lockPath, found.text)
  const file = await onDisk(path, () => openUnlessThere(lockPath))
  if (file === null) return null
  const record = { id: randomUUID(), process: process.pid, host: hostname(), samplesDone: 0, samplesPlanned: 0 }
  return heldLock(lockPath, file, record)
}

/** @returns how far the conversion has come that another process makes; null when none makes one */
export const othersProgress = async (path: string, nowMs: number): Promise<OthersProgress | null> => {
  const found = await readLock(`${path}.lock`, nowMs)
  if (found === null || found.isAbandoned) return null
  const { samplesDone, samplesPlanned } = found.record ?? { samplesDone: 0, samplesPlanned: 0 }
  return { samplesDone, samplesPlanned }
}

const heldLock = async (lockPath: string, file: FileHandle, record: LockRecord): Promise<ConversionLock> => {
  let told = record
  const write = async (): Promise<void> => {
    // A full disk is noticed by the conversion itself.
    await file.write(Buffer.from(JSON.stringify(told).padEnd(recordBytes)), 0, recordBytes, 0).catch(() => undefined)
  }
  let writing = write()
  await writing
  const timer = setInterval(() => {
    writing = writing.then(write)
  }, writtenEveryMs).unref()
  return {
    tell(samplesDone, samplesPlanned) {
      told = { ...record, samplesDone, samplesPlanned }
    },
    async release() {
      clearInterval(timer)
      await writing
      await file.close()
      // Taken for abandoned, it is another's by now.
      if (decode(await readFile(lockPath, 'utf8').catch(() => ''))?.id === record.id)
        await rm(lockPath, { force: true })
    },
  }
}

interface FoundLock {
  readonly text: string
  readonly record: LockRecord | null
  readonly mtimeMs: number
  /** Its process is no more. */
  readonly isDead: boolean
  readonly isAbandoned: boolean
}

const readLock = async (lockPath: string, nowMs: number): Promise<FoundLock | null> => {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(lockPath, 'utf8'), stat(lockPath)])
    const record = decode(text)
    const isDead = record?.host === hostname() && !isAlive(record.process)
    return { text, record, mtimeMs, isDead, isAbandoned: isDead || Math.abs(nowMs - mtimeMs) > abandonedAfterMs }
  } catch {
    return null
  }
}

/** Moved away first: of several who found it abandoned, one may hold it anew by now, and gets it back. */
const removeAbandoned = async (lockPath: string, text: string): Promise<void> => {
  const away = abandonedLockPath(lockPath, randomUUID())
  try {
    await rename(lockPath, away)
  } catch {
    return
  }
  const isOther = (await readFile(away, 'utf8').catch(() => text)) !== text
  if (isOther && (await stat(lockPath).catch(() => null)) === null) await rename(away, lockPath).catch(() => undefined)
  else await rm(away, { force: true })
}

const openUnlessThere = async (path: string): Promise<FileHandle | null> => {
  try {
    return await open(path, 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  }
}

const decode = (text: string): LockRecord | null => {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
