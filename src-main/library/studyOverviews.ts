import { basename, join } from 'node:path'
import { latestConfirmed } from '../../src-core/confirmation/summarise.ts'
import { suspicionsOfStudy } from '../../src-core/datasets/dataCard.ts'
import { noLabels } from '../../src-core/library/studyLabels.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { shownObjective } from '../../src-core/study/studyWords.ts'
import { workersInAll } from '../../src-core/study/workersSchema.ts'
import type { StudyDevices } from '../devices/studyDevices.ts'
import type { Clock } from '../scheduler/clock.ts'
import { StudyStore } from '../storage/studyStore.ts'
import { isWriterLocked } from '../storage/writerLock.ts'
import { readBackgroundRecord } from '../background/backgroundRecord.ts'
import type { DefinitionDecoder } from '../studies/definitionDecoder.ts'
import { diskBytesOf } from '../studies/studyDisk.ts'
import { networkBytesIn } from '../studies/networkKeeper.ts'
import { abandoned } from '../studies/watchedStudy.ts'
import { studyWorkers } from '../studies/workersWanted.ts'
import { filesOf, KeptSummaries, type KeptSummary, type StudyFiles } from './keptSummaries.ts'
import { mayWriteTo, studyPaths } from '../files/studyFolder.ts'

interface OverviewOptions {
  readonly clock: Clock
  readonly devices: StudyDevices
  readonly applicationVersion: string
  readonly decode: DefinitionDecoder
  /** Where summaries are kept between runs; none: they are not. */
  readonly cacheFolder?: string
}

/** After this time others have their turn. */
const turnMs = 8

/** How many of the studies, the latest first, were used then or later. */
const placeOf = (timeMs: number, studies: readonly StudySummary[]): number => {
  let [low, high] = [0, studies.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((studies[middle]?.updatedAtMs ?? 0) < timeMs) high = middle
    else low = middle + 1
  }
  return low
}

/** What to await after each piece of work: it lets others have their turn when it is time. */
const createTurn = (): (() => Promise<void> | undefined) => {
  let began = performance.now()
  return () => {
    if (performance.now() - began < turnMs) return undefined
    return new Promise((resolve) =>
      setImmediate(() => {
        began = performance.now()
        resolve()
      }),
    )
  }
}

/** Summaries of the studies of a library that are not open. Those that nobody has written to since the last look cost next to nothing. */
export class StudyOverviews {
  readonly #library: string
  readonly #options: OverviewOptions
  readonly #kept: KeptSummaries
  /** Definitions never change; those of studies that are written to would be decoded again and again. */
  readonly #definitions = new Map<string, { readonly text: string; readonly definition: StudyDefinition }>()

  constructor(library: string, options: OverviewOptions) {
    this.#library = library
    this.#options = options
    this.#kept = new KeptSummaries(options.cacheFolder ?? null, library, options.applicationVersion)
  }

  /**
   * The summaries, last used first, each as soon as it is known that none comes before it.
   * @param names folders in the library; those without a study are left out
   * @param live the summary of a study that is open here, by its folder
   */
  async *list(
    names: readonly string[],
    live: (folder: string) => StudySummary | undefined,
  ): AsyncGenerator<StudySummary, void> {
    await this.#kept.load()
    const turn = createTurn()
    const studies: { readonly name: string; readonly usedAtMs: number }[] = []
    for (const name of names) {
      const files = filesOf(studyPaths(join(this.#library, name)))
      if (files === null) continue
      // No study was used later than its database was written to.
      studies.push({ name, usedAtMs: this.#kept.usedAtMs(name, files) ?? files.writtenAtMs })
      await turn()
    }
    studies.sort((a, b) => b.usedAtMs - a.usedAtMs)
    let waiting: StudySummary[] = []
    for (const [index, { name }] of studies.entries()) {
      const folder = join(this.#library, name)
      const summary = live(folder) ?? (await this.of(folder))
      waiting.splice(placeOf(summary.updatedAtMs, waiting), 0, summary)
      const known = placeOf(studies[index + 1]?.usedAtMs ?? -Infinity, waiting)
      yield* waiting.slice(0, known)
      if (known > 0) waiting = waiting.slice(known)
      await turn()
    }
    await this.#kept.save(studies.map(({ name }) => name))
  }

  /** A study that cannot be read is listed as such, and hides no other. */
  async of(folder: string): Promise<StudySummary> {
    const id = basename(folder)
    try {
      const paths = studyPaths(folder)
      const files = filesOf(paths)
      const kept = (files && this.#kept.of(id, files)) ?? (await this.#read(folder, files))
      const { summary, wanted, workers } = kept
      // Whoever writes to a study has its database open.
      const locked = (files?.inUse ?? true) && isWriterLocked(paths.lock)
      const folderProtected = !mayWriteTo(paths)
      return {
        ...summary,
        id,
        folder,
        workers: 0,
        state: locked ? summary.state : abandoned(summary.state),
        readOnly: locked || folderProtected,
        ...(locked && readBackgroundRecord(paths) !== null && { inBackground: true as const }),
        folderProtected,
        databaseHeld: false,
        waitsFor: null,
        timeLeftMs: null,
        workersWanted: wanted ?? workersInAll(workers, this.#options.devices.machine),
        confirming: false,
      }
    } catch (error) {
      return unreadable(id, folder, error)
    }
  }

  async #read(folder: string, files: StudyFiles | null): Promise<Omit<KeptSummary, 'stamp'>> {
    const paths = studyPaths(folder)
    const { clock } = this.#options
    const store = StudyStore.openReadOnly(paths.database, clock)
    try {
      const record = store.study()
      const { name, state, elapsedMs, sleptMs, createdAtMs, updatedAtMs } = record
      const definition = await this.#definition(folder, record.definition, store.file)
      const { uncounted, ...sums } = store.sums()
      const { trials } = definition.budget
      const { workers, network } = studyWorkers(definition, record)
      const read = {
        summary: {
          ...sums,
          name,
          state,
          elapsedMs,
          sleptMs,
          createdAtMs,
          updatedAtMs,
          trialBudget: trials === undefined ? null : trials + uncounted,
          metric: shownObjective(definition),
          network: definition.network.type,
          networkBytes: networkBytesIn(paths.networks),
          diskBytes: diskBytesOf(folder),
          labels: record.labels,
          dataset: definition.dataset.name,
          optimiser: definition.optimiser.type,
          confirmed: latestConfirmed(store.confirmations().reverse(), shownObjective(definition)),
          dataWarnings: [...suspicionsOfStudy(store.dataCards())],
        },
        wanted: record.workers,
        workers: { workers, network: { type: network.type } },
      }
      if (files !== null) {
        this.#kept.keep(basename(folder), read, { before: files, after: filesOf(paths), nowMs: clock.now() })
      }
      return read
    } finally {
      store.close()
    }
  }

  async #definition(folder: string, text: string, source: string): Promise<StudyDefinition> {
    const known = this.#definitions.get(folder)
    if (known?.text === text) return known.definition
    const definition = await this.#options.decode(text, source, 'stored')
    this.#definitions.set(folder, { text, definition })
    return definition
  }
}

/** What a list says of a study that cannot be read. */
export const unreadable = (id: string, folder: string, error: unknown): StudySummary => ({
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
  network: 'diehl-cook',
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
  diskBytes: 0,
  labels: noLabels,
  dataset: '',
  optimiser: '',
  silent: 0,
  confirmed: null,
  confirming: false,
  dataWarnings: [],
  createdAtMs: 0,
  updatedAtMs: 0,
})
