import { Worker } from 'node:worker_threads'
import { optimiserReplySchema } from '../../src-core/contracts/optimiser.ts'
import type { OptimiserRequest } from '../../src-core/contracts/optimiser.ts'
import type { Ask, PendingTrial } from '../../src-core/optimiser/optimiser.ts'
import { slimFinished, slimPending } from '../../src-core/optimiser/slimTrial.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { saidNothing, thinkingLimits, Watchdog } from '../../src-core/time/watchdog.ts'
import type { FinishedTrial, TrialNumber } from '../../src-core/trial/trial.ts'
import type { OptimiserHost, OptimiserListener, OptimiserService } from './optimiserService.ts'

import { systemClock } from './clock.ts'

/** Told trials in one message: copying them takes less than a millisecond of the main thread. */
const trialsPerMessage = 100

/** Optimisers that think in threads of this process; `file` is what such a thread runs. */
export const createOptimiserThreadHost = (file: URL): OptimiserHost => ({
  start: (definition, told, listener) => new OptimiserThread(file, definition, told, listener),
})

interface Question {
  readonly resolve: (answer: Ask) => void
  readonly reject: (error: Error) => void
}

class OptimiserThread implements OptimiserService {
  private readonly worker: Worker
  private readonly listener: OptimiserListener
  /** What is still to be sent, in order: one message a turn of the event loop, so that none waits for all. */
  private readonly outbox: OptimiserRequest[] = []
  private readonly questions = new Map<number, Question>()
  private readonly watchdog = new Watchdog(
    systemClock,
    (silentMs) => {
      this.fail(`its thread ${saidNothing(silentMs)}`)
    },
    thinkingLimits,
  )
  private nextId = 0
  private ended = false

  constructor(file: URL, definition: StudyDefinition, told: readonly FinishedTrial[], listener: OptimiserListener) {
    this.listener = listener
    this.worker = new Worker(file, { name: 'optimiser', execArgv: [] })
    this.worker.on('message', (message) => {
      this.received(message)
    })
    this.worker.on('messageerror', (error) => {
      this.fail(error.message)
    })
    this.worker.on('error', (error) => {
      this.fail(error instanceof Error ? error.message : String(error))
    })
    this.worker.on('exit', (code) => {
      this.fail(`its thread has ended (exit code ${code})`)
    })
    this.outbox.push({ type: 'start', definition })
    for (let first = 0; first < told.length; first += trialsPerMessage) {
      this.outbox.push({ type: 'tell', trials: told.slice(first, first + trialsPerMessage) })
    }
    this.sendNext()
  }

  tell(trial: FinishedTrial): void {
    this.send({ type: 'tell', trials: [slimFinished(trial)] })
  }

  ask(number: TrialNumber, pending: readonly PendingTrial[]): Promise<Ask> {
    if (this.ended) return Promise.reject(new Error('its thread has ended'))
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      if (this.questions.size === 0) this.watchdog.start()
      this.questions.set(id, { resolve, reject })
      this.send({ type: 'ask', id, number, pending: pending.map(slimPending) })
    })
  }

  async close(): Promise<void> {
    this.end('the optimiser was closed')
    await this.worker.terminate()
  }

  private send(request: OptimiserRequest): void {
    if (this.ended) return
    if (this.outbox.length > 0) this.outbox.push(request)
    else this.worker.postMessage(request)
  }

  private sendNext(): void {
    const next = this.outbox.shift()
    if (next === undefined) return
    this.worker.postMessage(next)
    setImmediate(() => {
      this.sendNext()
    })
  }

  private received(message: unknown): void {
    if (this.ended) return
    const { success, data: reply } = optimiserReplySchema.safeParse(message)
    if (!success) this.fail('its thread sent what is no message')
    else if (reply.type === 'failed') this.fail(reply.message)
    else {
      this.questions.get(reply.id)?.resolve(reply.answer)
      this.questions.delete(reply.id)
      if (this.questions.size === 0) this.watchdog.stop()
      else this.watchdog.heard(false)
    }
  }

  private fail(message: string): void {
    if (this.ended) return
    this.end(message)
    void this.worker.terminate()
    this.listener.failed(message)
  }

  /** Nothing is sent, and nothing is listened to, from now on. */
  private end(message: string): void {
    this.ended = true
    this.watchdog.stop()
    this.outbox.length = 0
    for (const { reject } of this.questions.values()) reject(new Error(message))
    this.questions.clear()
  }
}
