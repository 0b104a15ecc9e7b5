import { isDeepStrictEqual } from 'node:util'
import type { StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import type { Confirmation, ConfirmationSettings } from '../../src-core/confirmation/confirmation.ts'
import type { TrialRecord } from '../../src-core/contracts/window/trialCalls.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { latestConfirmed } from '../../src-core/confirmation/summarise.ts'
import { type DataCard, suspicionsOfStudy } from '../../src-core/datasets/dataCard.ts'
import type { LabelChange, StudyLabels } from '../../src-core/library/studyLabels.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import {
  type Annotation,
  type AnnotationChange,
  changedAnnotation,
  hasEnded,
  noAnnotation,
  type StudyState,
  type StudySummary,
  type TrialRow,
} from '../../src-core/progress/readModel.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import { validateConfiguration } from '../../src-core/space/validateConfiguration.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import { whyImpossible } from '../../src-core/space/impossibility.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { impossibilitiesIn } from '../../src-core/study/impossibilitiesIn.ts'
import { shownObjective } from '../../src-core/study/studyWords.ts'
import type { DeviceWorkers } from '../../src-core/study/workersSchema.ts'
import {
  type FinishedTrial,
  isFinished,
  type RunningTrial,
  type Trial,
  trialNumber,
  type WaitingTrial,
} from '../../src-core/trial/trial.ts'
import { transition } from '../../src-core/trial/transition.ts'
import { Confirmer } from '../confirmation/confirmer.ts'
import type { OptimiserHost } from '../scheduler/optimiserService.ts'
import { Scheduler } from '../scheduler/scheduler.ts'
import type { StudyRecord } from '../storage/studyRecord.ts'
import { damagedTrial } from '../storage/trialRecords.ts'
import type { AnnotationEvent } from '../storage/studyStore.ts'
import type { WriterLock } from '../storage/writerLock.ts'
import type { WorkerLane } from '../devices/workerLanes.ts'
import type { WorkerHost } from '../workers/workerHost.ts'
import { WorkerPool } from '../workers/workerPool.ts'
import { evaluationRequest } from './evaluationRequest.ts'
import { CheckpointKeeper } from './checkpointKeeper.ts'
import { localCalls } from './localCalls.ts'
import { NetworkKeeper } from './networkKeeper.ts'
import { checkOwnLine, labelsAfter } from './labelling.ts'
import { DiskLook } from './studyDisk.ts'
import type { FreedNetworks, OpenStudy } from './studyService.ts'
import { configurationInvalid, notInTraining, trialFinished, trialNotFinished, trialNotFound } from './trialErrors.ts'
import { trialRecordOf } from './trialRecord.ts'
import { studyWorkers, workersWanted } from './workersWanted.ts'
import { StoredStudy, type StoredStudyParts } from './storedStudy.ts'
import type { StudyFacts } from './studyReadModel.ts'

interface WritableStudyParts extends StoredStudyParts {
  readonly lock: WriterLock
  readonly workerHost: WorkerHost
  readonly optimiserHost: OptimiserHost
  /** Of training between two checkpoints of a trial; a minute unless given. */
  readonly checkpointEveryMs?: number | undefined
}

/** So much of a trial is lost at most, or what one batch takes, when its worker is killed. */
const standardIntervalMs = 60_000

/** A study that this application may run. Opening it puts right what a killed application left behind. */
export class WritableStudy extends StoredStudy<WritableStudyParts> implements OpenStudy {
  readonly readOnly = false
  readonly calls = localCalls(this)
  readonly #scheduler: Scheduler
  readonly #networks: NetworkKeeper
  readonly #checkpoints: CheckpointKeeper
  readonly #confirmer: Confirmer
  readonly #confirmationListeners = new Set<(confirmation: Confirmation) => void>()
  readonly #whenSettled: ((summary: StudySummary) => void)[] = []
  readonly #annotations: Map<number, Annotation>
  readonly #disk: DiskLook
  #labels: StudyLabels
  #confirmed: StudySummary['confirmed']
  #dataWarnings: readonly string[]
  /** As a person has set them last; null: as the definition says. */
  #wanted: Pick<StudyRecord, 'workers' | 'devices'>
  /** Where workers run, once the study was started. */
  #lanes: readonly WorkerLane[] = []
  readonly #createdAtMs: number
  #updatedAtMs: number
  #sleptMs: number
  #closing: Promise<void> | null = null
  /** Why nothing can be done with this study any more, but to look at it. */
  #gone: SpiketuneError | null = null

  constructor(parts: WritableStudyParts) {
    super(parts)
    this.#networks = new NetworkKeeper(parts.paths.networks, parts.definition.keepNetworks)
    this.#confirmer = new Confirmer({
      definition: parts.definition,
      journal: parts.store,
      clock: parts.clock,
      workerHost: parts.workerHost,
      workers: () => this.#workersWanted,
      lanes: () => this.#chooseLanes(),
      trial: (number) => this.intactTrial(number),
      changed: (confirmation) => {
        this.#confirmationChanged(confirmation)
      },
    })
    const stored = parts.store.study()
    const { state, elapsedMs } = stored
    this.#createdAtMs = stored.createdAtMs
    this.#updatedAtMs = stored.updatedAtMs
    this.#sleptMs = stored.sleptMs
    this.#wanted = stored
    this.#labels = stored.labels
    this.#disk = new DiskLook(parts.paths.folder, parts.clock)
    this.#confirmed = latestConfirmed(this.confirmations(), shownObjective(this.definition))
    this.#annotations = parts.loaded.annotations
    this.#dataWarnings = suspicionsOfStudy(parts.store.dataCards())
    const waiting = parts.loaded.unfinished
      .map((trial) => this.#orphanRequeued(trial, elapsedMs))
      .filter((trial) => trial.state === 'waiting')
    const numbers = new Set(waiting.map(({ number }) => number))
    this.#checkpoints = new CheckpointKeeper(parts.paths.checkpoints, numbers, () => this.view.publish([]))
    const interrupted = state.kind === 'running' || state.kind === 'draining'
    this.#scheduler = this.#createScheduler(waiting, elapsedMs, interrupted ? { kind: 'interrupted' } : state)
    for (const trial of waiting) this.view.set(this.#rowOf(trial))
    this.#networks.sweep(this.view.rows.values())
    // Not within the write that found it: that one is still to be told.
    parts.store.onMoved((gone) => {
      queueMicrotask(() => {
        this.#abandon(gone)
      })
    })
  }

  protected override facts(): StudyFacts {
    const { state } = this.#scheduler
    const { rescuedTo } = this.parts.store
    return {
      state: state.kind === 'error' && rescuedTo !== null ? { ...state, rescuedTo } : state,
      readOnly: false,
      folderProtected: false,
      databaseHeld: this.#scheduler.isHeld || this.#confirmer.isHeld,
      elapsedMs: this.#scheduler.elapsedMs(),
      sleptMs: this.#sleptMs,
      workers: this.#scheduler.workerCount,
      workersWanted: this.#workersWanted,
      networkBytes: this.#networks.bytes,
      diskBytes: this.#disk.bytes,
      labels: this.#labels,
      confirmed: this.#confirmed,
      confirming: this.#confirmer.isRunning,
      dataWarnings: this.#dataWarnings,
      ...(this.#checkpoints.problem !== null && { checkpointProblem: this.#checkpoints.problem }),
      createdAtMs: this.#createdAtMs,
      updatedAtMs: this.#updatedAtMs,
    }
  }

  start(): Promise<void> {
    const refusal = refusalToTrain(this.id, this.definition)
    if (refusal !== null) return Promise.reject(refusal)
    return this.#startOnDevices()
  }

  /** @throws {SpiketuneError} study-gone; worker-unavailable when a device that the study names is not there, or not set up */
  async #startOnDevices(): Promise<void> {
    // Nothing is learned from what is damaged; the optimiser is told the rest.
    await this.verified()
    if (this.#gone !== null) throw this.#gone
    this.#lanes = await this.#chooseLanes()
    // Meanwhile it may have been closed.
    if (this.#closing === null) this.#scheduler.start(this.#workersWanted)
  }

  /** An entry of the journal, so that resume stays replay; a person who puts such a trial back has seen what is wrong. */
  protected override noticed({ damage }: StudyCheck): void {
    if (this.#closing !== null) return
    for (const { part, trial, message } of damage) {
      const row = part === 'trial' && trial !== null ? this.view.rows.get(trial) : undefined
      if (row === undefined || row.state === 'running' || this.#annotations.get(row.number)?.damage !== undefined)
        continue
      // Nothing is trained of what is not what was asked for.
      if (row.state === 'waiting') this.#scheduler.cancel(row.number)
      this.#leaveOut(row, { excluded: true, damage: message }, 'damaged')
    }
  }

  #chooseLanes(): Promise<readonly WorkerLane[]> {
    return this.parts.devices.chooseLanes(studyWorkers(this.definition, this.#wanted))
  }

  get #workersWanted(): number {
    return workersWanted(this.definition, this.#wanted, this.parts.devices.machine)
  }

  pause(): void {
    this.#scheduler.pause()
  }

  async drain(): Promise<void> {
    this.#scheduler.pause()
    await this.settled()
    await this.#scheduler.dismiss()
  }

  async pauseNow(): Promise<void> {
    this.#scheduler.pauseNow()
    await this.#rested()
    await this.#scheduler.dismiss()
  }

  async stop(): Promise<void> {
    await this.#scheduler.stop()
  }

  setWorkers(workers: number): void {
    this.parts.store.workersChanged(workers)
    this.#wanted = { ...this.#wanted, workers }
    this.#touched()
    this.#scheduler.setWorkers(workers)
    this.view.publish([])
  }

  setDevices(devices: DeviceWorkers): void {
    this.parts.store.devicesChanged(devices)
    this.#wanted = { workers: null, devices }
    this.#touched()
    this.view.publish([])
  }

  annotate(number: number, change: Pick<AnnotationChange, 'note' | 'tags' | 'pinned'>): TrialRow {
    const { note, tags, pinned } = change
    const kind = pinned === undefined ? 'annotated' : pinned ? 'pinned' : 'unpinned'
    return this.#annotated(number, { note, tags, pinned }, kind)
  }

  exclude(number: number, excluded: boolean): TrialRow {
    const row = this.#rowAt(number)
    if (!hasEnded(row)) throw trialNotFinished(number)
    if (row.failure?.reason === 'unreadable' && !excluded) throw damagedTrial(number)
    return this.#leaveOut(row, { excluded }, excluded ? 'excluded' : 'restored')
  }

  #leaveOut({ number }: TrialRow, change: AnnotationChange, kind: AnnotationEvent): TrialRow {
    const row = this.#annotated(number, change, kind)
    this.#scheduler.setExcluded(number, row.annotation.excluded, !row.enqueued && row.copiedFrom === null)
    return row
  }

  enqueue(configuration: Configuration, seed: Seed | null): TrialRow {
    const refusal = refusalToTrain(this.id, this.definition)
    if (refusal !== null) throw refusal
    const problems = validateConfiguration(this.definition.space, configuration)
    if (problems.length > 0) throw configurationInvalid(problems)
    const impossible = whyImpossible(impossibilitiesIn(this.definition), configuration)
    if (impossible !== undefined) {
      throw new SpiketuneError('configuration-invalid', `There is no such network: ${impossible}.`)
    }
    return this.#rowAt(this.#scheduler.enqueue(configuration, seed).number)
  }

  cancel(number: number): TrialRow {
    if (hasEnded(this.#rowAt(number))) throw trialFinished(number)
    this.#scheduler.cancel(number)
    return this.#rowAt(number)
  }

  label(change: LabelChange): StudySummary {
    const { labels, said } = labelsAfter(this.#labels, change)
    if (said !== null) {
      this.parts.store.labelled(labels, said)
      this.#labels = labels
      this.view.publish([])
    }
    return this.view.summary()
  }

  writeLog(kind: 'noted' | 'forked', text: string): void {
    if (kind === 'noted') checkOwnLine(text)
    this.parts.store.logged(kind, text.trim())
  }

  protected override backedUp(file: string): void {
    try {
      this.parts.store.logged('backed-up', file)
    } catch (error) {
      // The backup is there, whatever became of the line that tells it.
      if (!(error instanceof SpiketuneError)) throw error
    }
  }

  keepBestNetworks(count: number): FreedNetworks {
    const surplus = this.#networks.surplus(this.view.rows.values(), count)
    const bytes = surplus.reduce((sum, { networkFile }) => sum + this.#networks.bytesOf(networkFile), 0)
    const forgotten = this.#forgetNetworks(surplus)
    this.#disk.lookAgain()
    this.view.publish(forgotten)
    return { networks: forgotten.length, bytes }
  }

  noteFailedHook(message: string): void {
    this.parts.store.hookFailed(message)
  }

  async snapshotNetwork(number: number, path: string): Promise<void> {
    try {
      await this.#scheduler.snapshotNetwork(number, path)
    } catch (cause) {
      throw notInTraining(number, cause)
    }
  }

  record(number: number): TrialRecord {
    const trial = this.trial(number)
    if (trial === null) throw trialNotFound(this.id, number)
    const events = this.parts.store.events(number)
    return trialRecordOf(this.definition, trial, { row: this.#rowAt(number), events, dataCards: this.dataCards() })
  }

  async settled(): Promise<StudySummary> {
    while (isActive(this.#scheduler.state) || this.#confirmer.isRunning) {
      await this.#confirmer.settled()
      await this.#rested()
    }
    return this.view.summary()
  }

  /** Resolves when nothing of the search itself runs. */
  async #rested(): Promise<void> {
    if (isActive(this.#scheduler.state)) await new Promise((resolve) => this.#whenSettled.push(resolve))
  }

  confirmations(): Confirmation[] {
    return this.#confirmer.list()
  }

  confirm(settings: ConfirmationSettings): Confirmation {
    return this.#confirmer.start(settings)
  }

  continueConfirmation(id: number): Confirmation {
    return this.#confirmer.continue(id)
  }

  async stopConfirmation(): Promise<void> {
    await this.#confirmer.stop()
  }

  subscribeToConfirmations(listener: (confirmation: Confirmation) => void): () => void {
    this.#confirmationListeners.add(listener)
    return () => {
      this.#confirmationListeners.delete(listener)
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#closeNow())
  }

  async #closeNow(): Promise<void> {
    await this.#confirmer.stop()
    // The study may wait for a database that another program holds: whoever ends now does not.
    if (!this.#scheduler.isHeld) await this.pauseNow()
    await this.#scheduler.stop()
    this.parts.store.close()
    this.parts.lock.release()
  }

  #abandon(gone: SpiketuneError): void {
    this.#gone = gone
    this.#scheduler.abandon(gone)
    this.parts.store.seal(gone)
    void this.#confirmer.stop()
  }

  #confirmationChanged(confirmation: Confirmation): void {
    this.#confirmed = latestConfirmed(this.confirmations(), shownObjective(this.definition))
    for (const listener of this.#confirmationListeners) listener(confirmation)
    this.view.publish([])
  }

  /** A trial that was running when its application died waits again; the attempt does not count. */
  #orphanRequeued(trial: Trial, elapsedMs: number): Trial {
    if (trial.state !== 'running') return trial
    const waiting = transition(trial, { kind: 'requeued' })
    try {
      this.parts.store.moved(waiting, 'requeued', elapsedMs)
    } catch (error) {
      // What is stored can be looked at on a full disk; the trial's next claim is stored like any other, or not at all.
      if (!(error instanceof SpiketuneError && error.code === 'disk-full')) throw error
    }
    return waiting
  }

  #rowOf(trial: Trial): TrialRow {
    const row = toTrialRow(trial, this.#annotations.get(trial.number))
    const resumesAt = row.state === 'waiting' ? this.#checkpoints.shareOf(row.number) : undefined
    return resumesAt === undefined ? row : { ...row, resumesAt }
  }

  #rowAt(number: number): TrialRow {
    const row = this.view.rows.get(number)
    if (row === undefined) throw trialNotFound(this.id, number)
    return row
  }

  #touched(): void {
    this.#updatedAtMs = Math.max(this.#createdAtMs, this.parts.clock.now())
  }

  /** Stores what a person says now of a trial; the network of a trial that is no longer pinned may be one too many. */
  #annotated(number: number, change: AnnotationChange, kind: AnnotationEvent): TrialRow {
    const before = this.#rowAt(number)
    const said = this.#annotations.get(number) ?? noAnnotation
    // What cannot be read is left out by itself until that is stored.
    const annotation = changedAnnotation(before.annotation, change)
    if (isDeepStrictEqual(annotation, said)) return before
    this.parts.store.annotated(number, annotation, kind)
    this.#annotations.set(number, annotation)
    this.#touched()
    const row = { ...before, annotation }
    this.view.set(row)
    const forgotten = this.#forgetSurplusNetworks()
    const changed = this.#rowAt(number)
    this.view.publish([...new Set([changed, ...forgotten])])
    return changed
  }

  #createScheduler(waiting: readonly WaitingTrial[], elapsedMs: number, state: StudyState): Scheduler {
    const { store, clock, workerHost, optimiserHost, devices, loaded } = this.parts
    const deviceLost = (device: string, reason: string): void => devices.lost.mark(device, reason)
    return new Scheduler(
      this.definition,
      {
        clock,
        journal: store,
        checkpoints: this.#checkpoints,
        startOptimiser: (told, listener) => optimiserHost.start(this.definition, told, listener),
        createWorkers: (listener) => new WorkerPool(workerHost, { ...listener, deviceLost }, this.#lanes, { clock }),
        requestFor: (trial) => this.#requestFor(trial),
        datasetRead: (card) => {
          this.#datasetRead(card)
        },
        trialChanged: (trial) => {
          this.#trialChanged(trial)
        },
        slept: (durationMs) => {
          this.#sleptMs += durationMs
          this.#touched()
          this.view.publish([])
        },
        stateChanged: (changed) => {
          this.#stateChanged(changed)
        },
      },
      {
        waiting,
        nextNumber: trialNumber(loaded.nextNumber),
        finished: {
          count: loaded.ended,
          uncounted: loaded.uncounted,
          read: () => this.#toldTrials(),
        },
        curves: () => store.epochCurves(),
        excluded: new Set(
          [...this.view.rows.values()].filter(({ annotation }) => annotation.excluded).map(({ number }) => number),
        ),
        elapsedMs,
      },
      state,
    )
  }

  #toldTrials(): FinishedTrial[] {
    return this.parts.store
      .trials()
      .filter(isFinished)
      .sort((a, b) => a.toldOrder - b.toldOrder)
  }

  #requestFor(trial: RunningTrial): EvaluationRequest {
    const keeps = this.definition.keepNetworks > 0 || this.#annotations.get(trial.number)?.pinned === true
    const { paths, checkpointEveryMs: everyMs = standardIntervalMs } = this.parts
    const checkpoint = { path: this.#checkpoints.pathOf(trial.number), everyMs }
    return evaluationRequest(this.definition, trial, keeps ? paths.networks : null, checkpoint)
  }

  /** Every worker says it; it is stored once. */
  #datasetRead(card: DataCard): void {
    if (this.dataCards().some(({ sha256 }) => sha256 === card.sha256)) return
    this.parts.store.datasetRead(card)
    this.#dataWarnings = suspicionsOfStudy(this.dataCards())
    this.#touched()
    this.view.publish([])
  }

  #trialChanged(trial: Trial): void {
    this.#touched()
    const row = this.#rowOf(trial)
    if (row.networkFile !== null) this.#networks.added(row.networkFile)
    this.view.set(row)
    // At once: what follows may fail on a full disk, and the trial is stored.
    this.view.publish([row])
    if (!isFinished(trial)) return
    const forgotten = this.#forgetSurplusNetworks()
    if (forgotten.length > 0) this.view.publish(forgotten)
  }

  #forgetSurplusNetworks(): TrialRow[] {
    return this.#forgetNetworks(this.#networks.surplus(this.view.rows.values()))
  }

  #forgetNetworks(surplus: ReturnType<NetworkKeeper['surplus']>): TrialRow[] {
    if (surplus.length === 0) return []
    // First the reference, then the file: a file without a reference is swept later, the other way round is a lie.
    this.parts.store.networksForgotten(surplus.map(({ number }) => number))
    return surplus.map((row) => {
      this.#networks.remove(row.networkFile)
      const changed = { ...row, networkFile: null }
      this.view.set(changed)
      return changed
    })
  }

  #stateChanged(state: StudyState): void {
    this.#touched()
    this.view.publish([])
    if (isActive(state)) return
    const summary = this.view.summary()
    for (const resolve of this.#whenSettled.splice(0)) resolve(summary)
  }
}

const isActive = ({ kind }: StudyState): boolean => kind === 'running' || kind === 'draining'

/** Why the trials of a study cannot be trained; null: they can. */
const refusalToTrain = (id: string, { log }: StudyDefinition): SpiketuneError | null =>
  log === undefined
    ? null
    : new SpiketuneError(
        'study-not-trainable',
        `${id} holds an imported evaluation log, which can be looked at only. To train, start a study of your own: one of the presets, or a definition with the ranges of this one.`,
      )
