import type { z } from 'zod'
import type { WorkerExit, WorkerListener } from './workerHost.ts'

/** Bytes of a worker's standard error that are kept: enough for a stack trace, whatever else it wrote. */
const lastWordsLength = 4096
/** A process that waits for a disk that is gone cannot be ended; nobody waits for it in turn. */
const endPatienceMs = 5000

/**
 * The host's end of one worker process: decodes what comes in, keeps the last words, and makes sure that the listener
 * hears of the end exactly once.
 */
export class WorkerEnd<Said> {
  #lastWords = ''
  #requested = false
  #protocolError: string | null = null
  #ended = false
  #deadline: NodeJS.Timeout | undefined
  readonly #messageSchema: z.ZodType<Said>
  readonly #listener: WorkerListener<Said>
  readonly #terminate: () => void

  /**
   * @param messageSchema what the process may say
   * @param terminate ends the process at once
   */
  constructor(messageSchema: z.ZodType<Said>, listener: WorkerListener<Said>, terminate: () => void) {
    this.#messageSchema = messageSchema
    this.#listener = listener
    this.#terminate = terminate
  }

  /** A message as it came from the process, not yet decoded. */
  received(message: unknown): void {
    if (this.#ended || this.#protocolError !== null) return
    const decoded = this.#messageSchema.safeParse(message)
    if (decoded.success) {
      this.#listener.message(decoded.data)
      return
    }
    const problem = decoded.error.issues[0]
    this.#protocolError = `${problem?.path.join('.') ?? ''}: ${problem?.message ?? 'not a message'}`
    this.#endNow()
  }

  /** Ends the process at once, as wanted. */
  kill(): void {
    this.expectExit()
    this.#endNow()
  }

  /** A piece of standard error. */
  wrote(text: string): void {
    this.#lastWords = (this.#lastWords + text).slice(-lastWordsLength)
  }

  /** The end that comes next is wanted. */
  expectExit(): void {
    this.#requested = true
  }

  exited(code: number | null, signal: string | null): void {
    if (this.#protocolError !== null) this.#end({ kind: 'protocol', message: this.#protocolError })
    else if (this.#requested) this.#end({ kind: 'requested' })
    else this.#end({ kind: 'crashed', code, signal })
  }

  failedToStart(message: string): void {
    this.#end({ kind: 'failed-to-start', message })
  }

  #endNow(): void {
    if (this.#ended) return
    this.#terminate()
    this.#deadline ??= setTimeout(() => {
      this.exited(null, null)
    }, endPatienceMs).unref()
  }

  #end(exit: WorkerExit): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#deadline)
    this.#listener.exit(exit, this.#lastWords)
  }
}
