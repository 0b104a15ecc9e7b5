import { type TransferListItem, Worker } from 'node:worker_threads'
import {
  type AnsweredMessage,
  type AskedMessage,
  Asker,
  type Listeners,
  type Questions,
} from '../../src-core/contracts/channel.ts'
import { saidNothing, thinkingLimits } from '../../src-core/time/watchdog.ts'
import { systemClock } from '../scheduler/clock.ts'

interface ThreadOptions {
  /** What it begins with; must be cloneable. */
  readonly data?: unknown
  /** What it is called in messages. */
  readonly who?: string
  /** Told that it has ended of itself, and why. */
  readonly ended?: (reason: Error) => void
}

/** A thread of this build that is asked, and goes when it is told to. */
export class AskedThread<Q extends Questions<Q>, Streams = object> {
  readonly #worker: Worker
  readonly #asker: Asker<Q, Streams>
  /** What is still to be sent, in order: one message a turn of the event loop, so that none waits for all. */
  readonly #outbox: AskedMessage[] = []
  /** Kept when the thread is no more. */
  readonly gone: Promise<void>

  /** Nobody may let go of it any more. */
  #ending = false

  /** @param file what it runs */
  constructor(file: URL, name: string, { data = null, who = 'the thread', ended }: ThreadOptions = {}) {
    this.#worker = new Worker(file, { name, execArgv: [], workerData: data })
    this.#asker = new Asker({
      post: (message, transfer) => {
        if (this.#outbox.length > 0) this.#outbox.push(message)
        else this.#worker.postMessage(message, transfer as readonly TransferListItem[])
      },
      clock: systemClock,
      limits: thinkingLimits,
      silent: (silentMs) => {
        this.#broken(new Error(`${who} ${saidNothing(silentMs)}`))
      },
      broken: (reason) => {
        void this.terminate(reason)
        ended?.(reason)
      },
    })
    this.#worker.on('message', (message: AnsweredMessage) => {
      this.#asker.received(message)
      this.#keepAlive()
    })
    const failed = (error: unknown): void => {
      this.#broken(error instanceof Error ? error : new Error(String(error)))
    }
    this.#worker.on('messageerror', failed)
    this.#worker.on('error', failed)
    this.gone = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#broken(new Error(`${who} has ended (exit code ${code})`))
        resolve()
      })
    })
    this.#keepAlive()
  }

  get hasEnded(): boolean {
    return this.#asker.closed !== null
  }

  /** Something was asked that it has not answered yet. */
  get isAsked(): boolean {
    return this.#asker.isAsked
  }

  /** Says something that is not answered. */
  tell<Name extends keyof Q & string>(name: Name, request: Q[Name]['request']): void {
    this.#asker.tell(name, request)
  }

  /** Says much that is not answered, first: one a turn of the event loop, and whatever is said meanwhile after it. */
  tellInTurns<Name extends keyof Q & string>(name: Name, requests: readonly Q[Name]['request'][]): void {
    this.#outbox.push(...requests.map((request) => ({ type: 'tell', name, request }) as const))
    this.#sendNext()
  }

  /** @throws {Error} what the question failed with, or that the thread has ended */
  ask<Name extends keyof Q & string>(
    name: Name,
    request: Q[Name]['request'],
    listeners?: Listeners<Streams>,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Q[Name]['response']> {
    const answer = this.#asker.ask(name, request, listeners, transfer)
    this.#keepAlive()
    return answer
  }

  /** Resolves when it is gone. */
  async terminate(reason = new Error('the thread was ended')): Promise<void> {
    this.#outbox.length = 0
    this.#asker.close(reason)
    this.#ending = true
    // Whoever waits for its end must be there to see it.
    this.#worker.ref()
    await this.#worker.terminate()
  }

  #broken(reason: Error): void {
    this.#asker.break(reason)
  }

  #sendNext(): void {
    const next = this.#outbox.shift()
    if (next === undefined) return
    this.#worker.postMessage(next)
    setImmediate(() => {
      this.#sendNext()
    })
  }

  /** An application waits for its answers, and not for it. */
  #keepAlive(): void {
    if (this.#ending) return
    if (this.#asker.isAsked) this.#worker.ref()
    else this.#worker.unref()
  }
}
