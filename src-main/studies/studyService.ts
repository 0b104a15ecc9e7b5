import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type { StudyCalls } from '../../src-core/contracts/studyCalls.ts'
import type { StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import type { LogLine } from '../../src-core/library/logBook.ts'
import type { StudyDisk } from '../../src-core/library/studyDisk.ts'
import type { LabelChange } from '../../src-core/library/studyLabels.ts'
import type { AccuracyUnit } from '../../src-core/evaluationLog/logAccuracy.ts'
import type { ImportProgress } from '../../src-core/contracts/window/importCalls.ts'
import type { TrialRecord } from '../../src-core/contracts/window/trialCalls.ts'
import type {
  AnnotationChange,
  StudyChange,
  StudySnapshot,
  StudySummary,
  TrialRow,
} from '../../src-core/progress/readModel.ts'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import type { ExplainedTrial } from '../../src-core/diagnostics/trustRegionHistory.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import type { Confirmation, ConfirmationSettings } from '../../src-core/confirmation/confirmation.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Takeover } from '../../src-core/study/fork.ts'
import type { DeviceWorkers } from '../../src-core/study/workersSchema.ts'
import type { StudyReading } from './studyReading.ts'
import type { FinishedTrial, Trial } from '../../src-core/trial/trial.ts'

/** The files that an export wrote, absolute paths. */
export interface ExportedFiles {
  readonly yaml: string
  readonly json: string
  /** Weights, theta and neuron assignments; null when the trial's network is no longer kept. */
  readonly safetensors: string | null
  /** The same network as TENNLab's JSON, of networks that evolve; null otherwise. */
  readonly tennlab: string | null
  /** Why the kept network was not exported: it is not the one that was written; null: nothing is wrong with it. */
  readonly networkProblem: string | null
}

/** Networks that were removed. */
export interface FreedNetworks {
  readonly networks: number
  readonly bytes: number
}

/** One open study: the same object serves the command line and the window. */
export interface OpenStudy {
  readonly id: string
  readonly folder: string
  readonly definition: StudyDefinition
  /** Another application writes to this study. Every command below then throws `SpiketuneError('study-read-only')`. */
  readonly readOnly: boolean
  /** Everything below that a person asks for, by the names of the window's bridge: done by whichever process runs the study. */
  readonly calls: StudyCalls
  summary(): StudySummary
  snapshot(): StudySnapshot
  /** One trial with all that was measured, read from storage; null when there is no such trial. */
  trial(number: number): Trial | null
  /** The same, of a trial whose values are to be relied on. @throws SpiketuneError trial-damaged */
  intactTrial(number: number): Trial | null
  /** The datasets that trials were trained on, in the order in which they were first read. */
  dataCards(): DataCard[]
  /** The stored learning curves of some trials, by rising number, without those that have none. */
  learningCurves(numbers: readonly number[]): LearningCurve[]
  /** Numbers of the finished trials, in the order in which they were told. */
  toldOrder(): number[]
  /**
   * Finished trials in the order of telling: `limit` of them from place `toldOrder` on, without what was seen at every look;
   * with their spike counts where `counts` says so.
   */
  finished(toldOrder: number, limit: number, counts: boolean): FinishedTrial[]
  /** Why trials were asked for, by rising number: `limit` of them from `number` on. */
  explanations(number: number, limit: number): ExplainedTrial[]
  /** Called after each durable change, and with the progress of running trials. Returns the unsubscribing function. */
  subscribe(listener: (change: StudyChange) => void): () => void
  /** Starts, resumes after a pause, or continues an interrupted study. Checks the dataset first. */
  start(): Promise<void>
  /** Running trials finish, nothing new is asked; workers stay. */
  pause(): void
  /** Like pause, and resolves when the last running trial has ended and every worker is gone. */
  drain(): Promise<void>
  /**
   * Ends running trials as soon as they can go on from there, each with a checkpoint; they wait, and go on first after a resume. Resolves
   * when every worker is gone.
   */
  pauseNow(): Promise<void>
  /** Ends running trials at once; they wait, and begin first after a resume, from their last checkpoints. */
  stop(): Promise<void>
  /** Resolves when the study is finished, paused with nothing running, stopped, or in error. */
  settled(): Promise<StudySummary>
  /** How many networks are trained at the same time, now and after a resume; with 0 nothing begins. */
  setWorkers(workers: number): void
  /** On which devices its workers run, and how many on each, from the next start on, in later sessions too. */
  setDevices(devices: DeviceWorkers): void
  /** Changes what a person says of a trial, durably. @throws SpiketuneError trial-not-found */
  annotate(number: number, change: Pick<AnnotationChange, 'note' | 'tags' | 'pinned'>): TrialRow
  /**
   * Leaves a finished trial out, or puts it back: no optimiser learns from it, it is never best, and it does not count
   * against the budget. @throws SpiketuneError trial-not-found, trial-not-finished
   */
  exclude(number: number, excluded: boolean): TrialRow
  /**
   * Adds a trial, which begins before anything that the optimiser asks for, and does not count against the budget. A
   * finished study becomes a paused one. @param seed null: the one of its number
   * @throws SpiketuneError configuration-invalid, which names every value that is out of bounds
   */
  enqueue(configuration: Configuration, seed: Seed | null): TrialRow
  /** Ends a trial that waits, or asks the worker of one that runs. @throws SpiketuneError trial-not-found, trial-finished */
  cancel(number: number): TrialRow
  /** Writes the network of a running trial, as it is now, to an absolute path. @throws SpiketuneError trial-not-trained */
  snapshotNetwork(number: number, path: string): Promise<void>
  /** Everything known of a trial. @throws SpiketuneError trial-not-found */
  record(number: number): TrialRecord
  /** Writes to the journal what became of a hook that failed. @throws SpiketuneError */
  noteFailedHook(message: string): void
  /** Changes what a person says of the study. @throws SpiketuneError labels-invalid */
  label(change: LabelChange): StudySummary
  /** Writes a line into its log book; `noted`: a person's own. @throws SpiketuneError labels-invalid */
  writeLog(kind: 'noted' | 'forked', text: string): void
  /** Keeps the networks of so many of the best trials and of the pinned ones, of those that are kept now; until others come. */
  keepBestNetworks(count: number): FreedNetworks
  exportBest(folder: string): Promise<ExportedFiles>
  /** Exports any measured trial. @throws SpiketuneError study-nothing-to-export */
  exportTrial(number: number, folder: string): Promise<ExportedFiles>
  /**
   * What a look at all that was stored when the study was opened finds; it begins then. Trials that are damaged are left out
   * by an entry in the journal, once, where the study may be written to. @throws SpiketuneError
   */
  verified(): Promise<StudyCheck>
  /** Looks at everything as it is now, the kept networks too. @throws SpiketuneError */
  check(): Promise<StudyCheck>
  /**
   * Writes the study into one file, from which `tar -xf` makes its folder again. @param replace a file that is there
   * @returns what was found in the backup @throws SpiketuneError file-exists
   */
  backUp(file: string, replace: boolean): Promise<StudyCheck>
  /** The study's confirmations, the latest first. */
  confirmations(): Confirmation[]
  /** Trains trials anew with new seeds and measures them on the test images. @throws SpiketuneError confirmation-not-possible */
  confirm(settings: ConfirmationSettings): Confirmation
  /** Goes on with a confirmation that stopped. @throws SpiketuneError confirmation-not-possible */
  continueConfirmation(id: number): Confirmation
  stopConfirmation(): Promise<void>
  /** Called after each durable change of a confirmation. Returns the unsubscribing function. */
  subscribeToConfirmations(listener: (confirmation: Confirmation) => void): () => void
  /** Pauses now if need be, closes the database, gives up the writer's lock. */
  close(): Promise<void>
}

/** A study, and which of its trials another one takes over. */
export interface Fork {
  readonly study: OpenStudy
  readonly copies: Takeover['copies']
}

/** Who waits for an import, and may call it off. */
export interface ImportWatch {
  readonly progress?: (progress: ImportProgress) => void
  readonly signal?: AbortSignal
}

/** What a person says of a file that is imported, where it does not say it itself. */
export interface ImportWords {
  /** What the accuracies of a log are. */
  readonly accuracy?: AccuracyUnit
  /** What a network is tried on: a name, or the path of a table. */
  readonly dataset?: string
}

/** A study that was made of an evaluation log, or of a network in TENNLab's form. */
export interface ImportedStudy {
  readonly study: OpenStudy
  /** What a person should know of how the file was read. */
  readonly notes: readonly string[]
}

/** The library of studies: one folder of study folders. */
export interface StudyLibrary {
  readonly folder: string
  /**
   * Last used first, each as soon as it is known; a study that cannot be read is listed in state `error`.
   * @param live the summary of a study that is open here, by its folder
   */
  list(live?: (folder: string) => StudySummary | undefined): AsyncIterable<StudySummary>
  /**
   * Creates a study folder with its database; the id is the definition's name and a number.
   * @param fork trials to begin with, of a study that must stay open meanwhile
   * @param member what to write down of the experiment that it is made for
   */
  create(definition: StudyDefinition, source: string, fork?: Fork | null, member?: object): Promise<OpenStudy>
  /**
   * Makes a study that holds the evaluation log of a file, or judges the network in it, whole or not at all.
   * @param words what a person says of it; null: nothing
   * @throws SpiketuneError log-not-found, log-invalid, log-accuracy-unclear, network-invalid, network-dataset-unclear @throws the reason of `watch.signal`
   */
  importLog(file: string, words: ImportWords | null, watch?: ImportWatch): Promise<ImportedStudy>
  /** Opens by id or by path of a study folder; read-only when another application writes to it. */
  open(idOrFolder: string): Promise<OpenStudy>
  /** What a list says of the study of that id or folder, whether it can be read or not. @throws SpiketuneError study-not-found */
  summary(idOrFolder: string): Promise<StudySummary>
  /**
   * Reads by id or by path of a study folder, without opening the study: however large it is, little of it is held.
   * @param examined whether everything stored is looked through for damage, which takes a second for a thousand trials
   */
  read(idOrFolder: string, examined?: boolean): Promise<StudyReading>
  /** Changes what a person says of a study that is not open here. @throws SpiketuneError labels-invalid, study-read-only, folder-not-writable */
  label(idOrFolder: string, change: LabelChange): Promise<StudySummary>
  /** The log book of a study, whoever has it open; the latest line first. */
  logBook(idOrFolder: string): Promise<LogLine[]>
  /** A person's line for the log book of a study that is not open here. */
  writeLog(idOrFolder: string, text: string): Promise<void>
  /** What a study keeps on the disk. */
  disk(idOrFolder: string): StudyDisk
  /** A new study of the same definition under another name, not started. @throws SpiketuneError definition-invalid */
  duplicate(idOrFolder: string, name: string): Promise<OpenStudy>
  /** Has the folder of a study that is not open here moved to a bin. @throws SpiketuneError study-in-use @throws what `bin` throws */
  remove(idOrFolder: string, bin: (folder: string) => Promise<void> | void): Promise<void>
}
