import type { InspectionProgress, SampleRecording, TrainingSnapshot } from '../../src-core/contracts/inspection.ts'
import { inspectorQuestions } from '../../src-core/contracts/inspector.ts'
import type {
  Answer,
  InspectorHostMessage,
  InspectorMessage,
  Question,
  QuestionName,
} from '../../src-core/contracts/inspector.ts'
import { saidNothing, Watchdog, watchLimits } from '../../src-core/time/watchdog.ts'
import type { WatchLimits } from '../../src-core/time/watchdog.ts'
import type { WireError } from '../../src-core/contracts/window.ts'
import { SpiketuneError, errorCodes } from '../../src-core/errors/spiketuneError.ts'
import { systemClock } from '../scheduler/clock.ts'
import type { WorkerExit, WorkerHost, WorkerProcess } from '../workers/workerHost.ts'

/** Starts inspectors: out/main/inspector.js. */
export type InspectorHost = WorkerHost<InspectorHostMessage, InspectorMessage>

/** What comes of a question before its answer. */
export interface InspectionStreams {
  progress?(progress: InspectionProgress): void
  recording?(recording: SampleRecording): void
  snapshot?(snapshot: TrainingSnapshot): void
}

interface Pending {
  readonly streams: InspectionStreams
  readonly answered: (value: unknown) => void
  readonly failed: (error: Error) => void
}

/** The host's end of one inspector: questions go out, and each has one answer, or the error that nobody is there. */
export class InspectorProcess {
  private readonly process: WorkerProcess<InspectorHostMessage>
  private readonly pending = new Map<number, Pending>()
  private readonly watchdog: Watchdog
  private asked = 0
  private gone: SpiketuneError | null = null

  /** @param limits how long it may say nothing while it has questions to answer */
  constructor(host: InspectorHost, name: string, limits: WatchLimits = watchLimits) {
    const silent = (silentMs: number): void => {
      this.end(endedError({ kind: 'not-responding', silentMs }, ''))
      this.process.kill()
    }
    this.watchdog = new Watchdog(systemClock, silent, limits)
    this.process = host.start(name, {
      message: (message) => {
        this.received(message)
      },
      exit: (exit, lastWords) => {
        this.end(endedError(exit, lastWords))
      },
    })
  }

  get pid(): number | undefined {
    return this.process.pid
  }

  get ended(): boolean {
    return this.gone !== null
  }

  /** Whether it has questions to answer. */
  get busy(): boolean {
    return this.pending.size > 0
  }

  /** @throws {SpiketuneError} what the inspector says, or inspection-ended */
  async ask<Name extends QuestionName>(
    name: Name,
    request: Question<Name>,
    streams: InspectionStreams = {},
  ): Promise<Answer<Name>> {
    if (this.gone !== null) throw this.gone
    const question = this.asked++
    const value = await new Promise<unknown>((answered, failed) => {
      if (this.pending.size === 0) this.watchdog.start()
      this.pending.set(question, { streams, answered, failed })
      this.process.post({ type: 'ask', question, name, request })
    })
    return inspectorQuestions[name].response.parse(value) as Answer<Name>
  }

  /** Ends all that is under way; the process stays. */
  cancel(): void {
    for (const question of this.pending.keys()) this.process.post({ type: 'cancel', question })
  }

  /** Ends the process at once. */
  close(): void {
    this.end(new SpiketuneError('inspection-ended', 'This inspection was closed. Open it again to go on.'))
    this.process.kill()
  }

  private received(message: InspectorMessage): void {
    const pending = this.pending.get(message.question)
    if (pending === undefined) return
    this.watchdog.heard(false)
    switch (message.type) {
      case 'progress':
        pending.streams.progress?.(message.progress)
        break
      case 'recording':
        pending.streams.recording?.(message.recording)
        break
      case 'snapshot':
        pending.streams.snapshot?.(message.snapshot)
        break
      case 'answer':
        this.pending.delete(message.question)
        pending.answered(message.value)
        break
      case 'error':
        this.pending.delete(message.question)
        pending.failed(fromWireError(message.error))
        break
    }
    if (this.pending.size === 0) this.watchdog.stop()
  }

  private end(error: SpiketuneError): void {
    this.gone ??= error
    this.watchdog.stop()
    for (const { failed } of this.pending.values()) failed(this.gone)
    this.pending.clear()
  }
}

function fromWireError({ code, message, details }: WireError): SpiketuneError {
  return new SpiketuneError(errorCodes.find((known) => known === code) ?? 'internal', message, { details })
}

function endedError(exit: WorkerExit, lastWords: string): SpiketuneError {
  const how = describeEnd(exit)
  const details = lastWords === '' ? undefined : lastWords
  return new SpiketuneError(
    'inspection-ended',
    `The process that held this network has ended (${how}). Open the inspection again; the study is not affected.`,
    { details },
  )
}

function describeEnd(exit: WorkerExit): string {
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
