import type { logBook } from '../../src-core/library/logBook.ts'
import { type StudyLabels, studyLabelsSchema } from '../../src-core/library/studyLabels.ts'
import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type { JournalEvent } from '../../src-core/contracts/window/trialCalls.ts'
import type { Confirmation, ConfirmationOutcome } from '../../src-core/confirmation/confirmation.ts'
import type { ExplainedTrial } from '../../src-core/diagnostics/trustRegionHistory.ts'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import type { Annotation, StudyState } from '../../src-core/progress/readModel.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type DeviceWorkers, deviceWorkersSchema } from '../../src-core/study/workersSchema.ts'
import type { JournalStep } from '../../src-core/studyComparison/wallClock.ts'
import { originOf } from '../../src-core/trial/origin.ts'
import { type FinishedTrial, isUnreadable, type Trial, type WaitingTrial } from '../../src-core/trial/trial.ts'
import type { CheckpointEvent, TrialJournal } from '../scheduler/ports.ts'
import type { ConfirmationJournal } from '../confirmation/activeConfirmation.ts'
import type { Clock } from '../scheduler/clock.ts'
import { readAnnotations } from './annotationRecords.ts'
import { insertDataCard, readDataCards } from './datasetRecords.ts'
import {
  insertConfirmation,
  readConfirmations,
  updateConfirmationRun,
  updateConfirmationState,
} from './confirmationRecords.ts'
import { lostNetworks, type Refuge, type RefugePaths, takeRefuge } from './refuge.ts'
import { checkInPlace, closeConnection, type Connection, explained, writeInPlace } from './sqlite.ts'
import { readEpochCurves, readLearningCurves } from './learningCurves.ts'
import { JournalEndWriter, readJournalEnd } from './journalEnd.ts'
import { Seals, hasSeals, sameBytes } from './seals.ts'
import { readStudySums, type StudySums } from './studySums.ts'
import { attachSource, type TakenTrial, takeTrials } from './takeTrials.ts'
import { damagedTrial, isUndecodable } from './trialRecords.ts'
import { TrialReader } from './trialReader.ts'
import { TrialWriter } from './trialWriter.ts'
import { chainAt, lostEntries, readChangedTrials, readEvents, readLastEvent, readSteps } from './journalRecords.ts'
import { readLoggedEvents, readLoggedTrials } from './logRecords.ts'
import { corrupt, createDatabase, type NewStudy, openDatabase } from './studyDatabase.ts'
import { messageOf, readStudyRecord, type StudyRecord, updateState } from './studyRecord.ts'

/** What the journal calls a change of what people say of a trial. */
export type AnnotationEvent = 'annotated' | 'pinned' | 'unpinned' | 'excluded' | 'restored' | 'damaged'

/** To put a study away or to note something in its log book is not to use it. */
const usesStudy = (kind: string): boolean => !['labelled', 'noted', 'backed-up'].includes(kind)

interface Opening {
  readonly readOnly: boolean
  readonly refuge: Refuge | null
  readonly checked: boolean
}

/** The database of one study. Each writing method is one short transaction, on the disk when it returns. */
export class StudyStore implements TrialJournal, ConfirmationJournal {
  readonly file: string
  #connection: Connection
  readonly #clock: Clock
  #reader: TrialReader
  #writer: TrialWriter | null
  #journalEnd: JournalEndWriter
  readonly #refuge: Refuge | null
  readonly #whenMoved: ((gone: SpiketuneError) => void)[] = []
  #shelter: RefugePaths | null = null
  /** Why nothing is written any more. */
  #sealed: SpiketuneError | null = null

  private constructor(file: string, connection: Connection, clock: Clock, { readOnly, refuge }: Opening) {
    this.#connection = connection
    this.file = file
    this.#clock = clock
    this.#refuge = refuge
    this.#reader = new TrialReader(connection)
    this.#writer = readOnly ? null : new TrialWriter(connection)
    this.#journalEnd = new JournalEndWriter(connection.name)
    if (!readOnly) this.#noticeLostEntries()
  }

  /** Makes the database of a new study. @throws SpiketuneError */
  static create(file: string, study: NewStudy, clock: Clock): void {
    createDatabase(file, study, clock.now())
  }

  /**
   * Opens a study to write to it; the caller holds the writer's lock.
   * @param refuge where it goes when its folder is gone while it is open; null: nowhere
   * @param checked `prepareDatabase` has just been through it
   * @throws SpiketuneError
   */
  static open(file: string, clock: Clock, refuge: Refuge | null = null, checked = false): StudyStore {
    return StudyStore.#opened(file, clock, { readOnly: false, refuge, checked })
  }

  /** Opens a study to look at it, without ever standing in a writer's way. @throws SpiketuneError */
  static openReadOnly(file: string, clock: Clock): StudyStore {
    return StudyStore.#opened(file, clock, { readOnly: true, refuge: null, checked: false })
  }

  static #opened(file: string, clock: Clock, opening: Opening): StudyStore {
    const connection = openDatabase(file, opening.readOnly, opening.checked)
    try {
      return explained(file, () => new StudyStore(file, connection, clock, opening))
    } catch (error) {
      connection.close()
      throw error
    }
  }

  study(): StudyRecord {
    return this.#read(() => readStudyRecord(this.#connection))
  }

  /** All trials by number without their records: learning curves, confusion, spike counts. */
  trials(): Trial[] {
    return this.#read(() => this.#reader.all())
  }

  /** The same a part at a time, so that they are never held together. */
  *trialParts(atOnce?: number): Generator<Trial[], void> {
    const parts = this.#reader.parts(atOnce)
    for (;;) {
      const next = this.#read(() => parts.next())
      if (next.done === true) return
      yield next.value
    }
  }

  /** From now on everything is read as it is now, whatever a writer does, until the store is closed. */
  holdStill(): void {
    explained(this.file, () => this.#connection.exec('BEGIN'))
  }

  /** What was seen of some trials at every look, by rising number. */
  learningCurves(numbers: readonly number[]): LearningCurve[] {
    return this.#read(() => readLearningCurves(this.#connection, numbers))
  }

  /** The learning curves of all measured trials by epochs, in the order in which they were told. */
  epochCurves(): ReturnType<typeof readEpochCurves> {
    return this.#read(() => readEpochCurves(this.#connection))
  }

  /** What a list of studies says of the trials, without reading them. */
  sums(): StudySums {
    return this.#read(() => readStudySums(this.#connection))
  }

  /** The entry of the journal that was written last; 0 of an empty one. */
  lastEvent(): number {
    return this.#read(() => readLastEvent(this.#connection))
  }

  /** Numbers of the trials that something happened to after an entry of the journal. */
  changedSince(event: number): Set<number> {
    return this.#read(() => readChangedTrials(this.#connection, event))
  }

  /** One trial without its records. */
  slimTrial(number: number): Trial | null {
    return this.#read(() => this.#reader.slim(number))
  }

  /** One trial with everything that was measured; null when there is none of this number. */
  trial(number: number): Trial | null {
    return this.#read(() => this.#reader.one(number))
  }

  /**
   * The same of a trial whose values are to be relied on.
   * @throws SpiketuneError trial-damaged when what is stored of it is not what was written, or cannot be read
   */
  intactTrial(number: number): Trial | null {
    return this.#read(() => {
      const damaged = hasSeals(this.#connection) && new Seals(this.#connection).look('trial', number) === 'damaged'
      const trial = damaged ? null : this.#reader.one(number)
      if (damaged || (trial !== null && isUnreadable(trial))) throw damagedTrial(number)
      return trial
    })
  }

  /** What people say of trials, by number; trials of which nothing is said are left out. */
  annotations(): Map<number, Annotation> {
    return this.#read(() => readAnnotations(this.#connection))
  }

  confirmations(): Confirmation[] {
    return this.#read(() => readConfirmations(this.#connection))
  }

  confirmationBegun(confirmation: Confirmation): void {
    this.#write('confirmation-begun', null, String(confirmation.id), ({ seals }) => {
      seals.change('confirmation', confirmation.id, () => {
        insertConfirmation(this.#connection, confirmation)
      })
    })
  }

  confirmationState(id: number, state: Confirmation['state'], message: string | null): void {
    this.#write(`confirmation-${state}`, null, String(id), ({ seals }) => {
      seals.change('confirmation', id, () => {
        updateConfirmationState(this.#connection, id, state, message)
      })
    })
  }

  confirmationRun(id: number, index: number, outcome: ConfirmationOutcome): void {
    this.#write('confirmation-run', null, `${id} ${index}`, ({ seals }) => {
      seals.change('confirmation', id, () => {
        updateConfirmationRun(this.#connection, id, index, outcome)
      })
    })
  }

  /** The datasets that trials were trained on, in the order in which they were first read. */
  dataCards(): DataCard[] {
    return this.#read(() => readDataCards(this.#connection))
  }

  datasetRead(card: DataCard): void {
    this.#write('dataset-read', null, card.sha256, () => {
      insertDataCard(this.#connection, card)
    })
  }

  /** What happened to a trial, oldest first. */
  events(trial: number): JournalEvent[] {
    return this.#read(() => readEvents(this.#connection, trial))
  }

  /** Numbers of the finished trials, in the order in which they were told. */
  toldOrder(): number[] {
    return this.#read(() =>
      this.#connection
        .prepare<[], { readonly number: number }>(
          'SELECT number FROM trial WHERE told_order IS NOT NULL ORDER BY told_order',
        )
        .all()
        .map(({ number }) => number),
    )
  }

  /** When the study ran and rested, oldest first. */
  steps(): JournalStep[] {
    return this.#read(() => readSteps(this.#connection))
  }

  /** Finished trials in the order of telling, a part at a time; see `TrialReader.finished`. */
  finished(toldOrder: number, limit: number, counts: boolean): FinishedTrial[] {
    return this.#read(() => this.#reader.finished(toldOrder, limit, counts))
  }

  /** Why trials were asked for, by rising number, a part at a time. */
  explanations(number: number, limit: number): ExplainedTrial[] {
    return this.#read(() => this.#reader.explanations(number, limit))
  }

  /** Where what was in the folder of the study is now; null: it is still there. */
  get rescuedTo(): string | null {
    return this.#shelter?.folder ?? null
  }

  /** Calls `listener` once the folder of the study is gone, and what was in it has been copied. */
  onMoved(listener: (gone: SpiketuneError) => void): void {
    this.#whenMoved.push(listener)
  }

  /** Nothing is written from now on; what is stored can still be read. */
  seal(reason: SpiketuneError): void {
    this.#sealed = reason
  }

  /** Changes whenever another connection has written. @throws SpiketuneError study-gone */
  version(): number {
    checkInPlace(this.#connection)
    return explained(this.file, () => this.#connection.pragma('data_version', { simple: true }) as number)
  }

  asked(trial: WaitingTrial): void {
    const kind = originOf(trial.explanation).kind === 'person' ? 'enqueued' : 'asked'
    this.#write(kind, trial.number, null, (writer) => {
      writer.insert(trial)
    })
  }

  moved(trial: Trial, reason: string, elapsedMs: number): void {
    this.#write(reason, trial.number, trial.state, (writer) => {
      writer.update(trial)
      this.#connection.prepare('UPDATE study SET elapsed_ms = ?').run(elapsedMs)
    })
  }

  checkpointNoted(trial: number, kind: CheckpointEvent, detail: string): void {
    this.#write(kind, trial, detail, () => undefined)
  }

  /** @param detail which hook, and what became of it */
  hookFailed(detail: string): void {
    this.#write('hook-failed', null, detail, () => undefined)
  }

  slept(durationMs: number): void {
    this.#write('slept', null, String(Math.round(durationMs)), () => {
      this.#connection.prepare('UPDATE study SET slept_ms = slept_ms + ?').run(durationMs)
    })
  }

  stateChanged(state: StudyState, elapsedMs: number): void {
    this.#write(state.kind, null, messageOf(state), () => {
      updateState(this.#connection, state, elapsedMs)
    })
  }

  /** Lets `take` read the database of another study. */
  attachSource(file: string): void {
    explained(file, () => {
      attachSource(this.#connection, file)
    })
  }

  /** Takes finished trials over from the attached study, with everything that was measured. */
  take(trials: readonly TakenTrial[]): void {
    this.#write('copied', null, `${trials.length} trials`, () => {
      takeTrials(this.#connection, trials, this.#clock.now())
    })
  }

  /** @param kind what the journal calls the change */
  annotated(trial: number, annotation: Annotation, kind: AnnotationEvent): void {
    const { note, tags, damage = null } = annotation
    const said = kind === 'annotated' ? JSON.stringify({ note, tags }) : kind === 'damaged' ? damage : null
    this.#write(kind, trial, said, (writer) => {
      writer.annotate(trial, annotation)
    })
  }

  /** A person wants this number of workers. */
  workersChanged(workers: number): void {
    this.#write('workers', null, String(workers), () => {
      this.#connection.prepare('UPDATE study SET workers = ?').run(workers)
    })
  }

  /** A person wants the workers there, and as many as that makes. */
  devicesChanged(devices: DeviceWorkers): void {
    const text = JSON.stringify(deviceWorkersSchema.parse(devices))
    this.#write('devices', null, text, () => {
      this.#connection.prepare('UPDATE study SET devices = ?, workers = NULL').run(text)
    })
  }

  /** @param said what of the labels has changed */
  labelled(labels: StudyLabels, said: Partial<StudyLabels>): void {
    this.#write('labelled', null, JSON.stringify(said), () => {
      this.#connection.prepare('UPDATE study SET labels = ?').run(JSON.stringify(studyLabelsSchema.parse(labels)))
    })
  }

  /** Something that happened to the study as a whole, or that a person wrote into its log book. */
  logged(kind: 'noted' | 'backed-up' | 'forked', text: string): void {
    this.#write(kind, null, text, () => undefined)
  }

  /** What the log book is made of: entries of the journal, oldest first, and the measured trials in the order in which they were told. */
  logSources(): Pick<Parameters<typeof logBook>[0], 'events' | 'measured'> {
    return this.#read(() => ({
      events: readLoggedEvents(this.#connection),
      measured: readLoggedTrials(this.#connection),
    }))
  }

  /** The trained networks of these trials are no longer kept. */
  networksForgotten(trials: readonly number[]): void {
    this.#write('networks-forgotten', null, trials.join(' '), (writer) => {
      for (const trial of trials) writer.forgetNetwork(trial)
    })
  }

  close(): void {
    this.#journalEnd.close()
    closeConnection(this.#connection)
  }

  /** What the file beside the database says of entries that are not there is kept in the journal: the file is written over. */
  #noticeLostEntries(): void {
    const known = readJournalEnd(this.file)
    if (typeof known === 'string') return
    const found = chainAt(this.#connection, known.id)
    if (found !== null && sameBytes(found, known.chain)) return
    this.#write('journal-lost', null, lostEntries(known.id, this.lastEvent()), () => undefined)
  }

  #write(kind: string, trial: number | null, detail: string | null, step: (writer: TrialWriter) => void): void {
    if (this.#sealed !== null) throw this.#sealed
    try {
      this.#writeOnce(kind, trial, detail, step)
    } catch (error) {
      if (!(error instanceof SpiketuneError && error.code === 'study-gone') || this.#refuge === null) throw error
      this.#move(error, this.#refuge)
      this.#writeOnce(kind, trial, detail, step)
    }
  }

  #writeOnce(kind: string, trial: number | null, detail: string | null, step: (writer: TrialWriter) => void): void {
    const writer = this.#writer
    if (writer === null) throw new Error('this study was opened to be looked at only')
    const { seals } = writer
    writeInPlace(this.#connection, () => {
      seals.changeStudy(() => {
        const now = this.#clock.now()
        step(writer)
        seals.append(now, kind, trial, detail)
        if (usesStudy(kind)) this.#connection.prepare('UPDATE study SET updated_at_ms = MAX(created_at_ms, ?)').run(now)
      })
    })
    explained(this.file, () => {
      const end = seals.end()
      if (end !== null && end.chain !== null) this.#journalEnd.write({ id: end.id, chain: end.chain })
    })
  }

  /** Goes on in a copy elsewhere: what was to be written when the folder was found gone, and how the study ended, is in it too. */
  #move(gone: SpiketuneError, refuge: Refuge): void {
    const paths = takeRefuge(this.#connection, refuge, gone)
    const connection = openDatabase(paths.database, false)
    this.close()
    this.#connection = connection
    this.#reader = new TrialReader(connection)
    this.#writer = new TrialWriter(connection)
    this.#journalEnd = new JournalEndWriter(paths.database)
    this.#shelter = paths
    const lost = explained(paths.database, () => lostNetworks(connection, paths.networks))
    if (lost.length > 0) {
      this.#writeOnce('networks-forgotten', null, lost.join(' '), (writer) => {
        for (const trial of lost) {
          writer.forgetNetwork(trial)
          writer.networkProblem(trial, 'It was lost with the folder of the study.')
        }
      })
    }
    const told = new SpiketuneError('study-gone', `${gone.message} What it held is in ${paths.folder} now.`)
    for (const listener of this.#whenMoved) listener(told)
  }

  #read<Result>(step: () => Result): Result {
    return explained(this.file, () => {
      try {
        return step()
      } catch (error) {
        throw isUndecodable(error) ? corrupt(this.file, error.message) : error
      }
    })
  }
}
