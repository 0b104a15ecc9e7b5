/** The folder of a new study: made whole under another name first, so that a half-made one is never seen. */
import { randomUUID } from 'node:crypto'
import {
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { definitionToYaml } from '../../src-core/study/definitionToYaml.ts'
import type { Clock } from '../scheduler/clock.ts'
import type { PastTrials } from '../storage/fillStudy.ts'
import { longestPathBytes } from '../storage/sqlite.ts'
import { StudyStore } from '../storage/studyStore.ts'
import { isWriterLocked, takeWriterLock } from '../storage/writerLock.ts'
import type { Fork } from '../studies/studyService.ts'
import { copyTrials } from './copyTrials.ts'
import { explainFileError, noSpaceFor, pathTooLong } from '../files/fileErrors.ts'
import { studyPaths, unfinishedPrefix } from '../files/studyFolder.ts'

/** Its maker holds the writer's lock of it. One of this age that nobody holds has lost its maker. */
const abandonedAfterMs = 3_600_000

interface NewFolder {
  readonly definition: StudyDefinition
  /** The definition as it was given. */
  readonly source: string
  readonly applicationVersion: string
  readonly clock: Clock
  readonly past?: PastTrials
  readonly fork?: Fork | null
  /** What to write down of the experiment that it is made for. */
  readonly member?: object | undefined
}

/**
 * Makes the folder of a new study in a library.
 * @param fill puts the study into an empty folder, wherever it runs, and answers the name of the study
 * @returns the folder @throws SpiketuneError, and what `fill` throws; then nothing is left
 */
export const makeStudyFolder = async (
  library: string,
  clock: Clock,
  fill: (unfinished: string) => string | Promise<string>,
): Promise<string> => {
  const unfinished = join(library, `${unfinishedPrefix}${randomUUID()}`)
  let made: string | undefined
  try {
    if (Buffer.byteLength(studyPaths(unfinished).database) > longestPathBytes) {
      throw pathTooLong(studyPaths(unfinished).database)
    }
    sweepUnfinished(library, clock.now())
    made = mkdirSync(library, { recursive: true })
    // One by one: of several, Node reports a disk that may only be read as a folder that is not there.
    mkdirSync(unfinished)
    return moveIntoPlace(unfinished, await fill(unfinished))
  } catch (error) {
    if (existsSync(unfinished)) rmSync(unfinished, { recursive: true, force: true })
    if (made !== undefined) removeWhereEmpty(library, made)
    // The database that could not be made is gone again: what counts is the library.
    throw error instanceof SpiketuneError && error.code === 'disk-full'
      ? noSpaceFor(library, error)
      : explainFileError(error, library)
  }
}

/** Fills an empty folder of a library with a new study. @returns its name @throws SpiketuneError */
export const fillStudyFolder = async (folder: string, study: NewFolder): Promise<string> => {
  const { definition, source, applicationVersion, clock, past, fork = null, member } = study
  const paths = studyPaths(folder)
  const { name } = definition
  const { database } = studyPaths(join(dirname(folder), `${name}-${'9'.repeat(6)}`))
  if (Buffer.byteLength(database) > longestPathBytes) throw pathTooLong(database)
  mkdirSync(paths.networks)
  const lock = takeWriterLock(paths.lock)
  try {
    writeFileSync(paths.definition, source)
    if (member !== undefined) writeFileSync(paths.member, `${JSON.stringify(member)}\n`)
    const yaml = definitionToYaml(definition)
    StudyStore.create(paths.database, { name, definition: yaml, source, applicationVersion, past }, clock)
    if (fork !== null) await copyTrials(paths, fork, clock)
    return name
  } finally {
    lock?.release()
  }
}

/** Takes away a folder and those above it, up to `top`, that were made for it, and hold nothing of anybody else. */
const removeWhereEmpty = (folder: string, top: string): void => {
  try {
    rmdirSync(folder)
  } catch {
    return
  }
  if (folder !== top) removeWhereEmpty(dirname(folder), top)
}

const moveIntoPlace = (unfinished: string, name: string): string => {
  for (let number = 1; ; number++) {
    const folder = join(dirname(unfinished), `${name}-${number}`)
    if (existsSync(folder)) continue
    try {
      renameSync(unfinished, folder)
      return folder
    } catch (error) {
      // Another application took the number between the look and the move.
      if (!existsSync(folder)) throw error
    }
  }
}

/** What is in the folder of a library. */
export const entriesOf = (library: string): Dirent[] => {
  try {
    return readdirSync(library, { withFileTypes: true })
  } catch (error) {
    throw explainFileError(error, library)
  }
}

const sweepUnfinished = (library: string, nowMs: number): void => {
  if (!existsSync(library)) return
  for (const { name } of entriesOf(library)) {
    if (!name.startsWith(unfinishedPrefix)) continue
    const folder = join(library, name)
    const since = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? nowMs
    if (nowMs - since > abandonedAfterMs && !isWriterLocked(studyPaths(folder).lock))
      rmSync(folder, { recursive: true, force: true })
  }
}
