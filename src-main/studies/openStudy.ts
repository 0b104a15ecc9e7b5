import { rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Clock } from '../scheduler/clock.ts'
import type { OptimiserHost } from '../scheduler/optimiserService.ts'
import { connectToBackground, type StudyConnection } from '../background/studyConnection.ts'
import { StudyStore } from '../storage/studyStore.ts'
import { takeWriterLock } from '../storage/writerLock.ts'
import { createRefuge } from './rescueFolder.ts'
import { mayWriteTo, studyPaths } from '../files/studyFolder.ts'
import type { StudyKeeper } from '../integrity/keeperThread.ts'
import type { StudyDevices } from '../devices/studyDevices.ts'
import type { WorkerHost } from '../workers/workerHost.ts'
import type { DefinitionDecoder } from './definitionDecoder.ts'
import { inTurns } from './inTurns.ts'
import { loadRows } from './loadRows.ts'
import type { OpenStudy } from './studyService.ts'
import { AttachedStudy } from './attachedStudy.ts'
import { WatchedStudy } from './watchedStudy.ts'
import { WritableStudy } from './writableStudy.ts'

export interface StudyOptions {
  readonly workerHost: WorkerHost
  readonly devices: StudyDevices
  readonly optimiserHost: OptimiserHost
  readonly keeper: StudyKeeper
  readonly clock: Clock
  readonly applicationVersion: string
  /** Where a study may go when its folder and its library are gone; the user's own folders where not given. */
  readonly refuges?: (() => readonly string[]) | undefined
  readonly decode: DefinitionDecoder
  /** Of training between two checkpoints of a trial; a minute unless given. */
  readonly checkpointEveryMs?: number | undefined
}

/** Bytes that are looked through within a frame. */
const smallDatabase = 1_000_000

/** With what was committed last. */
const bytesOf = (database: string): number =>
  [database, `${database}-wal`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)

/** Opens the study in `folder`: to write to it where nobody else does, otherwise to look at it. @throws SpiketuneError */
export const openStudy = async (folder: string, options: StudyOptions): Promise<OpenStudy> => {
  const paths = studyPaths(folder)
  const folderProtected = !mayWriteTo(paths)
  let connection: StudyConnection | null = null
  const lock = folderProtected ? null : takeWriterLock(paths.lock)
  try {
    // Left by a process that was killed: nobody runs it in the background who does not hold the lock.
    if (lock !== null) rmSync(paths.background, { force: true })
    const checked = lock !== null && bytesOf(paths.database) > smallDatabase
    if (checked) await options.keeper.prepare(paths.database)
    const store =
      lock === null
        ? StudyStore.openReadOnly(paths.database, options.clock)
        : StudyStore.open(paths.database, options.clock, createRefuge(paths, options.refuges), checked)
    try {
      const definition = await options.decode(store.study().definition, paths.database, 'stored')
      // Before the rows: what happens from now on is told, what happened before is stored.
      connection = lock === null && !folderProtected ? await connectToBackground(paths, options.clock) : null
      const loaded = await inTurns(loadRows(store))
      const parts = { id: basename(folder), paths, store, definition, loaded, ...options }
      const study =
        lock !== null
          ? new WritableStudy({ ...parts, lock })
          : connection === null
            ? new WatchedStudy({ ...parts, folderProtected })
            : new AttachedStudy({ ...parts, folderProtected, connection })
      // In the background; whoever needs what comes of it waits for the same look, and is told what stands in its way.
      study.verified().catch(() => undefined)
      return study
    } catch (error) {
      connection?.close()
      store.close()
      throw error
    }
  } catch (error) {
    lock?.release()
    throw error
  }
}
