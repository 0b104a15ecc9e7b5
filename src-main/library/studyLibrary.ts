import { randomUUID } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { definitionToYaml } from '../../src-core/study/definitionToYaml.ts'
import { keeperHere } from '../integrity/keeperThread.ts'
import type { StudyKeeper } from '../integrity/keeperThread.ts'
import type { Clock } from '../scheduler/clock.ts'
import type { OptimiserHost } from '../scheduler/optimiserService.ts'
import type { PastTrials } from '../storage/fillStudy.ts'
import { longestPathBytes } from '../storage/sqlite.ts'
import { StudyStore } from '../storage/studyStore.ts'
import { isWriterLocked, takeWriterLock } from '../storage/writerLock.ts'
import type { WriterLock } from '../storage/writerLock.ts'
import { decodeHere } from '../studies/definitionDecoder.ts'
import type { DefinitionDecoder } from '../studies/definitionDecoder.ts'
import { openStudy } from '../studies/openStudy.ts'
import type { StudyOptions } from '../studies/openStudy.ts'
import { StudyReading } from '../studies/studyReading.ts'
import type { Fork, StudyLibrary } from '../studies/studyService.ts'
import { processorOnly } from '../devices/studyDevices.ts'
import type { StudyDevices } from '../devices/studyDevices.ts'
import type { WorkerHost } from '../workers/workerHost.ts'
import { copyTrials } from './copyTrials.ts'
import { explainFileError, noSpaceFor, pathTooLong } from './fileErrors.ts'
import { studyPaths, unfinishedPrefix } from './studyFolder.ts'
import { StudyOverviews } from './studyOverviews.ts'

export interface LibraryOptions {
  readonly folder: string
  readonly workerHost: WorkerHost
  /** Without them there is the processor alone. */
  readonly devices?: StudyDevices
  readonly optimiserHost: OptimiserHost
  /** Without one, studies are looked through in the thread that asks. */
  readonly keeper?: StudyKeeper
  readonly clock: Clock
  readonly applicationVersion: string
  readonly refuges?: StudyOptions['refuges']
  /** Where what a list says of studies is kept between runs; none: it is not. */
  readonly cacheFolder?: string
  /** Without it definitions are decoded where the library is used. */
  readonly decode?: DefinitionDecoder
}

/** Its maker holds the writer's lock of it. One of this age that nobody holds has lost its maker. */
const abandonedAfterMs = 3_600_000

/** The studies of one folder. The folder is made when the first study is. */
export function createStudyLibrary(given: LibraryOptions): StudyLibrary {
  const { devices = processorOnly(), decode = decodeHere, keeper = keeperHere } = given
  const options = { ...given, devices, decode, keeper }
  const folder = resolve(options.folder)
  const overviews = new StudyOverviews(folder, options)
  return {
    folder,
    list: (live = () => undefined) => overviews.list(folderNames(folder), live),
    create: async (definition, source, fork = null) =>
      openStudy(await makeStudyFolder(folder, definition, source, options, { fork }), options),
    importLog: async ({ definition, trials }) => {
      const past = { trials, state: stateOfLog(definition, trials.length) }
      return openStudy(
        await makeStudyFolder(folder, definition, definitionToYaml(definition), options, { past }),
        options,
      )
    },
    open: async (idOrFolder) => openStudy(folderOf(folder, idOrFolder), options),
    read: async (idOrFolder) => readStudy(folderOf(folder, idOrFolder), overviews, options),
  }
}

/** A writer that writes so often would write on; then the two differ by a moment. */
const looksAtMost = 10

/** Looks again where a writer has written between the look at the whole and the look at the trials. */
async function readStudy(folder: string, overviews: StudyOverviews, options: StudyOptions): Promise<StudyReading> {
  for (let look = 1; ; look++) {
    const summary = await overviews.of(folder)
    // Its application has died: opening the study puts its trials right.
    if (!summary.readOnly && summary.counts.running > 0) await (await openStudy(folder, options)).close()
    else {
      const reading = await StudyReading.open(summary, options)
      if (reading.isOf(summary) || look === looksAtMost) return reading
      reading.close()
    }
  }
}

/** @throws SpiketuneError study-not-found */
function folderOf(library: string, idOrFolder: string): string {
  const inLibrary = join(library, idOrFolder)
  const folder = !isAbsolute(idOrFolder) && existsSync(studyPaths(inLibrary).database) ? inLibrary : resolve(idOrFolder)
  if (existsSync(studyPaths(folder).database)) return folder
  throw new SpiketuneError(
    'study-not-found',
    `There is no study ${idOrFolder}: neither in the library ${library}, nor a study folder of that path. List the studies with: spiketune list`,
  )
}

function folderNames(library: string): string[] {
  if (!existsSync(library)) return []
  return entriesOf(library)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(unfinishedPrefix))
    .map(({ name }) => name)
}

function entriesOf(library: string): Dirent[] {
  try {
    return readdirSync(library, { withFileTypes: true })
  } catch (error) {
    throw explainFileError(error, library)
  }
}

/** Makes the folder of a new study whole under another name first, so that a half-made one is never seen. */
async function makeStudyFolder(
  library: string,
  definition: StudyDefinition,
  source: string,
  { clock, applicationVersion }: LibraryOptions,
  { past, fork = null }: { readonly past?: PastTrials; readonly fork?: Fork | null } = {},
): Promise<string> {
  const unfinished = join(library, `${unfinishedPrefix}${randomUUID()}`)
  const paths = studyPaths(unfinished)
  for (const { database } of [paths, studyPaths(join(library, `${definition.name}-${'9'.repeat(6)}`))]) {
    if (Buffer.byteLength(database) > longestPathBytes) throw pathTooLong(database)
  }
  let lock: WriterLock | null = null
  try {
    sweepUnfinished(library, clock.now())
    mkdirSync(library, { recursive: true })
    // One by one: of several, Node reports a disk that may only be read as a folder that is not there.
    mkdirSync(unfinished)
    mkdirSync(paths.networks)
    lock = takeWriterLock(paths.lock)
    writeFileSync(paths.definition, source)
    const yaml = definitionToYaml(definition)
    const study = { name: definition.name, definition: yaml, source, applicationVersion, past }
    StudyStore.create(paths.database, study, clock)
    if (fork !== null) await copyTrials(paths, fork, clock)
    for (let number = 1; ; number++) {
      const folder = join(library, `${definition.name}-${number}`)
      if (existsSync(folder)) continue
      try {
        renameSync(unfinished, folder)
        return folder
      } catch (error) {
        // Another application took the number between the look and the move.
        if (!existsSync(folder)) throw error
      }
    }
  } catch (error) {
    if (existsSync(unfinished)) rmSync(unfinished, { recursive: true, force: true })
    // The database that could not be made is gone again: what counts is the library.
    throw error instanceof SpiketuneError && error.code === 'disk-full'
      ? noSpaceFor(library, error)
      : explainFileError(error, library)
  } finally {
    lock?.release()
  }
}

function sweepUnfinished(library: string, nowMs: number): void {
  if (!existsSync(library)) return
  for (const { name } of entriesOf(library)) {
    if (!name.startsWith(unfinishedPrefix)) continue
    const folder = join(library, name)
    const since = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? nowMs
    if (nowMs - since > abandonedAfterMs && !isWriterLocked(studyPaths(folder).lock))
      rmSync(folder, { recursive: true, force: true })
  }
}

/** What a study is that holds past trials: those of a log, or else all that its budget had. */
const stateOfLog = ({ log }: StudyDefinition, trials: number): PastTrials['state'] =>
  log === undefined
    ? { kind: 'finished', reason: 'trial-budget', detail: `all ${trials} trials of the budget are done` }
    : { kind: 'finished', reason: 'imported', detail: `${trials} evaluations of ${log.file}` }
