import { z } from 'zod'
import type { ImportProgress } from '../../src-core/contracts/window/importCalls.ts'
import type { StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import type { ComparedStudyName } from '../../src-core/contracts/window/compareCalls.ts'
import type { PresetInfo, Settings, Theme, WireError } from '../../src-core/contracts/window.ts'
import type { StudyChange, StudySummary } from '../../src-core/progress/readModel.ts'
import { checkSentence, damageSummary } from '../../src-core/progress/damageText.ts'
import type { Estimate } from '../../src-core/study/estimate.ts'
import type { Reason } from '../../src-core/progress/whyThisPoint.ts'
import { call, listen } from '../bridge/bridge.ts'
import { ComparedStudies } from '../compareStudies/comparedStudies.svelte.ts'
import { availability, type StudyAction } from '../trials/actions.ts'
import { formatDuration } from '../trials/format.ts'
import { type Draft, draftSchema } from '../editor/draft.ts'
import { applyChange, keepUnchanged, mergeSummary, type StudyView, viewOf } from '../trials/studyView.ts'
import { Experiments } from './experiments.svelte.ts'
import { Library } from './library.svelte.ts'
import { LongStarts } from './longStarts.svelte.ts'
import { flushPreferences, loadPreferences, preference } from './preferences.svelte.ts'
import { RepeatedLooks } from './repeatedLooks.ts'
import { tellExported, tellSaved } from './savedFiles.ts'
import { Toasts } from './toasts.svelte.ts'

const failureTitles = {
  pauseStudy: 'The study could not be paused.',
  resumeStudy: 'The study could not be started.',
  pauseStudyNow: 'The study could not be paused.',
  leaveStudy: 'The study could not be left to the background.',
  exportBest: 'The export failed.',
} as const satisfies Record<StudyAction, string>

/** A page that is hidden while it waits for its next frame waits no longer. */
const longestFrameMs = 5000

/** The dialogs over the window, one at a time. */
type SessionDialog =
  | 'none'
  | 'new-study'
  | 'replace-draft'
  | 'workers'
  | 'commands'
  | 'shortcuts'
  | 'glossary'
  | 'cache'
  | 'tour'
  | 'log-book'

/** Where the window is. The editor is shown while there is a draft; a study while one is in view. */
type Place = 'study' | 'editor' | 'library' | 'comparison'

/** A definition to open in the editor. */
type NewDraft = Pick<Draft, 'yaml' | 'source'> & Partial<Draft>

/**
 * What the window knows: the main process's facts, and what the person chose. Everything else that is shown is derived
 * from these.
 */
export class Session {
  summaries = $state.raw<readonly StudySummary[]>([])
  presets = $state.raw<readonly PresetInfo[]>([])
  settings = $state.raw<Settings>({ theme: 'system', recentStudies: [] })
  view = $state.raw<StudyView | null>(null)
  selectedTrial = $state<number | null>(null)
  /** False until the first list of studies has come, so that no "no studies" flashes. */
  loaded = $state(false)
  /** Folder of the study that is being opened. */
  opening = $state<string | null>(null)
  /** A start of a study or a command is under way. */
  busy = $state(false)
  #shown = $state.raw<{ readonly dialog: SessionDialog }>({ dialog: 'none' })
  sidebarShown = $state(true)
  /** The definition that is being written; null: none is. */
  draft = $state.raw<Draft | null>(null)
  /** What would take the place of the draft; the dialog asks. */
  offered = $state.raw<NewDraft | null>(null)
  place = $state<Place>('study')
  /** The studies as the library shows them; null until what was remembered of it is read. */
  library = $state.raw<Library | null>(null)
  /** The studies that are compared, or were; null: none. */
  compared = $state.raw<ComparedStudies | null>(null)
  /** Changes with every definition that is opened: the editor begins anew. */
  editorKey = $state(0)
  readonly toasts = new Toasts()
  readonly starts = new LongStarts()
  readonly experiments = new Experiments(this.toasts)
  #keptDraft = preference('setup.draft', draftSchema.nullable(), null)
  #savedYaml: string | null = null
  #damageToast = -1
  /** How far an import is that takes a while; null: none does. */
  importing = $state.raw<ImportProgress | null>(null)
  #isImporting = false
  /** Changes came that are not shown yet. */
  #isShowing = false
  /** Lists asked for, and the latest of them that is shown. */
  #asked = 0
  #listed = 0
  /** Other applications run studies of the library too. */
  readonly #looks = new RepeatedLooks({
    // What goes wrong is said when the person comes back to the window, not again and again.
    look: async () => void (await Promise.all([this.#readList(), this.experiments.read()])),
    isVisible: () => !document.hidden,
    nowMs: () => performance.now(),
    schedule: (action, delayMs) => {
      const timer = setTimeout(action, delayMs)
      return () => {
        clearTimeout(timer)
      }
    },
  })

  /** Set by whoever knows the commands (shell/commands.ts), which need the session themselves. */
  chooseCommand: (id: string) => void = () => undefined

  /** Something is in training here: what is measured meanwhile is slower than it would be alone. */
  get occupied(): boolean {
    return this.summaries.some(({ state }) => state.kind === 'running' || state.kind === 'draining')
  }

  get dialog(): SessionDialog {
    return this.#shown.dialog
  }
  set dialog(dialog: SessionDialog) {
    this.#shown = { dialog }
  }
  /** Changes whenever a dialog is asked for: it is shown anew, though the one before may not have told yet that it was closed. */
  get dialogKey(): object {
    return this.#shown
  }

  /** Begins to listen and loads what is there. Returns what ends it. */
  connect(): () => void {
    const failed = (error: Parameters<Toasts['showError']>[1]): void => {
      this.toasts.showError('Something unexpected came from Spiketune.', error)
    }
    const unlisten = [
      this.experiments.connect(failed),
      listen(
        'studyChanged',
        (change) => {
          this.#change(change)
          this.#tellWhenShown()
        },
        failed,
      ),
      listen('studyMovedOver', ({ folder }) => void this.#openAnew(folder), failed),
      listen(
        'hookFailed',
        ({ message }) => {
          this.toasts.showNotice('A program that the study names', message)
        },
        failed,
      ),
      listen('studyRequested', ({ id }) => void this.open(id), failed),
      listen('fileRequested', () => void this.#takeFile(), failed),
      listen(
        'menuItemChosen',
        ({ item }) => {
          this.chooseCommand(item)
        },
        failed,
      ),
      listen(
        'settingsChanged',
        (settings) => {
          this.settings = settings
        },
        failed,
      ),
      listen(
        'importProgress',
        (progress) => {
          // Facts may come after the answer that they led to.
          if (this.#isImporting) this.importing = progress
        },
        failed,
      ),
      listen(
        'deviceNoticed',
        ({ notice }) => {
          this.toasts.showNotice('Devices', notice)
        },
        failed,
      ),
      listen(
        'databaseHeld',
        ({ message }) => {
          this.toasts.showNotice('Waiting for the database', message)
        },
        failed,
      ),
    ]
    void call('changesShown', null)
    // What was changed last must not be lost with the page.
    const flush = (): void => void flushPreferences()
    window.addEventListener('pagehide', flush)
    const look = (): void => {
      this.#looks.visibilityChanged()
    }
    document.addEventListener('visibilitychange', look)
    void this.#load()
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', look)
      this.#looks.end()
      for (const end of unlisten) end()
    }
  }

  /** Reads the list again: other applications may have made or changed studies meanwhile. */
  async refresh(): Promise<void> {
    void this.experiments.read()
    const error = await this.#readList()
    if (error !== null) this.toasts.showError('The list of studies could not be read.', error)
  }

  /** Shows another place; a study that is being opened comes into view later, and not over it. */
  goTo(place: Place): void {
    this.opening = null
    this.place = place
  }

  /** Shows two to thirty studies side by side. @param studies by folder; `group`: null where it is grouped by its definition */
  compareStudies(studies: readonly ComparedStudyName[]): void {
    this.compared = new ComparedStudies(studies)
    this.goTo('comparison')
  }

  async open(idOrFolder: string): Promise<void> {
    if (this.place === 'editor') this.place = 'study'
    this.opening = idOrFolder
    const answer = await call('openStudy', { id: idOrFolder })
    // Another study may have been chosen while this one was read.
    if (this.opening !== idOrFolder) return
    this.opening = null
    if (!answer.ok) {
      this.toasts.showError('The study could not be opened.', answer.error)
      return
    }
    if (this.view?.summary.folder !== answer.value.summary.folder) this.selectedTrial = null
    this.view = viewOf(answer.value)
    this.place = 'study'
    this.#offerTour()
    this.summaries = mergeSummary(this.summaries, answer.value.summary)
    void this.#verify(answer.value.summary.folder)
  }

  /** Studies as they are now, which the main process answered with. */
  take(changed: readonly StudySummary[]): void {
    for (const summary of changed) this.#change({ summary, trials: [] })
  }

  /** These studies are there no longer. */
  forget(folders: readonly string[]): void {
    this.summaries = this.summaries.filter(({ folder }) => !folders.includes(folder))
    if (this.view !== null && folders.includes(this.view.summary.folder)) this.view = null
  }

  /** Another library is listed: what was in view belongs to the one before. */
  async libraryChanged(): Promise<void> {
    this.opening = null
    this.view = null
    this.summaries = []
    await this.refresh()
  }

  /** Why the optimiser asked for a trial; empty when nothing is known of it. */
  async explain(folder: string, number: number): Promise<readonly Reason[]> {
    const answer = await call('explainTrial', { id: folder, number })
    if (answer.ok) return answer.value
    this.toasts.showError('The reasons for a trial could not be read.', answer.error)
    return []
  }

  /** Starts a preset as it is; what takes days is asked for first. */
  async startPreset(preset: string): Promise<void> {
    if (this.presets.find(({ name }) => name === preset)?.lasts === 'days') {
      const answer = await call('readPreset', { preset })
      if (!answer.ok) {
        this.toasts.showError('The preset could not be read.', answer.error)
        return
      }
      const edit = (): void => this.openEditor(answer.value)
      const { yaml, origin } = answer.value
      const asked = { name: preset, written: { yaml, origin }, estimate: null, knownLong: true, edit }
      if (!(await this.starts.allow(asked))) return
    }
    await this.#start(() => call('startPreset', { preset }))
  }

  /** Opens a definition in the editor, in the place of a draft that is there. */
  openEditor(draft: NewDraft): void {
    this.dialog = 'none'
    this.offered = null
    this.draft = { origin: null, fork: null, base: null, changed: false, ...draft }
    this.#keptDraft.value = this.draft
    this.place = 'editor'
    this.editorKey += 1
  }

  /** Opens the definition of a file: asks first where the changes of a draft would be lost. */
  offerDraft(draft: NewDraft): void {
    if (this.draft?.changed !== true || this.draft.yaml === this.#savedYaml) this.openEditor(draft)
    else {
      this.offered = draft
      this.dialog = 'replace-draft'
    }
  }

  /** The draft is in a file as it is now: its changes cannot be lost. */
  draftSaved(yaml: string): void {
    this.#savedYaml = yaml
  }

  /** The draft outlives the window. */
  keepDraft(yaml: string, name: string | undefined): void {
    if (this.draft === null || (this.draft.yaml === yaml && this.draft.name === name)) return
    this.draft = { ...this.draft, yaml, name, changed: this.draft.changed || this.draft.yaml !== yaml }
    const kept = draftSchema.nullable().safeParse(this.draft)
    if (kept.success) this.#keptDraft.value = kept.data
  }

  /** Back to the study in view; a draft that is not worth keeping goes. */
  closeEditor(keep: boolean): void {
    if (keep) this.place = 'study'
    else this.discardDraft()
  }

  discardDraft(): void {
    this.draft = null
    if (this.place === 'editor') this.place = 'study'
    this.#keptDraft.value = null
  }

  async editPreset(preset: string): Promise<void> {
    const answer = await call('readPreset', { preset })
    if (answer.ok) this.openEditor(answer.value)
    else this.toasts.showError('The preset could not be read.', answer.error)
  }

  /** Asks for a YAML file and opens it in the editor, right or wrong. */
  async editFile(): Promise<void> {
    this.dialog = 'none'
    const answer = await call('chooseDefinition', null)
    if (!answer.ok) this.toasts.showError('The definition could not be read.', answer.error)
    else if (answer.value !== null) await this.#take(answer.value)
  }

  /** Opens a definition in the editor; an experiment goes to the library instead. */
  async #take(file: NewDraft & { readonly origin: string }): Promise<void> {
    const { isExperimentText } = await import('../../src-core/experiment/isExperiment.ts')
    if (!isExperimentText(file.yaml)) this.offerDraft(file)
    else if (await this.experiments.add(file.origin)) this.goTo('library')
  }

  /** Runs a preset of an experiment, and shows it in the library. */
  async startExperiment(preset: string): Promise<void> {
    this.dialog = 'none'
    if (await this.experiments.start(preset)) this.goTo('library')
  }

  /** Makes a study of a draft, or a fork of one, and shows it. @param estimate of the draft as it is; null: it has to be measured */
  async createStudy(draft: Draft, start: boolean, estimate: Estimate | null = null): Promise<void> {
    const { yaml, origin, name = draft.source } = draft
    const asked = { name, written: { yaml, origin }, estimate, knownLong: false, edit: null }
    if (start && !(await this.starts.allow(asked))) return
    await this.#create(draft, start, () => {
      this.discardDraft()
    })
  }

  /** Makes a study of a definition that was exported, and starts it; a draft stays. */
  async runSaved(place: string): Promise<void> {
    const answer = await call('openSaved', { place })
    if (!answer.ok) {
      this.toasts.showError('The exported definition could not be read.', answer.error)
      return
    }
    const { yaml, origin, source } = answer.value
    const edit = (): void => this.offerDraft(answer.value)
    const asked = { name: source, written: { yaml, origin }, estimate: null, knownLong: false, edit }
    if (await this.starts.allow(asked)) await this.#create({ yaml, origin, fork: null }, true)
  }

  async #create(
    { yaml, origin, fork }: Pick<Draft, 'yaml' | 'origin' | 'fork'>,
    start: boolean,
    created: () => void = () => undefined,
  ): Promise<void> {
    if (this.busy) return
    this.busy = true
    const answer =
      fork === null
        ? await call('createStudy', { yaml, origin, start })
        : await call('forkStudy', { id: fork, definition: yaml, copyTrials: true, start })
    this.busy = false
    if (!answer.ok) {
      this.toasts.showError('The study could not be created.', answer.error)
      return
    }
    created()
    await this.open(answer.value.summary.folder)
    const problem = 'problem' in answer.value ? answer.value.problem : null
    if (problem !== null) this.toasts.showError('The study was created, and could not be started.', problem)
  }

  /** Opens a definition that was dropped on the window in the editor. */
  async openDropped(file: string): Promise<void> {
    const answer = await call('openDefinition', { file })
    if (answer.ok) await this.#take(answer.value)
    else this.toasts.showError('The definition could not be read.', answer.error)
  }

  /** Opens the file that the application was started with, as a dropped one. */
  async #takeFile(): Promise<void> {
    const answer = await call('takeFile', null)
    if (!answer.ok || answer.value === null) return
    const { file, kind } = answer.value
    await (kind === 'log' ? this.importLog(file) : this.openDropped(file))
  }

  /** Makes a study of an evaluation log or a network: of the file that was dropped, else of one that the person chooses. */
  async importLog(file: string | null = null): Promise<void> {
    let notes: readonly string[] = []
    await this.#start(async () => {
      this.#isImporting = true
      const answer = file === null ? await call('importLog', null) : await call('importFile', { file })
      this.#isImporting = false
      this.importing = null
      if (!answer.ok) return answer
      notes = answer.value?.notes ?? []
      return { ok: true, value: answer.value?.summary ?? null }
    }, 'The file could not be imported.')
    if (notes.length > 0) this.toasts.showSuccess('The file was imported.', notes.join(' '))
  }

  /** Calls off what is being imported. */
  cancelImport(): void {
    void call('cancelImport', null)
  }

  /** Pauses, resumes, stops or exports the study in view, if that applies; stopping is confirmed first. */
  async act(action: StudyAction): Promise<void> {
    const { view } = this
    if (view === null || this.busy) return
    const { folder } = view.summary
    const available = availability(view.summary)[action]
    if (!available.possible) {
      this.toasts.showError(failureTitles[action], { code: 'not-possible', message: available.reason })
      return
    }
    this.dialog = 'none'
    if (action === 'resumeStudy' && !(await this.#allowsFirstStart(view))) return
    this.busy = true
    if (action === 'exportBest') await this.#export(folder)
    else if (action === 'leaveStudy') await this.#leave(folder)
    else await this.#command(action, folder)
    this.busy = false
  }

  /** What has run before was asked for then. */
  async #allowsFirstStart({ summary, definitionYaml: yaml }: StudyView): Promise<boolean> {
    if (summary.state.kind !== 'new') return true
    const asked = { name: summary.name, written: { yaml, origin: null }, estimate: null, knownLong: false, edit: null }
    return (await this.starts.allow(asked)) && this.view?.summary.folder === summary.folder
  }

  /** Looks at everything that is stored of the study in view. */
  async checkStudy(): Promise<void> {
    const folder = this.view?.summary.folder
    if (folder === undefined) return
    const answer = await this.toasts.showWhile(
      'Checking…',
      'Everything that is stored is read, the networks too.',
      call('checkStudy', { id: folder }),
    )
    if (!answer.ok) this.toasts.showError('The study could not be checked.', answer.error)
    else if (answer.value.damage.length > 0) this.#warn(answer.value)
    else this.toasts.showSuccess('What is stored is what was written.', checkSentence(answer.value))
  }

  /** Writes the study in view into one file, which the person chooses. */
  async backUp(): Promise<void> {
    const folder = this.view?.summary.folder
    if (folder === undefined) return
    const answer = await this.toasts.showWhile(
      'Backing up…',
      'Everything that is stored is written to the file that you choose, and checked there.',
      call('backUpStudy', { id: folder }),
    )
    if (!answer.ok) this.toasts.showError('The study could not be backed up.', answer.error)
    else if (answer.value !== null) {
      tellSaved(this.toasts, 'Backed up.', answer.value, checkSentence(answer.value.check))
      this.#warn(answer.value.check)
    }
  }

  /** Says what is damaged; without end, until the person has seen it. */
  #warn({ damage }: StudyCheck): void {
    if (damage.length === 0) return
    const lines = damageSummary(damage)
    const named = lines.slice(0, 5)
    const more = lines.length > named.length ? [`and ${lines.length - named.length} more`] : []
    const message = [...named, ...more].join('\n')
    // What is known now takes the place of what was known before.
    this.toasts.dismiss(this.#damageToast)
    this.#damageToast = this.toasts.showError('Damaged: not what was written. Damaged trials are left out.', {
      code: 'damaged',
      message,
    })
  }

  /** Opens the folder of the study in view where the system shows folders. */
  async showStudyFolder(): Promise<void> {
    const folder = this.view?.summary.folder
    if (folder === undefined) return
    const answer = await call('showStudyFolder', { id: folder })
    if (!answer.ok) this.toasts.showError('The folder could not be shown.', answer.error)
  }

  async #verify(folder: string): Promise<void> {
    const answer = await call('verifiedStudy', { id: folder })
    if (!answer.ok) this.toasts.showError('What is stored could not be checked.', answer.error)
    else if (this.view?.summary.folder === folder) this.#warn(answer.value)
  }

  /** The first study that comes into view brings the tour: before it there is little to see. */
  #offerTour(): void {
    if (this.dialog === 'none' && !preference('tour.seen', z.boolean(), false).value) this.dialog = 'tour'
  }

  endTour(): void {
    this.dialog = 'none'
    preference('tour.seen', z.boolean(), false).value = true
  }

  toggleSidebar(): void {
    this.sidebarShown = !this.sidebarShown
  }

  /** Sets how many networks of the study in view are trained at the same time. */
  async setWorkers(workers: number): Promise<void> {
    if (this.view === null) return
    const answer = await call('setWorkers', { id: this.view.summary.folder, workers })
    if (answer.ok) this.#change({ summary: answer.value, trials: [] })
    else this.toasts.showError('The number of workers could not be changed.', answer.error)
  }

  async setTheme(theme: Theme): Promise<void> {
    const answer = await call('writeTheme', { theme })
    if (answer.ok) this.settings = answer.value
    else this.toasts.showError('The theme could not be kept.', answer.error)
  }

  /** Once for all changes that came together. A page that nobody sees has no frames. */
  #tellWhenShown(): void {
    if (this.#isShowing) return
    this.#isShowing = true
    const told = (): void => {
      if (!this.#isShowing) return
      this.#isShowing = false
      void call('changesShown', null)
    }
    // The frame after the one that shows the change begins when that is drawn.
    requestAnimationFrame(() => requestAnimationFrame(told))
    setTimeout(told, document.hidden ? 0 : longestFrameMs)
  }

  /** An answer that a later one has overtaken is out of date. */
  async #readList(): Promise<WireError | null> {
    const asked = (this.#asked += 1)
    const answer = await call('listStudies', null)
    if (!answer.ok) return answer.error
    if (asked > this.#listed) {
      this.#listed = asked
      this.summaries = keepUnchanged(this.summaries, answer.value)
    }
    return null
  }

  async #load(): Promise<void> {
    const [settings, presets, initial] = await Promise.all([
      call('readSettings', null),
      call('listPresets', null),
      call('initialStudy', null),
      this.refresh(),
      loadPreferences(),
    ])
    // Preferences are read by now.
    this.#keptDraft = preference('setup.draft', draftSchema.nullable(), null)
    this.draft = this.#keptDraft.value
    this.library = new Library(this)
    if (settings.ok) this.settings = settings.value
    if (presets.ok) this.presets = presets.value
    else this.toasts.showError('The presets could not be read.', presets.error)
    if (initial.ok && initial.value !== null) await this.open(initial.value)
    this.loaded = true
    void this.experiments.load()
    await this.#takeFile()
    this.#looks.begin()
  }

  async #start(
    ask: () => Promise<{ ok: true; value: StudySummary | null } | { ok: false; error: WireError }>,
    failure = 'The study could not be started.',
  ) {
    if (this.busy) return
    this.dialog = 'none'
    this.busy = true
    const answer = await ask()
    this.busy = false
    if (!answer.ok) {
      this.toasts.showError(failure, answer.error)
      await this.refresh()
    } else if (answer.value !== null) {
      await this.open(answer.value.folder)
    }
  }

  async #leave(folder: string): Promise<void> {
    const answer = await this.toasts.showWhile(
      'To the background…',
      'Running trials are written down, and go on there.',
      call('leaveStudy', { id: folder }),
    )
    if (!answer.ok) this.toasts.showError(failureTitles.leaveStudy, answer.error)
  }

  /** Another process runs the study in view now, or no longer does. Nothing else in the window changes. */
  async #openAnew(folder: string): Promise<void> {
    if (this.view?.summary.folder !== folder || this.opening !== null) return
    const answer = await call('openStudy', { id: folder })
    // Another study may have been chosen meanwhile.
    if (this.view.summary.folder !== folder) return
    if (!answer.ok) this.toasts.showError('The study could not be opened.', answer.error)
    else {
      this.view = viewOf(answer.value)
      this.summaries = mergeSummary(this.summaries, answer.value.summary)
    }
  }

  async #command(action: Exclude<StudyAction, 'exportBest' | 'leaveStudy'>, folder: string): Promise<void> {
    const answer = await call(action, { id: folder })
    if (answer.ok) this.#change({ summary: answer.value, trials: [] })
    else this.toasts.showError(failureTitles[action], answer.error)
  }

  async #export(folder: string): Promise<void> {
    const answer = await call('exportBest', { id: folder })
    if (!answer.ok) this.toasts.showError(failureTitles.exportBest, answer.error)
    else if (answer.value !== null) {
      const summary = this.summaries.find((one) => one.folder === folder) ?? null
      tellExported(this.toasts, answer.value, summary, (place) => void this.runSaved(place))
    }
  }

  #change(change: StudyChange): void {
    this.#noticeSleep(change.summary)
    this.summaries = mergeSummary(this.summaries, change.summary)
    if (this.view?.summary.folder === change.summary.folder) this.view = applyChange(this.view, change)
  }

  #noticeSleep({ folder, name, sleptMs }: StudySummary): void {
    const known = this.summaries.find((summary) => summary.folder === folder)?.sleptMs ?? sleptMs
    if (sleptMs <= known) return
    const text = `For ${formatDuration(sleptMs - known)}, while ${name} ran. That is not running time.`
    this.toasts.showNotice('The machine slept.', text)
  }
}
