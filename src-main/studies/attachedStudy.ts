import type { StudyCalls } from '../../src-core/contracts/studyCalls.ts'
import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyChange, StudySummary } from '../../src-core/progress/readModel.ts'
import type { StudyConnection } from '../background/studyConnection.ts'
import type { StudyFacts } from './studyReadModel.ts'
import { WatchedStudy, type WatchedStudyParts } from './watchedStudy.ts'

interface AttachedStudyParts extends WatchedStudyParts {
  readonly connection: StudyConnection
}

/**
 * A study that another process runs in the background: what happens is told by that process, trial by trial, and it does what it is
 * asked. When that process has ended, it is a study that somebody else has written to, until it is opened anew.
 */
export class AttachedStudy extends WatchedStudy {
  override readonly calls: StudyCalls
  readonly #connection: StudyConnection
  readonly #confirmationListeners = new Set<(confirmation: Confirmation) => void>()
  readonly #whenEnded: (() => void)[] = []
  #told: StudySummary | null = null

  constructor({ connection, ...parts }: AttachedStudyParts) {
    super(parts)
    this.#connection = connection
    const { calls } = connection
    this.calls = {
      ...calls,
      resumeStudy: (request) => calls.resumeStudy(request).then(seenFromHere),
      pauseStudy: (request) => calls.pauseStudy(request).then(seenFromHere),
      pauseStudyNow: (request) => calls.pauseStudyNow(request).then(seenFromHere),
      setWorkers: (request) => calls.setWorkers(request).then(seenFromHere),
    }
    connection.listen({
      changed: (change) => {
        this.#changed(change)
      },
      confirmed: (confirmation) => {
        for (const listener of this.#confirmationListeners) listener(confirmation)
      },
      ended: () => {
        this.#told = null
        this.look()
        this.view.publish([])
        for (const resolve of this.#whenEnded.splice(0)) resolve()
      },
    })
  }

  protected override isTold(): boolean {
    return this.#told !== null
  }

  protected override facts(): StudyFacts {
    const facts = super.facts()
    if (this.#told === null) return facts
    const { state, databaseHeld, confirming, dataWarnings, elapsedMs, sleptMs, workers, workersWanted } = this.#told
    const { networkBytes, updatedAtMs, labels, checkpointProblem } = this.#told
    return {
      ...facts,
      ...{ state, databaseHeld, confirming, dataWarnings, elapsedMs, sleptMs, workers, workersWanted },
      ...{ networkBytes, updatedAtMs, labels, inBackground: true },
      ...(checkpointProblem !== undefined && { checkpointProblem }),
    }
  }

  override snapshotNetwork(number: number, path: string): Promise<void> {
    return this.#connection.isOpen ? this.#connection.snapshotNetwork(number, path) : super.snapshotNetwork()
  }

  override async settled(): Promise<StudySummary> {
    if (this.#connection.isOpen) await new Promise<void>((resolve) => this.#whenEnded.push(resolve))
    return this.view.summary()
  }

  override subscribeToConfirmations(listener: (confirmation: Confirmation) => void = () => undefined): () => void {
    this.#confirmationListeners.add(listener)
    return () => {
      this.#confirmationListeners.delete(listener)
    }
  }

  override close(): Promise<void> {
    this.#connection.close()
    return super.close()
  }

  protected override refusal(): SpiketuneError {
    if (!this.#connection.isOpen) return super.refusal()
    return new SpiketuneError('study-read-only', `${this.id} runs in the background: ask that process.`)
  }

  #changed({ summary, trials }: StudyChange): void {
    this.#told = summary
    const rows = this.withoutDamaged(trials)
    for (const row of rows) this.view.set(row)
    this.view.publish(rows)
  }
}

/** That process writes to the study, this one does not. */
const seenFromHere = (summary: StudySummary): StudySummary => ({ ...summary, readOnly: true, inBackground: true })
