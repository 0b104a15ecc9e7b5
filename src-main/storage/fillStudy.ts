import type { StudyState } from '../../src-core/progress/readModel.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'
import type { Connection } from './sqlite.ts'
import { TrialWriter } from './trialWriter.ts'

/** Trials that a study has from its beginning: what came of an experiment that was made elsewhere. */
export interface PastTrials {
  readonly trials: readonly FinishedTrial[]
  /** Why nothing is left to do. */
  readonly state: Extract<StudyState, { kind: 'finished' }>
  /** Told of the trials that are in. */
  readonly progress?: (done: number) => void
}

/** Puts past trials into the tables of a new study, and finishes it. Belongs inside a transaction. */
export const fillStudy = (connection: Connection, { trials, state, progress }: PastTrials, nowMs: number): void => {
  const writer = new TrialWriter(connection)
  let start = Infinity
  let end = -Infinity
  for (const [index, trial] of trials.entries()) {
    progress?.(index)
    writer.insert({ ...trial, state: 'waiting' })
    writer.update(trial)
    start = Math.min(start, trial.startedAtMs)
    end = Math.max(end, trial.endedAtMs)
  }
  writer.seals.append(nowMs, 'imported', null, `${trials.length} trials`)
  connection
    .prepare(`UPDATE study SET state = 'finished', state_reason = ?, state_message = ?, elapsed_ms = ?`)
    .run(state.reason, state.detail, trials.length === 0 ? 0 : end - start)
}
