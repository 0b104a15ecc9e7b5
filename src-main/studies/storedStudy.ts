import { nothingToCheck, type StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { ExplainedTrial } from '../../src-core/diagnostics/trustRegionHistory.ts'
import type { StudyChange, StudySnapshot, StudySummary } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { FinishedTrial, Trial } from '../../src-core/trial/trial.ts'
import type { StudyDevices } from '../devices/studyDevices.ts'
import type { StudyKeeper } from '../integrity/keeperThread.ts'
import type { StudyPaths } from '../files/studyFolder.ts'
import type { Clock } from '../scheduler/clock.ts'
import type { StudyStore } from '../storage/studyStore.ts'
import type { DefinitionDecoder } from './definitionDecoder.ts'
import { exportBestTrial, exportMeasured, type ExportSource } from './exportBestTrial.ts'
import type { LoadedRows } from './loadRows.ts'
import type { ExportedFiles } from './studyService.ts'
import { type StudyFacts, StudyReadModel } from './studyReadModel.ts'

export interface StoredStudyParts {
  readonly id: string
  readonly paths: StudyPaths
  readonly store: StudyStore
  readonly definition: StudyDefinition
  readonly loaded: LoadedRows
  readonly devices: StudyDevices
  readonly keeper: StudyKeeper
  readonly clock: Clock
  readonly applicationVersion: string
  readonly decode: DefinitionDecoder
}

/** What an open study answers from its database and its rows, whoever writes to it. */
export abstract class StoredStudy<Parts extends StoredStudyParts = StoredStudyParts> {
  readonly id: string
  readonly folder: string
  readonly definition: StudyDefinition
  protected readonly parts: Parts
  protected readonly view: StudyReadModel
  #verifying: Promise<StudyCheck> | null = null

  constructor(parts: Parts) {
    this.id = parts.id
    this.folder = parts.paths.folder
    this.definition = parts.definition
    this.parts = parts
    this.view = new StudyReadModel(this, () => this.facts(), parts.loaded)
  }

  /** What the summary says besides the trials, as it is now. */
  protected abstract facts(): StudyFacts

  /** A backup was written: the log book tells it, where it can. */
  protected abstract backedUp(file: string): void

  /** Leaves out what is damaged. */
  protected abstract noticed(check: StudyCheck): void

  verified(): Promise<StudyCheck> {
    return (this.#verifying ??= this.view.rows.size === 0 ? Promise.resolve(nothingToCheck) : this.#looked())
  }

  /**
   * What nobody else can open now is not looked through: a study on a full disk is its application's alone. Nothing is known to
   * be wrong with it, and who asks again looks again.
   */
  #looked(): Promise<StudyCheck> {
    return this.#examine(false).catch((error: unknown) => {
      if (!(error instanceof SpiketuneError && error.code === 'database-locked')) throw error
      this.#verifying = null
      return nothingToCheck
    })
  }

  check(): Promise<StudyCheck> {
    return this.#examine(true)
  }

  async backUp(file: string, replace: boolean): Promise<StudyCheck> {
    const check = await this.parts.keeper.backUp({ folder: this.folder, file, replace })
    this.backedUp(file)
    return check
  }

  async #examine(networks: boolean): Promise<StudyCheck> {
    const check = await this.parts.keeper.examine({ folder: this.folder, networks })
    this.noticed(check)
    return check
  }

  summary(): StudySummary {
    return this.view.summary()
  }

  snapshot(): StudySnapshot {
    return this.view.snapshot()
  }

  trial(number: number): Trial | null {
    return this.parts.store.trial(number)
  }

  intactTrial(number: number): Trial | null {
    return this.parts.store.intactTrial(number)
  }

  dataCards(): DataCard[] {
    return this.parts.store.dataCards()
  }

  learningCurves(numbers: readonly number[]): LearningCurve[] {
    const curves = [...this.parts.store.learningCurves(numbers), ...this.view.runningCurves(numbers)]
    return curves.sort((a, b) => a.number - b.number)
  }

  toldOrder(): number[] {
    return this.parts.store.toldOrder()
  }

  finished(toldOrder: number, limit: number, counts: boolean): FinishedTrial[] {
    return this.parts.store.finished(toldOrder, limit, counts)
  }

  explanations(number: number, limit: number): ExplainedTrial[] {
    return this.parts.store.explanations(number, limit)
  }

  subscribe(listener: (change: StudyChange) => void): () => void {
    return this.view.subscribe(listener)
  }

  exportBest(folder: string): Promise<ExportedFiles> {
    // What is damaged is not the best.
    return this.verified().then(() => exportBestTrial(this.#exportSource(), folder))
  }

  exportTrial(number: number, folder: string): Promise<ExportedFiles> {
    return Promise.resolve().then(() => exportMeasured(this.#exportSource(), number, folder))
  }

  #exportSource(): ExportSource {
    const { id, paths, definition, applicationVersion, decode } = this.parts
    const { best } = this.view.summary()
    return { id, paths, definition, applicationVersion, decode, best, trial: (number) => this.intactTrial(number) }
  }
}
