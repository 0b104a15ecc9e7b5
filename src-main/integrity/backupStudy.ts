/** A backup of a study: one file that holds its folder, as `tar -xf` makes it again; the study may run meanwhile. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pack, type Pack } from 'tar-stream'
import type { StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { explainFileError } from '../files/fileErrors.ts'
import { isNetworkFile, studyPaths, type StudyPaths } from '../files/studyFolder.ts'
import { copyDatabase } from '../storage/studyDatabase.ts'
import { examineStudy } from './examineStudy.ts'

interface Backup {
  /** Of the study. */
  readonly folder: string
  /** The file to write. */
  readonly file: string
  /** Whether one that is there may be written over: a person has said so. */
  readonly replace: boolean
}

/**
 * Writes a backup, whole or not at all, and looks through what it has written.
 * @returns what the look found: damage of the study is in its backup too
 * @throws SpiketuneError file-exists, folder-not-writable, disk-full, database-corrupt
 */
export type BackUp = (backup: Backup) => Promise<StudyCheck>

export const backUpStudy: BackUp = async ({ folder, file, replace }) => {
  const target = resolve(file)
  if (!replace && existsSync(target)) {
    throw new SpiketuneError(
      'file-exists',
      `There is a file ${target} already, which is not written over: it may be the last good backup. Name another one.`,
    )
  }
  try {
    return await writeBackup(folder, target)
  } catch (error) {
    throw explainFileError(error, dirname(target))
  }
}

const writeBackup = async (folder: string, target: string): Promise<StudyCheck> => {
  // Beside the target: the move at the end is one step, and what is too large is so here already.
  const staging = await mkdtemp(join(dirname(target), '.spiketune-backup-'))
  try {
    const name = basename(folder)
    const copy = join(staging, name)
    await copyStudy(studyPaths(folder), studyPaths(copy))
    const check = await examineStudy({ folder: copy, networks: true })
    const archive = join(staging, 'archive.tar')
    await writeArchive(archive, copy, name)
    await rename(archive, target)
    return check
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

const copyStudy = async (from: StudyPaths, to: StudyPaths): Promise<void> => {
  await mkdir(to.networks, { recursive: true })
  // Before and after: a network may be written, or forgotten, while the database is copied.
  await copyNetworks(from.networks, to.networks)
  copyDatabase(from.database, to.database)
  await copyNetworks(from.networks, to.networks)
  if (existsSync(from.definition)) await copyFile(from.definition, to.definition)
}

const copyNetworks = async (from: string, to: string): Promise<void> => {
  if (!existsSync(from)) return
  for (const file of (await readdir(from)).filter(isNetworkFile)) {
    if (existsSync(join(to, file)) || file.endsWith('.tmp')) continue
    await copyFile(join(from, file), join(to, file)).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    })
  }
}

const writeArchive = async (path: string, folder: string, name: string): Promise<void> => {
  const archive = pack()
  const written = pipeline(archive, createWriteStream(path))
  const paths = studyPaths(folder)
  const networks = (await readdir(paths.networks)).map((file) => join(paths.networks, file))
  const files = [paths.database, paths.definition, ...networks]
  for (const file of files) if (existsSync(file)) await addFile(archive, file, `${name}${file.slice(folder.length)}`)
  archive.finalize()
  await written
  const handle = await open(path, 'r+')
  await handle.sync().finally(() => handle.close())
}

const addFile = async (archive: Pack, file: string, name: string): Promise<void> => {
  const { size, mtime } = await stat(file)
  const entry = archive.entry({ name, size, mtime })
  await pipeline(createReadStream(file), entry)
}
