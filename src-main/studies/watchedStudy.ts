import { isDeepStrictEqual } from 'node:util'
import type { StudyCalls } from '../../src-core/contracts/studyCalls.ts'
import type { StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'
import { latestConfirmed } from '../../src-core/confirmation/summarise.ts'
import { suspicionsOfStudy } from '../../src-core/datasets/dataCard.ts'
import type { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyState, StudySummary, TrialRow } from '../../src-core/progress/readModel.ts'
import type { TrialRecord } from '../../src-core/contracts/window/trialCalls.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import { shownObjective } from '../../src-core/study/studyWords.ts'
import { confirmationsNow } from '../confirmation/confirmationsNow.ts'
import type { StudyRecord } from '../storage/studyRecord.ts'
import { isWriterLocked } from '../storage/writerLock.ts'
import type { OpenStudy } from './studyService.ts'
import { localCalls } from './localCalls.ts'
import { refusalToWrite } from './refusalToWrite.ts'
import { DiskLook } from './studyDisk.ts'
import { networkBytesIn } from './networkKeeper.ts'
import { readRows } from './loadRows.ts'
import { trialNotFound } from './trialErrors.ts'
import { trialRecordOf } from './trialRecord.ts'
import { StoredStudy, type StoredStudyParts } from './storedStudy.ts'
import type { StudyFacts } from './studyReadModel.ts'
import { workersWanted } from './workersWanted.ts'

export interface WatchedStudyParts extends StoredStudyParts {
  readonly folderProtected: boolean
}

/** How often a watched study is asked whether its writer has written. */
const lookIntervalMs = 1000

/**
 * A study that another application writes to, or that this one may not write to: what is stored by others is seen here within
 * a second, nothing is changed.
 */
export class WatchedStudy extends StoredStudy<WatchedStudyParts> implements OpenStudy {
  readonly readOnly = true
  readonly calls: StudyCalls = localCalls(this)
  readonly #folderProtected: boolean
  #stored: StudyRecord
  #networkBytes: number
  #dataWarnings: readonly string[]
  #state: StudyState
  #confirming: boolean
  readonly #disk: DiskLook
  /** Version of the database that was looked at last; null when it could not be read. */
  #seen: number | null
  /** Entry of the writer's journal up to which the rows are known. */
  #lastEvent: number
  #stopLooking: () => void
  /** What is wrong with trials, by number: they are left out here, whether their writer knows or not. */
  readonly #damaged = new Map<number, string>()

  constructor(parts: WatchedStudyParts) {
    super(parts)
    this.#folderProtected = parts.folderProtected
    const { version, lastEvent } = parts.loaded
    this.#seen = version
    this.#networkBytes = networkBytesIn(parts.paths.networks)
    this.#stored = parts.store.study()
    this.#disk = new DiskLook(parts.paths.folder, parts.clock)
    this.#dataWarnings = suspicionsOfStudy(parts.store.dataCards())
    this.#state = this.#standing()
    this.#confirming = this.#isConfirming()
    this.#lastEvent = lastEvent
    this.#stopLooking = this.#lookLater()
  }

  protected override facts(): StudyFacts {
    return {
      state: this.#state,
      readOnly: true,
      folderProtected: this.#folderProtected,
      databaseHeld: false,
      confirming: this.#confirming,
      dataWarnings: this.#dataWarnings,
      elapsedMs: this.#stored.elapsedMs,
      sleptMs: this.#stored.sleptMs,
      workers: 0,
      workersWanted: workersWanted(this.definition, this.#stored, this.parts.devices.machine),
      networkBytes: this.#networkBytes,
      diskBytes: this.#disk.bytes,
      labels: this.#stored.labels,
      confirmed: latestConfirmed(this.confirmations(), shownObjective(this.definition)),
      createdAtMs: this.#stored.createdAtMs,
      updatedAtMs: this.#stored.updatedAtMs,
    }
  }

  protected override backedUp(): void {
    // Whoever writes to the study keeps its log book.
  }

  protected override noticed({ damage }: StudyCheck): void {
    for (const { part, trial, message } of damage)
      if (part === 'trial' && trial !== null) this.#damaged.set(trial, message)
    const rows = [...this.#damaged.keys()].flatMap((number) => this.view.rows.get(number) ?? [])
    const changed = this.withoutDamaged(rows.filter(({ annotation }) => annotation.damage === undefined))
    for (const row of changed) this.view.set(row)
    if (changed.length > 0) this.view.publish(changed)
  }

  protected withoutDamaged(rows: readonly TrialRow[]): TrialRow[] {
    return rows.map((row) => {
      const damage = this.#damaged.get(row.number)
      return damage === undefined ? row : { ...row, annotation: { ...row.annotation, excluded: true, damage } }
    })
  }

  start(): Promise<void> {
    return Promise.reject(this.refusal())
  }

  pause(): void {
    throw this.refusal()
  }

  drain(): Promise<void> {
    return Promise.reject(this.refusal())
  }

  pauseNow(): Promise<void> {
    return Promise.reject(this.refusal())
  }

  stop(): Promise<void> {
    return Promise.reject(this.refusal())
  }

  setWorkers(): never {
    throw this.refusal()
  }

  setDevices(): never {
    throw this.refusal()
  }

  annotate(): never {
    throw this.refusal()
  }

  exclude(): never {
    throw this.refusal()
  }

  enqueue(): never {
    throw this.refusal()
  }

  cancel(): never {
    throw this.refusal()
  }

  label(): never {
    throw this.refusal()
  }

  writeLog(): never {
    throw this.refusal()
  }

  keepBestNetworks(): never {
    throw this.refusal()
  }

  noteFailedHook(): never {
    throw this.refusal()
  }

  snapshotNetwork(_number?: number, _path?: string): Promise<void> {
    return Promise.reject(this.refusal())
  }

  record(number: number): TrialRecord {
    const trial = this.trial(number)
    if (trial === null) throw trialNotFound(this.id, number)
    const row = this.view.rows.get(number) ?? toTrialRow(trial, this.parts.store.annotations().get(number))
    const events = this.parts.store.events(number)
    return trialRecordOf(this.definition, trial, { row, events, dataCards: this.dataCards() })
  }

  settled(): Promise<StudySummary> {
    return Promise.resolve(this.view.summary())
  }

  confirmations(): Confirmation[] {
    return confirmationsNow(this.parts.store.confirmations().reverse(), isWriterLocked(this.parts.paths.lock))
  }

  confirm(): Confirmation {
    throw this.refusal()
  }

  continueConfirmation(): Confirmation {
    throw this.refusal()
  }

  stopConfirmation(): Promise<void> {
    return Promise.reject(this.refusal())
  }

  /** Nothing of them is told here; whoever looks reads them again. */
  subscribeToConfirmations(_listener?: (confirmation: Confirmation) => void): () => void {
    return () => undefined
  }

  close(): Promise<void> {
    this.#stopLooking()
    this.parts.store.close()
    return Promise.resolve()
  }

  #isConfirming(): boolean {
    return this.confirmations().some(({ state }) => state === 'running')
  }

  /** Of a study that nobody writes to there is no writer to wait for. */
  #standing(): StudyState {
    const { state } = this.#stored
    return this.#folderProtected && !isWriterLocked(this.parts.paths.lock) ? abandoned(state) : state
  }

  #lookLater(): () => void {
    return this.parts.clock.after(lookIntervalMs, () => {
      this.#stopLooking = this.#lookLater()
      if (!this.isTold()) this.look()
    })
  }

  /** Its writer says what happens: what it stores is not looked for. */
  protected isTold(): boolean {
    return false
  }

  /** Takes over what its writer has stored. */
  protected look(): void {
    const [before, confirming, labels] = [this.#state, this.#confirming, this.#stored.labels]
    let changed: TrialRow[] = []
    try {
      // Before the look at the database: whoever gives up the lock has stored where the study stands.
      const held = isWriterLocked(this.parts.paths.lock)
      changed = this.#changedRows()
      this.#state = held ? this.#stored.state : abandoned(this.#stored.state)
      this.#confirming = this.#isConfirming()
    } catch (error) {
      // Nobody called who could be told: it is shown, and the next look may find everything in order again.
      this.#seen = null
      this.#state = { kind: 'error', message: error instanceof Error ? error.message : String(error), reason: 'other' }
    }
    for (const row of changed) this.view.set(row)
    const moved =
      !isDeepStrictEqual(this.#state, before) ||
      this.#confirming !== confirming ||
      !isDeepStrictEqual(this.#stored.labels, labels)
    if (changed.length > 0 || moved) this.view.publish(changed)
  }

  #changedRows(): TrialRow[] {
    const version = this.parts.store.version()
    if (version === this.#seen) return []
    this.#stored = this.parts.store.study()
    const lastEvent = this.parts.store.lastEvent()
    const rows = this.withoutDamaged(readRows(this.parts.store, this.parts.store.changedSince(this.#lastEvent)))
    this.#lastEvent = lastEvent
    this.#networkBytes = networkBytesIn(this.parts.paths.networks)
    this.#dataWarnings = suspicionsOfStudy(this.parts.store.dataCards())
    this.#seen = version
    return rows.filter((row) => !isDeepStrictEqual(row, this.view.rows.get(row.number)))
  }

  protected refusal(): SpiketuneError {
    return refusalToWrite(this, this.#folderProtected)
  }
}

/** What a stored state means when nobody writes to the study: an application that ran it has died. */
export const abandoned = (state: StudyState): StudyState =>
  state.kind === 'running' || state.kind === 'draining' ? { kind: 'interrupted' } : state
