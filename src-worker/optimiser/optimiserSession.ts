import { z } from 'zod'
import { optimiserRequestSchema } from '../../src-core/contracts/optimiser.ts'
import type { OptimiserReply, OptimiserRequest } from '../../src-core/contracts/optimiser.ts'
import { withAsksAhead } from '../../src-core/optimiser/asksAhead.ts'
import type { AsksAhead, Thinking } from '../../src-core/optimiser/asksAhead.ts'
import type { Optimiser } from '../../src-core/optimiser/optimiser.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'

interface OptimiserSessionOptions {
  readonly create: (definition: StudyDefinition) => Optimiser<unknown>
  readonly post: (reply: OptimiserReply) => void
  /** Calls `step` once, after the messages that have arrived by then. */
  readonly later: (step: () => void) => void
}

/**
 * Serves the scheduler: `receive` takes its messages, not yet decoded, one after another. Between them the optimiser
 * prepares itself, one step at a time. After a failure nothing is done any more.
 */
export function serveScheduler({ create, post, later }: OptimiserSessionOptions): {
  readonly receive: (message: unknown) => void
} {
  let mind: Mind | null = null
  let failed = false
  const guarded = (step: () => void): void => {
    if (failed) return
    try {
      step()
    } catch (error) {
      failed = true
      post({ type: 'failed', message: messageOf(error) })
    }
  }
  const handle = (request: OptimiserRequest): void => {
    if (request.type === 'start') {
      mind = new Mind(create(request.definition), post, (step) => {
        later(() => {
          guarded(step)
        })
      })
      return
    }
    if (mind === null) throw new Error(`a message of type ${request.type} before the start`)
    if (request.type === 'tell') mind.tell(request.trials)
    else mind.ask(request)
  }
  return {
    receive(message) {
      guarded(() => {
        handle(optimiserRequestSchema.parse(message))
      })
    },
  }
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error)
  return error instanceof Error ? error.message : String(error)
}

/** What one study's optimiser knows, and what it works at between messages. */
class Mind {
  private readonly optimiser: Optimiser<unknown>
  private readonly post: OptimiserSessionOptions['post']
  private readonly later: OptimiserSessionOptions['later']
  private readonly asksAhead: AsksAhead<unknown>
  private thinking: Thinking<unknown>
  private work: Iterator<unknown> | null = null
  private stepIsDue = false

  constructor(
    optimiser: Optimiser<unknown>,
    post: OptimiserSessionOptions['post'],
    later: OptimiserSessionOptions['later'],
  ) {
    this.optimiser = optimiser
    this.post = post
    this.later = later
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
    this.post({ type: 'answer', id, answer })
    // At once, while the scheduler deals with the answer.
    this.thinking = this.asksAhead.prepareAhead(next)
  }

  private workLater(): void {
    if (this.work === null || this.stepIsDue) return
    this.stepIsDue = true
    this.later(() => {
      this.stepIsDue = false
      if (this.work?.next().done === true) this.work = null
      this.workLater()
    })
  }
}
