import { Worker } from 'node:worker_threads'
import { type WatchClock, Watchdog } from '../../../src-core/time/watchdog.ts'
import { nextRequest, type Reading, type Reply, replySchema } from './messages.ts'

export interface ReaderSettings {
  /** What the thread runs: hdf5Reader.js of the built application. */
  readonly thread: URL
  /** A thread that is silent this long while a batch is due will never answer. */
  readonly patienceMs: number
  /** For the library, and as much again for the rest of the thread; a batch takes a few megabytes. */
  readonly memoryBytes: number
}

const clock: WatchClock = {
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}

export const readerSettings = (thread: URL): ReaderSettings => ({
  thread,
  patienceMs: 60_000,
  memoryBytes: 256 * 2 ** 20,
})

/** Puts what became of the thread into an error. */
type Broken = (what: string) => Error

interface Waiting {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
  readonly broken: Broken
}

/** A thread that reads one HDF5 file, and may not survive it. */
export class ReaderThread {
  readonly #worker: Worker
  readonly #settings: ReaderSettings
  readonly #watchdog: Watchdog
  #waiting: Waiting | null = null
  #ended: string | null = null

  constructor(reading: Omit<Reading, 'memoryBytes'>, settings: ReaderSettings) {
    const { thread, memoryBytes } = settings
    this.#settings = settings
    const { patienceMs } = settings
    const silent = (): void => {
      this.#broke(`the HDF5 library has not come back from it within ${patienceMs / 1000} s`)
    }
    this.#watchdog = new Watchdog(clock, silent, { leastMs: patienceMs, times: 0, unknownMs: patienceMs })
    this.#worker = new Worker(thread, {
      name: 'hdf5',
      execArgv: [],
      workerData: { ...reading, memoryBytes } satisfies Reading,
      resourceLimits: { maxOldGenerationSizeMb: memoryBytes / 2 ** 20 },
      // What the library writes when it ends itself is in its error, too.
      stdout: true,
      stderr: true,
    })
    this.#worker.on('message', (message: unknown) => {
      this.#received(message)
    })
    this.#worker.on('error', (error: unknown) => {
      this.#failed(error)
    })
    this.#worker.on('exit', (code) => {
      this.#broke(`the HDF5 library ended itself on it (exit code ${code})`)
    })
  }

  /**
   * Asks for the next batch, and waits for it.
   * @throws what `broken` makes of it when the thread has ended, or says nothing for too long
   */
  async next(broken: Broken): Promise<Reply> {
    if (this.#ended !== null) throw broken(this.#ended)
    const reply = new Promise<Reply>((resolve, reject) => {
      this.#waiting = { resolve, reject, broken }
    })
    this.#watchdog.start()
    this.#worker.postMessage(nextRequest)
    return reply.finally(() => {
      this.#watchdog.stop()
    })
  }

  async end(): Promise<void> {
    this.#ended ??= 'its thread was ended'
    await this.#worker.terminate()
  }

  #received(message: unknown): void {
    const reply = replySchema.safeParse(message)
    if (reply.success) this.#waiting?.resolve(reply.data)
    else this.#waiting?.reject(new Error('an HDF5 reader sent what is no reply', { cause: reply.error }))
  }

  #failed(error: unknown): void {
    const { code, name, message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error))
    const { memoryBytes } = this.#settings
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') this.#broke(`reading it takes more than ${memoryBytes} bytes of memory`)
    // Of WebAssembly: the library has overrun its own memory or ended itself.
    else if (name === 'RuntimeError') this.#broke(`the HDF5 library ended itself on it (${message})`)
    else this.#waiting?.reject(error instanceof Error ? error : new Error(message))
  }

  #broke(what: string): void {
    this.#ended ??= what
    this.#waiting?.reject(this.#waiting.broken(what))
  }
}
