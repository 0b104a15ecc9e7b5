import type { StudyChange, StudySnapshot, StudySummary } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Trial } from '../../src-core/trial/trial.ts'

/** The files that an export wrote, absolute paths. */
export interface ExportedFiles {
  readonly yaml: string
  readonly json: string
  /** Weights, theta and neuron assignments; null when the trial's network is no longer kept. */
  readonly safetensors: string | null
}

/** One open study: the same object serves the command line and the window. */
export interface OpenStudy {
  readonly id: string
  readonly folder: string
  readonly definition: StudyDefinition
  /** Another application writes to this study. Every command below then throws `SpiketuneError('study-read-only')`. */
  readonly readOnly: boolean
  snapshot(): StudySnapshot
  /** One trial with all that was measured, read from storage; null when there is no such trial. */
  trial(number: number): Trial | null
  /** Called after each durable change, and with the progress of running trials. Returns the unsubscribing function. */
  subscribe(listener: (change: StudyChange) => void): () => void
  /** Starts, resumes after a pause, or continues an interrupted study. Checks the dataset first. */
  start(): Promise<void>
  /** Running trials finish, nothing new is asked; workers stay. */
  pause(): void
  /** Like pause, and resolves when the last running trial has ended and every worker is gone. */
  drain(): Promise<void>
  /** Ends running trials at once; they go back to waiting with their seed, and start first after a resume. */
  stop(): Promise<void>
  /** Resolves when the study is finished, paused with nothing running, stopped, or in error. */
  settled(): Promise<StudySummary>
  exportBest(folder: string): Promise<ExportedFiles>
  /** Stops if need be, closes the database, gives up the writer's lock. */
  close(): Promise<void>
}

/** The library of studies: one folder of study folders. */
export interface StudyLibrary {
  readonly folder: string
  /** Last used first; a study that cannot be read is listed in state `error`. */
  list(): StudySummary[]
  /** Creates a study folder with its database; the id is the definition's name and a number. */
  create(definition: StudyDefinition, source: string): Promise<OpenStudy>
  /** Opens by id or by path of a study folder; read-only when another application writes to it. */
  open(idOrFolder: string): Promise<OpenStudy>
}
