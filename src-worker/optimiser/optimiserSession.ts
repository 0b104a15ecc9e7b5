import { type AnsweredMessage, answering, type AskedMessage } from '../../src-core/contracts/channel.ts'
import type { OptimiserQuestions } from '../../src-core/contracts/optimiser.ts'
import { type AsksAhead, type Thinking, withAsksAhead } from '../../src-core/optimiser/asksAhead.ts'
import type { Ask, Optimiser } from '../../src-core/optimiser/optimiser.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'

interface OptimiserSessionOptions {
  readonly create: (definition: StudyDefinition) => Optimiser<unknown>
  readonly post: (message: AnsweredMessage) => void
  /** Calls `step` once, after the messages that have arrived by then. */
  readonly later: (step: () => void) => void
}

/**
 * Serves the scheduler: `receive` takes its messages one after another. Between them the optimiser prepares itself, one step at
 * a time. After a failure nothing is done any more.
 */
export const serveScheduler = ({
  create,
  post,
  later,
}: OptimiserSessionOptions): {
  readonly receive: (message: AskedMessage) => void
} => {
  let mind: Mind | null = null
  let failed = false
  const fail = (error: unknown): void => {
    failed = true
    channel.fail(error)
  }
  const guarded = (step: () => void): void => {
    if (failed) return
    try {
      step()
    } catch (error) {
      fail(error)
    }
  }
  const started = (): Mind => {
    if (mind === null) throw new Error('the optimiser was not started')
    return mind
  }
  const channel = answering<OptimiserQuestions>(
    {
      start(definition) {
        mind = new Mind(create(definition), (step) => {
          later(() => {
            guarded(step)
          })
        })
        return null
      },
      tell(trials) {
        started().tell(trials)
        return null
      },
      ask: (asked) => started().ask(asked),
    },
    {
      post: (message) => {
        if (message.type === 'error') failed = true
        post(message)
      },
      isFatal: true,
    },
  )
  return {
    receive(message) {
      channel.receive(message)
      // At once, while the scheduler deals with the answer.
      guarded(() => mind?.prepareAhead())
    },
  }
}

/** What one study's optimiser knows, and what it works at between messages. */
class Mind {
  readonly #optimiser: Optimiser<unknown>
  readonly #later: OptimiserSessionOptions['later']
  readonly #asksAhead: AsksAhead<unknown>
  #thinking: Thinking<unknown>
  #work: Iterator<unknown> | null = null
  #stepIsDue = false
  #hasAnswered = false

  constructor(optimiser: Optimiser<unknown>, later: OptimiserSessionOptions['later']) {
    this.#optimiser = optimiser
    this.#later = later
    this.#asksAhead = withAsksAhead(optimiser)
    this.#thinking = this.#asksAhead.initial
  }

  tell(trials: readonly FinishedTrial[]): void {
    for (const trial of trials) this.#thinking = this.#asksAhead.tell(this.#thinking, trial)
    this.#work?.return?.()
    this.#work = this.#optimiser.prepare?.(this.#thinking.state) ?? null
    this.#workLater()
  }

  ask({ number, pending }: OptimiserQuestions['ask']['request']): Ask {
    const { answer, next } = this.#asksAhead.ask(this.#thinking, number, pending)
    this.#thinking = next
    this.#hasAnswered = true
    return answer
  }

  /** After an answer: makes the next one ready. */
  prepareAhead(): void {
    if (!this.#hasAnswered) return
    this.#hasAnswered = false
    this.#thinking = this.#asksAhead.prepareAhead(this.#thinking)
  }

  #workLater(): void {
    if (this.#work === null || this.#stepIsDue) return
    this.#stepIsDue = true
    this.#later(() => {
      this.#stepIsDue = false
      if (this.#work?.next().done === true) this.#work = null
      this.#workLater()
    })
  }
}
