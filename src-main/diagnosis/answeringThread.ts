import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { saidNothing, thinkingLimits, Watchdog } from '../../src-core/time/watchdog.ts'
import { systemClock } from '../scheduler/clock.ts'

const replySchema = z.union([
  z.object({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), message: z.string() }),
  /** Before the answer. */
  z.object({ id: z.int(), progress: z.unknown() }),
])

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly progress: (value: unknown) => void
}

/** A thread that answers requests in their order, and goes when it is told to. */
export class AnsweringThread {
  private readonly worker: Worker
  private readonly waiting = new Map<number, Waiting>()
  private readonly watchdog: Watchdog
  private lastId = 0
  private ended: Error | null = null
  /** Kept when the thread is no more. */
  readonly gone: Promise<void>

  /** @param file what it runs @param data what it begins with; must be cloneable @param limits how long it may think */
  constructor(file: URL, name: string, data: unknown, limits = thinkingLimits) {
    const silent = (silentMs: number): void => {
      this.terminate(new Error(`the thread ${saidNothing(silentMs)}`))
    }
    this.watchdog = new Watchdog(systemClock, silent, limits)
    this.worker = new Worker(file, { name, execArgv: [], workerData: data })
    this.worker.on('message', (message: unknown) => {
      this.answered(message)
    })
    this.worker.on('error', (error) => {
      this.end(error instanceof Error ? error : new Error(String(error)))
    })
    this.gone = new Promise((resolve) => {
      this.worker.on('exit', () => {
        this.end(new Error('the thread has ended'))
        resolve()
      })
    })
    // It has nothing of its own that an application would have to wait for.
    this.worker.unref()
  }

  get hasEnded(): boolean {
    return this.ended !== null
  }

  /** Something was asked that it has not answered yet. */
  get isAsked(): boolean {
    return this.waiting.size > 0
  }

  /** Says something that is not answered. */
  tell(message: object): void {
    this.worker.postMessage(message)
  }

  /**
   * @param progress told of what is said of the request before its answer
   * @throws {Error} what the request failed with, or that the thread has ended
   */
  ask<Schema extends z.ZodType>(
    message: object,
    schema: Schema,
    progress: (value: unknown) => void = () => undefined,
  ): Promise<z.infer<Schema>> {
    if (this.ended !== null) return Promise.reject(this.ended)
    const id = ++this.lastId
    return new Promise<unknown>((resolve, reject) => {
      if (this.waiting.size === 0) this.watchdog.start()
      this.waiting.set(id, { resolve, reject, progress })
      this.worker.postMessage({ ...message, id })
    }).then((value) => schema.parse(value))
  }

  terminate(reason = new Error('the thread was ended')): void {
    this.end(reason)
    void this.worker.terminate()
  }

  private answered(message: unknown): void {
    const reply = replySchema.safeParse(message)
    if (!reply.success) {
      this.end(new Error('the thread sent what is no answer', { cause: reply.error }))
      return
    }
    const { id } = reply.data
    const waiting = this.waiting.get(id)
    if ('progress' in reply.data) {
      this.watchdog.heard(false)
      waiting?.progress(reply.data.progress)
      return
    }
    this.waiting.delete(id)
    if (this.waiting.size === 0) this.watchdog.stop()
    else this.watchdog.heard(false)
    if (reply.data.ok) waiting?.resolve(reply.data.value)
    else waiting?.reject(new Error(reply.data.message))
  }

  private end(reason: Error): void {
    this.ended ??= reason
    this.watchdog.stop()
    for (const { reject } of this.waiting.values()) reject(this.ended)
    this.waiting.clear()
  }
}
