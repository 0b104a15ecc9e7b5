import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { StudySummary, TrialRow } from '../../src-core/progress/readModel.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import { studyPaths } from '../library/studyFolder.ts'
import type { Clock } from '../scheduler/clock.ts'
import { StudyStore } from '../storage/studyStore.ts'
import type { DefinitionDecoder } from './definitionDecoder.ts'

/** A study as it is stored, of one moment: its trials are read as they are asked for, and never held together. */
export class StudyReading {
  readonly id: string
  readonly summary: StudySummary
  readonly definition: StudyDefinition
  readonly #store: StudyStore

  private constructor(summary: StudySummary, definition: StudyDefinition, store: StudyStore) {
    this.id = basename(summary.folder)
    this.summary = summary
    this.definition = definition
    this.#store = store
  }

  /** @throws SpiketuneError */
  static async open(
    summary: StudySummary,
    { clock, decode }: { readonly clock: Clock; readonly decode: DefinitionDecoder },
  ): Promise<StudyReading> {
    const store = StudyStore.openReadOnly(studyPaths(summary.folder).database, clock)
    try {
      store.holdStill()
      const definition = await decode(store.study().definition, store.file, 'stored')
      return new StudyReading(summary, definition, store)
    } catch (error) {
      store.close()
      throw error
    }
  }

  /** Nobody has written to the study since this was said of it. */
  isOf({ updatedAtMs, counts }: StudySummary): boolean {
    return this.#store.study().updatedAtMs === updatedAtMs && isDeepStrictEqual(this.#store.sums().counts, counts)
  }

  /** By number. */
  *rows(): Generator<TrialRow, void> {
    const annotations = this.#store.annotations()
    for (const part of this.#store.slimTrialParts()) {
      for (const trial of part) yield toTrialRow(trial, annotations.get(trial.number))
    }
  }

  trial(number: number): Trial | null {
    return this.#store.trial(number)
  }

  close(): void {
    this.#store.close()
  }
}
