import { type AnsweredMessage, type AskedMessage, Asker, type Listeners } from '../../src-core/contracts/channel.ts'
import {
  type Answer,
  inspectorDecoding,
  type InspectorQuestions,
  type InspectorStreams,
  type Question,
  type QuestionName,
} from '../../src-core/contracts/inspector.ts'
import { saidNothing, watchLimits, type WatchLimits } from '../../src-core/time/watchdog.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { systemClock } from '../scheduler/clock.ts'
import type { WorkerExit, WorkerHost, WorkerProcess } from '../workers/workerHost.ts'

/** Starts inspectors: out/main/inspector.js. */
export type InspectorHost = WorkerHost<AskedMessage, AnsweredMessage>

/** Listeners to what comes of a question before its answer. */
export type InspectionStreams = Listeners<InspectorStreams>

const endedError = (exit: WorkerExit, lastWords: string): SpiketuneError => {
  const how = describeEnd(exit)
  const details = lastWords === '' ? undefined : lastWords
  return new SpiketuneError(
    'inspection-ended',
    `The process that held this network has ended (${how}). Open the inspection again; the study is not affected.`,
    { details },
  )
}

const describeEnd = (exit: WorkerExit): string => {
  switch (exit.kind) {
    case 'requested':
      return 'as asked'
    case 'crashed':
      return exit.signal ?? `exit code ${exit.code ?? 'unknown'}`
    case 'protocol':
      return `it sent what is not a message: ${exit.message}`
    case 'failed-to-start':
      return `it could not be started: ${exit.message}`
    case 'not-responding':
      return `it ${saidNothing(exit.silentMs)}`
  }
}

/** The host's end of one inspector: questions go out, and each has one answer, or the error that nobody is there. */
export class InspectorProcess {
  readonly #process: WorkerProcess<AskedMessage>
  readonly #asker: Asker<InspectorQuestions, InspectorStreams>

  /** @param limits how long it may say nothing while it has questions to answer */
  constructor(host: InspectorHost, name: string, limits: WatchLimits = watchLimits) {
    this.#asker = new Asker({
      post: (message) => {
        this.#process.post(message)
      },
      clock: systemClock,
      limits,
      silent: (silentMs) => {
        this.#asker.close(endedError({ kind: 'not-responding', silentMs }, ''))
        this.#process.kill()
      },
      decoding: inspectorDecoding,
    })
    this.#process = host.start(name, {
      message: (message) => {
        this.#asker.received(message)
      },
      exit: (exit, lastWords) => {
        this.#asker.close(endedError(exit, lastWords))
      },
    })
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  get ended(): boolean {
    return this.#asker.closed !== null
  }

  /** Whether it has questions to answer. */
  get busy(): boolean {
    return this.#asker.isAsked
  }

  /** @throws {SpiketuneError} what the inspector says, or inspection-ended */
  ask<Name extends QuestionName>(
    name: Name,
    request: Question<Name>,
    streams: InspectionStreams = {},
  ): Promise<Answer<Name>> {
    return this.#asker.ask(name, request, streams)
  }

  /** Ends all that is under way; the process stays. */
  cancel(): void {
    this.#asker.cancel()
  }

  /** Ends the process at once. */
  close(): void {
    this.#asker.close(new SpiketuneError('inspection-ended', 'This inspection was closed. Open it again to go on.'))
    this.#process.kill()
  }
}
