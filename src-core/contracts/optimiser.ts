/** What the thread in which an optimiser thinks is asked. */
import type { Ask } from '../optimiser/optimiser.ts'
import type { StudyDefinition } from '../study/definition.ts'
import type { FinishedTrial, TrialNumber, WaitingTrial } from '../trial/trial.ts'

export interface OptimiserQuestions {
  /** Told once, first. */
  start: { request: StudyDefinition; response: null }
  /** Told: finished trials in the order they are told. */
  tell: { request: readonly FinishedTrial[]; response: null }
  ask: { request: { readonly number: TrialNumber; readonly pending: readonly WaitingTrial[] }; response: Ask }
}
