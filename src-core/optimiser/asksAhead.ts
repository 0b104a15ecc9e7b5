/**
 * Answers prepared ahead: right after an answer is handed out, the next number's is prepared on the same state, with the
 * trial just asked for among the pending ones. Why, and why only so: docs/adr/0009-optimiser-in-its-own-thread.md.
 */
import { type FinishedTrial, trialNumber, type TrialNumber, type WaitingTrial } from '../trial/trial.ts'
import { type Ask, askSchema, type Optimiser, type PendingTrial } from './optimiser.ts'

/** With fewer trials under way, an answer that knows one trial less costs more than the wait. */
const fewestUnderWay = 2

/** An answer that is still to be prepared, on the state beside it, or that was. */
type Ahead =
  | { readonly kind: 'due'; readonly number: TrialNumber; readonly pending: readonly PendingTrial[] }
  | { readonly kind: 'prepared'; readonly number: TrialNumber; readonly answer: Ask }

/** An optimiser's state with the answer ahead of it. */
export interface Thinking<State> {
  readonly state: State
  readonly ahead: Ahead | null
}

/** An optimiser that prepares answers ahead. Its answers depend on the order of tells and asks, never on their timing. */
export interface AsksAhead<State> {
  readonly initial: Thinking<State>
  tell(thinking: Thinking<State>, trial: FinishedTrial): Thinking<State>
  /** The answer for trial `number`; after it, what is due may be prepared. */
  ask(
    thinking: Thinking<State>,
    number: TrialNumber,
    pending: readonly PendingTrial[],
  ): { readonly answer: Ask; readonly next: Thinking<State> }
  /** Prepares what is due. Called early, it shortens the next ask; it changes no answer. */
  prepareAhead(thinking: Thinking<State>): Thinking<State>
}

/** `optimiser` with answers prepared ahead, where it can say whether they still hold. */
export const withAsksAhead = <State>(optimiser: Optimiser<State>): AsksAhead<State> => {
  const answerTo = (state: State, number: TrialNumber, pending: readonly PendingTrial[]): Ask =>
    asStored(optimiser.ask(state, number, pending))

  const prepareAhead = ({ state, ahead }: Thinking<State>): Thinking<State> => {
    if (ahead?.kind !== 'due') return { state, ahead }
    const { number, pending } = ahead
    return { state, ahead: { kind: 'prepared', number, answer: answerTo(state, number, pending) } }
  }

  const dueAfter = (answer: Ask, number: TrialNumber, pending: readonly PendingTrial[]): Ahead | null => {
    if (optimiser.stillHolds === undefined || answer.kind === 'exhausted') return null
    const underWay = [...pending, justAsked(number, answer)]
    return underWay.length < fewestUnderWay ? null : { kind: 'due', number: trialNumber(number + 1), pending: underWay }
  }

  return {
    initial: { state: optimiser.initial, ahead: null },
    tell(thinking, trial) {
      const { state, ahead } = prepareAhead(thinking)
      return { state: optimiser.tell(state, trial), ahead }
    },
    ask(thinking, number, pending) {
      const { state, ahead } = prepareAhead(thinking)
      const isNext = ahead?.kind === 'prepared' && ahead.number === number
      const answer =
        isNext && optimiser.stillHolds?.(state, ahead.answer) ? ahead.answer : answerTo(state, number, pending)
      return { answer, next: { state, ahead: dueAfter(answer, number, pending) } }
    },
    prepareAhead,
  }
}

/** The trial that an answer becomes, as far as an optimiser reads it: its seed is the scheduler's. */
const justAsked = (
  number: TrialNumber,
  { configuration, explanation }: Extract<Ask, { kind: 'candidate' }>,
): WaitingTrial => ({ state: 'waiting', number, configuration, explanation, seed: 0, attempt: 0, createdAtMs: 0 })

/** The answer as storage will give it back, so that a resumed study is told what this one was. */
const asStored = (answer: Ask): Ask => askSchema.parse(JSON.parse(JSON.stringify(answer)))
