import type { Ask, PendingTrial } from '../../src-core/optimiser/optimiser.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { FinishedTrial, TrialNumber } from '../../src-core/trial/trial.ts'

/** The optimiser as the scheduler sees it: it thinks elsewhere, so an answer may take its time. */
export interface OptimiserService {
  /** Never throws; what goes wrong is told to the listener. */
  tell(trial: FinishedTrial): void
  /** Rejects when the optimiser fails, or is closed before it answers. */
  ask(number: TrialNumber, pending: readonly PendingTrial[]): Promise<Ask>
  /** Ends it at once, whatever it thinks about; resolves when it is gone. Nothing more is heard of it. */
  close(): Promise<void>
}

export interface OptimiserListener {
  /** Called at most once: the optimiser is lost, and answers nothing any more. */
  failed(message: string): void
}

/** Starts optimisers. */
export interface OptimiserHost {
  /** @param told finished trials in the order they were told, without their records (slimTrial.ts) */
  start(definition: StudyDefinition, told: readonly FinishedTrial[], listener: OptimiserListener): OptimiserService
}
