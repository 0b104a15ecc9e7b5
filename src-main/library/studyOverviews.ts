import { basename } from 'node:path'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { StudyDevices } from '../devices/studyDevices.ts'
import type { Clock } from '../scheduler/clock.ts'
import { StudyStore } from '../storage/studyStore.ts'
import type { StudyRecord } from '../storage/studyRecord.ts'
import type { StudySums } from '../storage/studySums.ts'
import { isWriterLocked } from '../storage/writerLock.ts'
import { networkBytesIn } from '../studies/networkKeeper.ts'
import { abandoned } from '../studies/watchedStudy.ts'
import { workersWanted } from '../studies/workersWanted.ts'
import { mayWriteTo, studyPaths } from './studyFolder.ts'

/** What costs time to read of a study, and stays the same until its journal has a new entry. */
interface Kept {
  readonly createdAtMs: number
  readonly lastEvent: number
  readonly definition: StudyDefinition
  readonly sums: StudySums
}

/** Summaries of studies that are not open. Those in which nothing has happened since the last look cost next to nothing. */
export class StudyOverviews {
  readonly #clock: Clock
  readonly #devices: StudyDevices
  readonly #kept = new Map<string, Kept>()

  constructor(clock: Clock, devices: StudyDevices) {
    this.#clock = clock
    this.#devices = devices
  }

  /** A study that cannot be read is listed as such, and hides no other. */
  of(folder: string): StudySummary {
    try {
      return this.#read(folder)
    } catch (error) {
      return unreadable(basename(folder), folder, error)
    }
  }

  #read(folder: string): StudySummary {
    const paths = studyPaths(folder)
    const store = StudyStore.openReadOnly(paths.database, this.#clock)
    try {
      const record = store.study()
      const { name, state, elapsedMs, sleptMs, createdAtMs, updatedAtMs } = record
      const { definition, sums } = this.#costly(folder, store, record)
      const locked = isWriterLocked(paths.lock)
      const folderProtected = !mayWriteTo(paths)
      const { uncounted, ...shown } = sums
      const { trials } = definition.budget
      return {
        ...shown,
        id: basename(folder),
        folder,
        workers: 0,
        name,
        state: locked ? state : abandoned(state),
        readOnly: locked || folderProtected,
        folderProtected,
        databaseHeld: false,
        trialBudget: trials === undefined ? null : trials + uncounted,
        metric: definition.objective.metric,
        timeLeftMs: null,
        workersWanted: workersWanted(definition, record, this.#devices.machine),
        networkBytes: networkBytesIn(paths.networks),
        confirming: false,
        elapsedMs,
        sleptMs,
        waitsFor: null,
        createdAtMs,
        updatedAtMs,
      }
    } finally {
      store.close()
    }
  }

  #costly(folder: string, store: StudyStore, { createdAtMs, definition }: StudyRecord): Kept {
    // Read before the sums: what is written meanwhile makes them be read again.
    const lastEvent = store.lastEvent()
    const before = this.#kept.get(folder)
    if (before?.createdAtMs === createdAtMs && before.lastEvent === lastEvent) return before
    const decoded = decodeDefinition(definition, store.file, 'stored')
    const kept = { createdAtMs, lastEvent, definition: decoded, sums: store.sums() }
    this.#kept.set(folder, kept)
    return kept
  }
}

const unreadable = (id: string, folder: string, error: unknown): StudySummary => ({
  id,
  name: id,
  folder,
  state: { kind: 'error', message: error instanceof Error ? error.message : String(error), reason: 'other' },
  readOnly: true,
  folderProtected: false,
  databaseHeld: false,
  counts: { waiting: 0, running: 0, complete: 0, stopped: 0, failed: 0 },
  trialBudget: null,
  metric: 'accuracy',
  best: null,
  elapsedMs: 0,
  sleptMs: 0,
  waitsFor: null,
  timeLeftMs: null,
  timeSavedMs: 0,
  workers: 0,
  workersWanted: 0,
  excluded: 0,
  networkBytes: 0,
  confirming: false,
  createdAtMs: 0,
  updatedAtMs: 0,
})
