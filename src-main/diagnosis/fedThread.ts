import type { Listeners, Questions } from '../../src-core/contracts/channel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { AskedThread } from '../workers/askedThread.ts'

/** Questions of such a thread; `add` tells it of finished trials. */
type FedQuestions<Q> = Questions<Q> & { readonly add: { readonly request: unknown; readonly response: null } }

interface Feeding<Told> {
  /** Trials read at once, between which other work gets its turn. */
  readonly readAtOnce: number
  /** Whether the thread needs spike counts. */
  readonly counts: boolean
  /** What is told of trials. */
  readonly prepare: (definition: StudyDefinition) => (trials: readonly FinishedTrial[]) => Told
}

/** A thread that is told of a study's finished trials, once each and a part at a time, and asked about them. */
export class FedThread<Q extends FedQuestions<Q>, Streams = object> {
  readonly folder: string
  readonly #thread: AskedThread<Q, Streams>
  readonly #feeding: Feeding<Q['add']['request']>
  readonly #prepared: (trials: readonly FinishedTrial[]) => Q['add']['request']
  /** Place in the order of telling of the first trial that the thread has not been told of. */
  #next = 0
  #underWay: Promise<void> = Promise.resolve()
  #feeds = 0

  constructor(file: URL, name: string, study: OpenStudy, feeding: Feeding<Q['add']['request']>) {
    this.folder = study.folder
    this.#feeding = feeding
    this.#prepared = feeding.prepare(study.definition)
    this.#thread = new AskedThread<Q, Streams>(file, name, { data: study.definition })
  }

  /** Finished trials that it has been told of. */
  get told(): number {
    return this.#next
  }

  get hasEnded(): boolean {
    return this.#thread.hasEnded
  }

  /** It is being told of trials, or computes. */
  get isBusy(): boolean {
    return this.#feeds > 0 || this.#thread.isAsked
  }

  /** Tells it of what has finished since. @throws {Error} when the thread has been ended */
  feed(study: OpenStudy): Promise<void> {
    this.#feeds++
    this.#underWay = this.#underWay
      // Whoever asked before has been told; the next may find the study in order again.
      .catch(() => undefined)
      .then(() => this.#feedRest(study))
      .finally(() => {
        this.#feeds--
      })
    return this.#underWay
  }

  ask<Name extends keyof Q & string>(
    name: Name,
    request: Q[Name]['request'],
    listeners?: Listeners<Streams>,
  ): Promise<Q[Name]['response']> {
    return this.#thread.ask(name, request, listeners)
  }

  terminate(): void {
    void this.#thread.terminate()
  }

  async #feedRest(study: OpenStudy): Promise<void> {
    const { readAtOnce, counts } = this.#feeding
    for (;;) {
      if (this.hasEnded) throw new Error('the thread was ended')
      const trials = study.finished(this.#next, readAtOnce, counts)
      const last = trials.at(-1)
      if (last === undefined) return
      this.#next = last.toldOrder + 1
      this.#thread.tell('add', this.#prepared(trials))
      if (trials.length < readAtOnce) return
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
}

/** The threads of the studies that were asked about last. */
export class FedThreads<Q extends FedQuestions<Q>, Streams = object> {
  readonly #file: URL
  readonly #name: string
  readonly #feeding: Feeding<Q['add']['request']>
  readonly #most: number
  #threads: readonly FedThread<Q, Streams>[] = []

  constructor(file: URL, name: string, feeding: Feeding<Q['add']['request']>, most = 2) {
    this.#file = file
    this.#name = name
    this.#feeding = feeding
    this.#most = most
  }

  /** The thread of a study, a new one where it has none. */
  of(study: OpenStudy): FedThread<Q, Streams> {
    const found = this.#threads.find(({ folder, hasEnded }) => folder === study.folder && !hasEnded)
    const thread = found ?? new FedThread<Q, Streams>(this.#file, this.#name, study, this.#feeding)
    const others = this.#threads.filter((other) => other !== thread)
    for (const other of others.slice(this.#most - 1)) other.terminate()
    this.#threads = [thread, ...others.slice(0, this.#most - 1)]
    return thread
  }

  /** Ends the thread of a study unless it has nothing to do: what it has learnt is worth keeping, what it still computes is not. */
  endWork(folder: string): void {
    for (const thread of this.#threads) if (thread.folder === folder && thread.isBusy) thread.terminate()
    this.#threads = this.#threads.filter(({ hasEnded }) => !hasEnded)
  }

  dispose(): void {
    for (const thread of this.#threads) thread.terminate()
    this.#threads = []
  }
}
