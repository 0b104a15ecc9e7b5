import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BackgroundRecord, backgroundRecordSchema } from '../../src-core/contracts/background.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyPaths } from '../files/studyFolder.ts'
import { writeWhole } from '../files/writeWhole.ts'

/** The system takes paths of sockets of at most 103 bytes everywhere, 107 on Linux. */
const longestSocketPath = 103

const ownUser = (): number => process.getuid?.() ?? 0

/**
 * Where the socket of a study lies: in a folder that is this user's alone, under a short name, as the study's own path may be
 * too long. @param cache the folder of what can be made anew @throws {SpiketuneError} folder-not-writable
 */
export const placeOfSocket = (studyFolder: string, cache: string): string => {
  const name = `${createHash('sha256').update(realpathSync(studyFolder)).digest('hex').slice(0, 20)}.sock`
  const usual = join(cache, 'background', name)
  const path = Buffer.byteLength(usual) <= longestSocketPath ? usual : join(tmpdir(), `spiketune-${ownUser()}`, name)
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!isOwn(folder)) {
    throw new SpiketuneError('folder-not-writable', `The folder ${folder} belongs to someone else; remove it first.`)
  }
  chmodSync(folder, 0o700)
  return path
}

const isOwn = (path: string): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found !== undefined && !found.isSymbolicLink() && found.uid === ownUser()
}

/** Where a study is reached that somebody runs; null: not in the background, as far as can be read. */
export const readBackgroundRecord = ({ background }: Pick<StudyPaths, 'background'>): BackgroundRecord | null => {
  if (!existsSync(background)) return null
  try {
    const record = backgroundRecordSchema.parse(JSON.parse(readFileSync(background, 'utf8')))
    // A folder may come from someone else, and what it names is theirs then.
    return isOwn(record.socket) ? record : null
  } catch {
    return null
  }
}

export const writeBackgroundRecord = ({ background }: StudyPaths, record: BackgroundRecord): Promise<void> =>
  writeWhole(background, `${JSON.stringify(record)}\n`)

/** Takes away what a process leaves behind that ends, or that was killed. */
export const removeBackgroundRecord = ({ background }: StudyPaths, socket: string): void => {
  rmSync(background, { force: true })
  rmSync(socket, { force: true })
}
