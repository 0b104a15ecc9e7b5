import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { type Damage, nothingToCheck } from '../../src-core/contracts/studyCheck.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { keeperHere, type StudyKeeper } from '../integrity/keeperThread.ts'
import type { Clock } from '../scheduler/clock.ts'
import type { OptimiserHost } from '../scheduler/optimiserService.ts'
import { isHeldError } from '../storage/held.ts'
import { decodeHere, type DefinitionDecoder } from '../studies/definitionDecoder.ts'
import { openStudy, type StudyOptions } from '../studies/openStudy.ts'
import { StudyReading } from '../studies/studyReading.ts'
import type { StudyLibrary } from '../studies/studyService.ts'
import { processorOnly, type StudyDevices } from '../devices/studyDevices.ts'
import type { WorkerHost } from '../workers/workerHost.ts'
import { entriesOf, fillStudyFolder, makeStudyFolder } from './makeStudyFolder.ts'
import { studyPaths, unfinishedPrefix } from '../files/studyFolder.ts'
import { forkText } from '../../src-core/study/forkText.ts'
import { StudyStore } from '../storage/studyStore.ts'
import { studyDiskOf } from '../studies/studyDisk.ts'
import { askBackground } from '../background/studyConnection.ts'
import { checkOwnLine } from '../studies/labelling.ts'
import { labelStudy, readLogBook, removeStudy, renamedDefinition, writeLogLine } from './manageStudy.ts'
import { StudyOverviews } from './studyOverviews.ts'

interface LibraryOptions {
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
  readonly checkpointEveryMs?: StudyOptions['checkpointEveryMs']
  /** Where what a list says of studies is kept between runs; none: it is not. */
  readonly cacheFolder?: string
  /** Without it definitions are decoded where the library is used. */
  readonly decode?: DefinitionDecoder
}

/** The studies of one folder. The folder is made when the first study is. */
export const createStudyLibrary = (given: LibraryOptions): StudyLibrary => {
  const { devices = processorOnly(), decode = decodeHere, keeper = keeperHere } = given
  const options = { ...given, devices, decode, keeper }
  const folder = resolve(options.folder)
  const { clock, applicationVersion } = options
  const overviews = new StudyOverviews(folder, options)
  const create: StudyLibrary['create'] = async (definition, source, fork = null, member) => {
    refuseLog(definition)
    const made = await makeStudyFolder(folder, clock, (unfinished) =>
      fillStudyFolder(unfinished, { definition, source, applicationVersion, clock, fork, member }),
    )
    return openStudy(made, options)
  }
  return {
    folder,
    list: (live = () => undefined) => overviews.list(folderNames(folder), live),
    create: async (definition, source, fork = null, member) => {
      const study = await create(definition, source, fork, member)
      if (fork !== null) study.writeLog('forked', forkText(fork.study, definition))
      return study
    },
    importLog: async (file, words, watch = {}) => {
      let notes: readonly string[] = []
      const made = await makeStudyFolder(folder, clock, async (unfinished) => {
        const imported = await keeper.importLog(
          { folder: unfinished, file, words: words ?? {}, applicationVersion },
          watch,
        )
        notes = imported.notes
        return imported.name
      })
      return { study: await openStudy(made, options), notes }
    },
    open: async (idOrFolder) => openStudy(folderOf(folder, idOrFolder), options),
    summary: async (idOrFolder) => overviews.of(folderOf(folder, idOrFolder)),
    label: async (idOrFolder, change) => {
      const place = folderOf(folder, idOrFolder)
      const asked = await askBackground(studyPaths(place), clock, (connection) => connection.label(change))
      if (!asked) labelStudy(place, change, clock)
      return overviews.of(place)
    },
    logBook: async (idOrFolder) => {
      const place = folderOf(folder, idOrFolder)
      return readLogBook(place, await overviews.of(place), clock)
    },
    writeLog: async (idOrFolder, text) => {
      const place = folderOf(folder, idOrFolder)
      checkOwnLine(text)
      const asked = await askBackground(studyPaths(place), clock, (connection) => connection.writeLog(text))
      if (!asked) writeLogLine(place, text, clock)
    },
    disk: (idOrFolder) => studyDiskOf(folderOf(folder, idOrFolder)),
    duplicate: async (idOrFolder, name) => {
      const place = studyPaths(folderOf(folder, idOrFolder)).database
      const yaml = renamedDefinition(definitionIn(place, clock), name)
      return create(await decode(yaml, `the definition of ${idOrFolder}`), yaml)
    },
    remove: async (idOrFolder, bin) => removeStudy(folderOf(folder, idOrFolder), bin),
    read: async (idOrFolder, examined = true) => readStudy(folderOf(folder, idOrFolder), overviews, options, examined),
  }
}

/** A copy of an imported log would be a log without trials. @throws SpiketuneError study-not-trainable */
const refuseLog = ({ log }: StudyDefinition): void => {
  if (log === undefined) return
  throw new SpiketuneError(
    'study-not-trainable',
    `This is the definition of an imported evaluation log (${log.file}): it says what was measured, not how to train the networks. Import the log itself to look at it.`,
  )
}

/** A writer that writes so often would write on; then the two differ by a moment. */
const looksAtMost = 10

/** Looks again where a writer has written between the look at the whole and the look at the trials. */
const readStudy = async (
  folder: string,
  overviews: StudyOverviews,
  options: StudyOptions,
  examined: boolean,
): Promise<StudyReading> => {
  const damage = examined ? await damageOf(folder, options) : nothingToCheck.damage
  let isPutRight = false
  for (let look = 1; ; look++) {
    const summary = await overviews.of(folder)
    // Its application has died: opening the study puts its trials right.
    if (!summary.readOnly && summary.counts.running > 0) await (await openStudy(folder, options)).close()
    else {
      const reading = await StudyReading.open(summary, damage, options)
      const notes = reading.isUnnoted && !summary.readOnly && !isPutRight
      if (!notes && (reading.isOf(summary) || look === looksAtMost)) return reading
      reading.close()
      if (!notes) continue
      isPutRight = true
      await noteDamage(folder, options)
    }
  }
}

/** What only its own application can open now is not looked through. */
const damageOf = async (folder: string, { keeper }: StudyOptions): Promise<readonly Damage[]> => {
  try {
    return (await keeper.examine({ folder, networks: false })).damage
  } catch (error) {
    if (isHeldError(error)) return nothingToCheck.damage
    throw error
  }
}

/** Trials that are damaged are left out by an entry in the journal of a study that is opened. What cannot be opened to be written to can be read. */
const noteDamage = async (folder: string, options: StudyOptions): Promise<void> => {
  try {
    const study = await openStudy(folder, options)
    await study.verified().finally(() => study.close())
  } catch (error) {
    if (!(error instanceof SpiketuneError)) throw error
  }
}

/** @throws SpiketuneError study-not-found */
const folderOf = (library: string, idOrFolder: string): string => {
  const inLibrary = join(library, idOrFolder)
  const folder = !isAbsolute(idOrFolder) && existsSync(studyPaths(inLibrary).database) ? inLibrary : resolve(idOrFolder)
  if (existsSync(studyPaths(folder).database)) return folder
  throw new SpiketuneError(
    'study-not-found',
    `There is no study ${idOrFolder}: neither in the library ${library}, nor a study folder of that path. List the studies with: spiketune list`,
  )
}

const definitionIn = (database: string, clock: Clock): string => {
  const store = StudyStore.openReadOnly(database, clock)
  try {
    return store.study().definition
  } finally {
    store.close()
  }
}

const folderNames = (library: string): string[] => {
  if (!existsSync(library)) return []
  return entriesOf(library)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(unfinishedPrefix))
    .map(({ name }) => name)
}
