import { dirname, resolve } from 'node:path'
import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { LabelChange } from '../../src-core/library/studyLabels.ts'
import type { StudyChange, StudySummary } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { systemClock } from '../scheduler/clock.ts'
import { patiently } from '../storage/held.ts'
import type { StudyReading } from '../studies/studyReading.ts'
import type { Fork, ImportWatch, ImportWords, ImportedStudy, OpenStudy, StudyLibrary } from '../studies/studyService.ts'

/** Does this application train for the study, or let its last trials finish? What others run is no work of ours. */
export const isBusy = ({ state, readOnly, confirming }: StudySummary): boolean =>
  !readOnly && (confirming || state.kind === 'running' || state.kind === 'draining')

/** What is told of the studies that are open. */
interface OpenStudiesListener {
  readonly changed: (change: StudyChange, inView: boolean) => void
  readonly confirmed: (folder: string, confirmation: Confirmation) => void
  /** Another study is in view now; this one may still run. */
  readonly left: (folder: string) => void
  readonly closed: (folder: string) => void
  /** Another process runs the study in view now, or no longer does: it is to be opened anew. */
  readonly movedOver: (folder: string) => void
  /** What a person asked for waits until another program lets go of the database. */
  readonly held: (message: string) => void
}

interface Entry {
  readonly study: OpenStudy
  readonly unsubscribe: () => void
  summary: StudySummary
}

/**
 * The studies that this application holds open: the one in view, and those that run. Any other is closed, so that
 * its lock is free for another application. A study outside the library opens only when the main process named its
 * folder first (command line, dialog, an earlier run): the page cannot make up paths.
 */
export class OpenStudies {
  #library: StudyLibrary
  readonly #listener: OpenStudiesListener
  readonly #entries = new Map<string, Entry>()
  readonly #opening = new Map<string, Promise<Entry>>()
  readonly #named: Set<string>
  /** Studies that are on their way to another process, by folder: whoever asks for one waits. */
  readonly #leaving = new Map<string, Promise<void>>()
  /** Folders of those that an experiment needs open. */
  readonly #held = new Set<string>()
  #inView: string | null = null

  constructor(library: StudyLibrary, namedFolders: readonly string[], listener: OpenStudiesListener) {
    this.#library = library
    this.#named = new Set(namedFolders)
    this.#listener = listener
  }

  get library(): StudyLibrary {
    return this.#library
  }

  /** Lists another library from now on. What runs here goes on and stays listed; the study in view is left. */
  async useLibrary(library: StudyLibrary): Promise<void> {
    // By their folders they are reached as before.
    for (const folder of this.#entries.keys()) this.name(folder)
    this.#library = library
    const before = this.#inView === null ? undefined : this.#entries.get(this.#inView)
    this.#inView = null
    if (before === undefined) return
    this.#listener.left(before.study.folder)
    await this.#closeUnlessNeeded(before)
  }

  /** Changes what a person says of a study, open or not. @throws SpiketuneError labels-invalid, study-read-only */
  async label(idOrFolder: string, change: LabelChange): Promise<StudySummary> {
    const known = this.#find(idOrFolder)
    return this.#patiently(() =>
      known === undefined || known.study.readOnly
        ? this.#library.label(this.folderOf(idOrFolder), change)
        : known.study.label(change),
    )
  }

  /** Writes a person's line into the log book of a study, open or not. */
  async writeLog(idOrFolder: string, text: string): Promise<void> {
    const known = this.#find(idOrFolder)
    await this.#patiently(async () => {
      if (known === undefined || known.study.readOnly) await this.#library.writeLog(this.folderOf(idOrFolder), text)
      else known.study.writeLog('noted', text)
    })
  }

  /** Has a study moved to a bin; one in view is closed first. @throws SpiketuneError study-in-use */
  async remove(idOrFolder: string, bin: (folder: string) => Promise<void>): Promise<void> {
    const folder = this.folderOf(idOrFolder)
    const entry = this.#find(folder)
    if (entry !== undefined) {
      if (isBusy(entry.study.summary())) {
        throw new SpiketuneError('study-in-use', `${entry.study.id} is running. Pause it, then delete it.`)
      }
      if (this.#inView === folder) this.#inView = null
      await this.#close(entry)
    }
    await this.#library.remove(folder, bin)
  }

  /** Lets the page open the study of this id or folder. */
  name(idOrFolder: string): void {
    this.#named.add(idOrFolder)
  }

  /**
   * Lets a process in the background go on with a study that runs here: it is paused, closed, and started there.
   * @param launch resolves when it runs there @throws SpiketuneError not-in-background where it does not run; what `launch` throws: it is paused then
   */
  async leave(idOrFolder: string, launch: (study: OpenStudy) => Promise<unknown>): Promise<void> {
    const entry = await this.#obtain(idOrFolder)
    const { study } = entry
    const { folder, state, readOnly } = study.summary()
    if (readOnly || state.kind !== 'running') {
      throw new SpiketuneError('not-in-background', `${study.id} does not run here: there is nothing to leave.`)
    }
    if (this.#held.has(folder)) {
      throw new SpiketuneError(
        'not-in-background',
        `${study.id} is a study of an experiment that runs here. Pause the experiment, then leave the study or go on with the experiment in a terminal.`,
      )
    }
    const leaving = this.#close(entry).then(async () => {
      await launch(study)
    })
    this.#leaving.set(
      folder,
      leaving.catch(() => undefined),
    )
    try {
      await leaving
    } finally {
      this.#leaving.delete(folder)
      if (folder === this.#inView) this.#listener.movedOver(folder)
    }
  }

  /** The studies of the library, and those open from elsewhere. */
  async list(): Promise<StudySummary[]> {
    const listed: StudySummary[] = []
    for await (const summary of this.#library.list((folder) => this.#entries.get(folder)?.summary)) listed.push(summary)
    const known = new Set(listed.map(({ folder }) => folder))
    const elsewhere = [...this.#entries.values()]
      .map(({ summary }) => summary)
      .filter(({ folder }) => !known.has(folder))
    // What is open may have changed since it was listed.
    return [...listed.map((summary) => this.#entries.get(summary.folder)?.summary ?? summary), ...elsewhere]
  }

  /** Studies that train right now, or let their last trials finish. */
  get busy(): OpenStudy[] {
    return [...this.#entries.values()].filter(({ summary }) => isBusy(summary)).map(({ study }) => study)
  }

  /** Those of them that a process in the background can go on with: not what lets its last trials finish, nor what an experiment runs. */
  get leavable(): OpenStudy[] {
    return this.busy.filter((study) => study.summary().state.kind === 'running' && !this.#held.has(study.folder))
  }

  get inView(): OpenStudy | null {
    return this.#inView === null ? null : (this.#entries.get(this.#inView)?.study ?? null)
  }

  /** Creates a study and makes it the one in view. */
  async create(definition: StudyDefinition, source: string, fork: Fork | null = null): Promise<OpenStudy> {
    const entry = this.#add(await this.#library.create(definition, source, fork))
    await this.#moveView(entry)
    return entry.study
  }

  /** Makes a study of an evaluation log or a network, and makes it the one in view. */
  async importLog(file: string, words: ImportWords | null, watch: ImportWatch): Promise<ImportedStudy> {
    const imported = await this.#library.importLog(file, words, watch)
    await this.#moveView(this.#add(imported.study))
    return imported
  }

  /**
   * Opens a study and makes it the one in view; a study that another application wrote to is opened afresh, since
   * that application may be gone. @throws SpiketuneError of the library, or study-not-found
   */
  async view(idOrFolder: string): Promise<OpenStudy> {
    const known = this.#find(idOrFolder)
    if (known?.study.readOnly === true && known.summary.inBackground === undefined) await this.#close(known)
    const entry = await this.#obtain(idOrFolder)
    await this.#moveView(entry)
    return entry.study
  }

  /**
   * Does something with a study, in view or not; again, where another program holds its database. @throws what `action` throws, SpiketuneError of the library, or
   * study-not-found
   */
  async use<Result>(idOrFolder: string, action: (study: OpenStudy) => Result | Promise<Result>): Promise<Result> {
    const entry = await this.#obtain(idOrFolder)
    try {
      return await this.#patiently(() => action(entry.study))
    } finally {
      await this.#closeUnlessNeeded(entry)
    }
  }

  /** The folder of a study that the page may name, whether it is there or not. @throws SpiketuneError study-not-found */
  folderOf(idOrFolder: string): string {
    const known = this.#find(idOrFolder)
    if (known !== undefined) return known.study.folder
    const folder = resolve(this.#library.folder, idOrFolder)
    if (dirname(folder) !== this.#library.folder && !this.#named.has(idOrFolder)) {
      throw new SpiketuneError('study-not-found', `There is no study "${idOrFolder}" in ${this.#library.folder}.`)
    }
    return folder
  }

  /** Reads a study as it is stored, whoever writes to it, and opens and closes nothing. @throws SpiketuneError of the library, or study-not-found */
  async read(idOrFolder: string): Promise<StudyReading> {
    return this.#library.read(this.folderOf(idOrFolder), false)
  }

  /** Takes a new study of an experiment, which is not shown; it stays open until it is let go. */
  async createHeld(made: Promise<OpenStudy>): Promise<OpenStudy> {
    const { study } = this.#add(await made)
    this.#held.add(study.folder)
    return study
  }

  /** Opens a study, whichever library is listed now; it stays open until it is let go. @throws SpiketuneError of the library */
  async hold(folder: string): Promise<OpenStudy> {
    const { study } = this.#find(folder) ?? (await this.#openOnce(folder))
    this.#held.add(study.folder)
    return study
  }

  async letGo(study: OpenStudy): Promise<void> {
    this.#held.delete(study.folder)
    const entry = this.#entries.get(study.folder)
    if (entry !== undefined) await this.#closeUnlessNeeded(entry)
  }

  /** What is known of the study in a folder, open or not. @throws SpiketuneError study-not-found */
  async summary(folder: string): Promise<StudySummary> {
    return this.#find(folder)?.summary ?? this.#library.summary(folder)
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => this.#close(entry)))
  }

  #patiently<Result>(action: () => Result | Promise<Result>): Promise<Result> {
    return patiently(systemClock, action, ({ message }) => {
      this.#listener.held(message)
    })
  }

  #find(idOrFolder: string): Entry | undefined {
    return [...this.#entries.values()].find(({ study }) => study.folder === idOrFolder || study.id === idOrFolder)
  }

  async #obtain(idOrFolder: string): Promise<Entry> {
    const entry = this.#find(idOrFolder)
    if (entry !== undefined) return entry
    const folder = this.folderOf(idOrFolder)
    await this.#leaving.get(folder)
    return this.#openOnce(folder)
  }

  /** Two calls for the same study must not compete for its lock. */
  #openOnce(folder: string): Promise<Entry> {
    const underWay = this.#opening.get(folder)
    if (underWay !== undefined) return underWay
    const opening = this.#patiently(() => this.#library.open(folder))
      .then((study) => this.#add(study))
      .finally(() => this.#opening.delete(folder))
    this.#opening.set(folder, opening)
    return opening
  }

  #add(study: OpenStudy): Entry {
    const entry: Entry = {
      study,
      summary: study.summary(),
      unsubscribe: () => {
        for (const end of subscriptions) end()
      },
    }
    const subscriptions = [
      study.subscribe((change) => {
        const hasEnded = entry.summary.inBackground === true && change.summary.inBackground !== true
        entry.summary = change.summary
        const { state } = change.summary
        if (state.kind === 'error' && state.rescuedTo !== undefined) this.name(state.rescuedTo)
        this.#listener.changed(change, study.folder === this.#inView)
        // After it was told: a change of the study as it was must not come after the study opened anew.
        if (hasEnded) void this.#reopen(entry)
      }),
      study.subscribeToConfirmations((confirmation) => {
        this.#listener.confirmed(study.folder, confirmation)
      }),
    ]
    this.#entries.set(study.folder, entry)
    return entry
  }

  /** The process that ran it has ended: it is one like any other now. */
  async #reopen(entry: Entry): Promise<void> {
    const { folder } = entry.study
    await this.#close(entry)
    if (folder === this.#inView) this.#listener.movedOver(folder)
  }

  async #moveView(entry: Entry): Promise<void> {
    const left = this.#inView
    this.#inView = entry.study.folder
    if (left === null || left === this.#inView) return
    this.#listener.left(left)
    const before = this.#entries.get(left)
    if (before !== undefined) await this.#closeUnlessNeeded(before)
  }

  /** Closes a study that nobody looks at: now, or when its last trial has ended. */
  async #closeUnlessNeeded(entry: Entry): Promise<void> {
    const { study } = entry
    if (study.folder === this.#inView || this.#held.has(study.folder) || this.#entries.get(study.folder) !== entry)
      return
    // Asked of the study itself: what it told last may be older than what it has just settled to.
    if (isBusy(study.summary())) void study.settled().then(() => this.#closeUnlessNeeded(entry))
    else await this.#close(entry)
  }

  async #close(entry: Entry): Promise<void> {
    const { study, unsubscribe } = entry
    // Two reasons to close can meet; the second finds the study gone.
    if (this.#entries.get(study.folder) !== entry) return
    this.#entries.delete(study.folder)
    unsubscribe()
    this.#listener.closed(study.folder)
    await study.close()
  }
}
