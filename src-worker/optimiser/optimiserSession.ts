import { optimiserRequestSchema } from '../../src-core/contracts/optimiser.ts'
import type { OptimiserAnswer, OptimiserRequest } from '../../src-core/contracts/optimiser.ts'
import { withAsksAhead } from '../../src-core/optimiser/asksAhead.ts'
import type { AsksAhead, Thinking } from '../../src-core/optimiser/asksAhead.ts'
import type { Optimiser } from '../../src-core/optimiser/optimiser.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'

export interface OptimiserSessionOptions {
  readonly create: (definition: StudyDefinition) => Optimiser<unknown>
  readonly post: (answer: OptimiserAnswer) => void
  /** Calls `step` once, after the messages that have arrived by then. */
  readonly later: (step: () => void) => void
}

/**
 * Serves the scheduler: `receive` takes its messages, not yet decoded, one after another. Between them the optimiser
 * prepares itself, one step at a time. What goes wrong is thrown, here or in a step, and ends the thread.
 */
export function serveScheduler(options: OptimiserSessionOptions): { readonly receive: (message: unknown) => void } {
  let mind: Mind | null = null
  return {
    receive(data) {
      const message = optimiserRequestSchema.parse(data)
      if (message.type === 'start') {
        mind = new Mind(options.create(message.definition), options)
        return
      }
      if (mind === null) throw new Error(`a message of type ${message.type} before the start`)
      if (message.type === 'tell') mind.tell(message.trials)
      else mind.ask(message)
    },
  }
}

/** What one study's optimiser knows, and what it works at between messages. */
class Mind {
  private readonly optimiser: Optimiser<unknown>
  private readonly options: OptimiserSessionOptions
  private readonly asksAhead: AsksAhead<unknown>
  private thinking: Thinking<unknown>
  private work: Iterator<unknown> | null = null
  private stepIsDue = false

  constructor(optimiser: Optimiser<unknown>, options: OptimiserSessionOptions) {
    this.optimiser = optimiser
    this.options = options
    this.asksAhead = withAsksAhead(optimiser)
    this.thinking = this.asksAhead.initial
  }

  tell(trials: readonly FinishedTrial[]): void {
    for (const trial of trials) this.thinking = this.asksAhead.tell(this.thinking, trial)
    this.work?.return?.()
    this.work = this.optimiser.prepare?.(this.thinking.state) ?? null
    this.workLater()
  }

  ask({ id, number, pending }: Extract<OptimiserRequest, { type: 'ask' }>): void {
    const { answer, next } = this.asksAhead.ask(this.thinking, number, pending)
    this.options.post({ id, answer })
    // At once, while the scheduler deals with the answer.
    this.thinking = this.asksAhead.prepareAhead(next)
  }

  private workLater(): void {
    if (this.work === null || this.stepIsDue) return
    this.stepIsDue = true
    this.options.later(() => {
      this.stepIsDue = false
      if (this.work?.next().done === true) this.work = null
      this.workLater()
    })
  }
}
