import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Damage } from '../../src-core/contracts/studyCheck.ts'
import { betterOf, isFeasible, type MeasuredRow } from '../../src-core/progress/best.ts'
import { countsAgainstBudget } from '../../src-core/progress/summarise.ts'
import { type Annotation, noAnnotation, type StudySummary, type TrialRow } from '../../src-core/progress/readModel.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { wallClock } from '../../src-core/studyComparison/wallClock.ts'
import { type FinishedTrial, isFinished, isUnreadable, type Trial } from '../../src-core/trial/trial.ts'
import { studyPaths } from '../files/studyFolder.ts'
import type { Clock } from '../scheduler/clock.ts'
import { confirmationsNow } from '../confirmation/confirmationsNow.ts'
import { StudyStore } from '../storage/studyStore.ts'
import { isWriterLocked } from '../storage/writerLock.ts'
import type { DefinitionDecoder } from './definitionDecoder.ts'
import { placesOf } from './loadRows.ts'

/** Trials read in one go. */
const endedAtOnce = 250

/** A study as it is stored, of one moment: its trials are read as they are asked for, and never held together. */
export class StudyReading {
  readonly id: string
  readonly folder: string
  readonly definition: StudyDefinition
  /** What a look at everything that is stored has found. */
  readonly damage: readonly Damage[]
  readonly #summary: StudySummary
  readonly #store: StudyStore
  /** What is said of trials, by number; those that are damaged are left out, whether that is stored or not. */
  readonly #annotations: Map<number, Annotation>
  readonly #unnoted: number

  private constructor(
    summary: StudySummary,
    definition: StudyDefinition,
    store: StudyStore,
    damage: readonly Damage[],
  ) {
    this.id = basename(summary.folder)
    this.folder = summary.folder
    this.definition = definition
    this.damage = damage
    this.#summary = summary
    this.#store = store
    this.#annotations = store.annotations()
    let unnoted = 0
    for (const { part, trial, message } of damage) {
      const annotation = trial === null ? undefined : (this.#annotations.get(trial) ?? noAnnotation)
      if (part !== 'trial' || trial === null || annotation === undefined || annotation.damage !== undefined) continue
      this.#annotations.set(trial, { ...annotation, excluded: true, damage: message })
      unnoted++
    }
    this.#unnoted = unnoted
  }

  /** @throws SpiketuneError */
  static async open(
    summary: StudySummary,
    damage: readonly Damage[],
    { clock, decode }: { readonly clock: Clock; readonly decode: DefinitionDecoder },
  ): Promise<StudyReading> {
    const store = StudyStore.openReadOnly(studyPaths(summary.folder).database, clock)
    try {
      store.holdStill()
      const definition = await decode(store.study().definition, store.file, 'stored')
      const confirmations = confirmationsNow(store.confirmations(), isWriterLocked(studyPaths(summary.folder).lock))
      const confirming = confirmations.some(({ state }) => state === 'running')
      return new StudyReading({ ...summary, confirming }, definition, store, damage)
    } catch (error) {
      store.close()
      throw error
    }
  }

  /** Nobody has written to the study since this was said of it. */
  isOf({ updatedAtMs, counts }: StudySummary): boolean {
    return this.#store.study().updatedAtMs === updatedAtMs && isDeepStrictEqual(this.#store.sums().counts, counts)
  }

  /** Something is damaged of which the journal of the study says nothing yet. */
  get isUnnoted(): boolean {
    return this.#unnoted > 0
  }

  /** Where something is damaged that is not noted, the sums of the database are not those of what counts. */
  get summary(): StudySummary {
    if (!this.isUnnoted) return this.#summary
    let [best, excluded, uncounted]: [MeasuredRow | null, number, number] = [null, 0, 0]
    for (const row of this.rows()) {
      best = betterOf(best, row)
      if (row.annotation.excluded) excluded++
      if (!countsAgainstBudget(row)) uncounted++
    }
    const { trials } = this.definition.budget
    return {
      ...this.#summary,
      best: best && {
        number: best.number,
        objective: best.objective,
        violation: best.violation,
        feasible: isFeasible(best),
      },
      excluded,
      trialBudget: trials === undefined ? null : trials + uncounted,
    }
  }

  /** By number. */
  *rows(): Generator<TrialRow, void> {
    const withPlace = placesOf(this.#store)
    for (const part of this.#store.trialParts()) {
      for (const trial of part) yield withPlace(toTrialRow(trial, this.#annotations.get(trial.number)))
    }
  }

  /** Finished trials that are not left out, by number, in parts. */
  *countedParts(): Generator<FinishedTrial[], void> {
    for (const part of this.#store.trialParts()) {
      yield part
        .filter(isFinished)
        .filter((trial) => !isUnreadable(trial) && this.#annotations.get(trial.number)?.excluded !== true)
    }
  }

  /** Finished trials in the order in which they ended, and the time that the study had run by then. */
  *endedRows(): Generator<{ readonly row: TrialRow; readonly wallTimeMs: number }, void> {
    const elapsedAt = wallClock(this.#store.steps(), this.#summary.elapsedMs)
    for (let told = 0; ;) {
      const part = this.#store.finished(told, endedAtOnce, false)
      for (const trial of part) {
        const row = toTrialRow(trial, this.#annotations.get(trial.number))
        yield { row, wallTimeMs: elapsedAt(trial.endedAtMs) }
      }
      const last = part.at(-1)
      if (last === undefined || part.length < endedAtOnce) return
      told = last.toldOrder + 1
    }
  }

  trial(number: number): Trial | null {
    return this.#store.trial(number)
  }

  close(): void {
    this.#store.close()
  }
}
