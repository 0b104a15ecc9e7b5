import { z } from 'zod'
import { configurationSchema } from '../space/parameter.ts'
import type { FinishedTrial, RunningTrial, TrialNumber, WaitingTrial } from '../trial/trial.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'

/** The answer to an ask, as it is stored. */
export const askSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('candidate'),
    configuration: configurationSchema,
    explanation: z.record(z.string(), z.unknown()),
  }),
  /** Nothing is left to try, for example in a finite space of which every point was asked. */
  z.strictObject({ kind: z.literal('exhausted'), reason: z.string() }),
])
export type Ask = DeepReadonly<z.infer<typeof askSchema>>

/** A trial that was asked for and is not yet told. */
export type PendingTrial = WaitingTrial | RunningTrial

/**
 * An optimiser as a pure value: its state is a fold over finished trials in the order they were told, so resume is
 * replay. It maximises; `constraint <= 0` is feasible.
 */
export interface Optimiser<State> {
  readonly initial: State
  /** The state after `trial` was told; never changes the given state. */
  tell(state: State, trial: FinishedTrial): State
  /**
   * The candidate for trial number `number`, given the trials still under way. The same state, number and pending
   * trials give the same answer.
   */
  ask(state: State, number: TrialNumber, pending: readonly PendingTrial[]): Ask
  /**
   * Work that makes later asks quicker, a few milliseconds a step, such as fitting a model; null when there is none.
   * It changes no answer: what an ask still lacks it does itself.
   */
  prepare?(state: State): Iterator<unknown> | null
  /**
   * Whether `answer`, given on an earlier state with fewer trials told, may be handed out as if it were given on this
   * one, so that a worker need not wait. Without this method every ask is answered when it is made.
   */
  stillHolds?(state: State, answer: Ask): boolean
}
