import { type EvaluationRequest, hostMessageSchema } from '../../src-core/contracts/worker.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Outcome, PrunedStop } from '../../src-core/trial/measurement.ts'
import type { NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import { writeNetworkFile } from '../networkFile/writeNetworkFile.ts'
import type { CheckpointNews } from '../checkpoint/checkpoints.ts'
import { Paused } from '../training/failure.ts'
import { evaluateTrial, type EvaluationEnvironment } from '../training/evaluateTrial.ts'
import type { HostPort } from './hostPort.ts'

interface SessionOptions extends Omit<
  EvaluationEnvironment,
  'signal' | 'report' | 'judge' | 'datasetRead' | 'pause' | 'checkpointNews'
> {
  readonly host: HostPort
  readonly device: string
  /** Ends this process. */
  readonly exit: () => void
  /** Ends it because it can compute no more; the message is its last word. */
  readonly fail: (message: string) => void
}

interface Running {
  readonly trial: number
  readonly abort: AbortController
  readonly pause: AbortController
  /** The network as it is; null before there is one. */
  describe: (() => NetworkFile) | null
  /** Waits for the host's verdict on the epoch that has ended; null: none is asked for. */
  judged: { readonly epoch: number; readonly verdict: (stop: PrunedStop | null) => void } | null
}

/** Serves the host: one evaluation at a time, until it says shutdown or is gone. */
export const serveHost = (options: SessionOptions): void => {
  const { host } = options
  let study: StudyDefinition | null = null
  let running: Running | null = null
  /** SHA-256 of the dataset that the host knows of. */
  let known: string | null = null

  const evaluate = async (request: EvaluationRequest): Promise<void> => {
    const { trial } = request
    if (running !== null) {
      const message = `The worker was asked for trial ${trial} while it trains trial ${running.trial}.`
      host.post({ type: 'outcome', trial, outcome: { kind: 'failed', failure: { reason: 'internal', message } } })
      return
    }
    const abort = new AbortController()
    const pause = new AbortController()
    const own: Running = { trial, abort, pause, describe: null, judged: null }
    running = own
    const ended = await evaluateOrFail(request, {
      ...options,
      signal: abort.signal,
      pause: pause.signal,
      checkpointNews: newsOf(trial),
      report: (progress) => {
        host.post({ type: 'progress', trial, progress })
      },
      datasetRead: (card) => {
        if (card.sha256 !== known) host.post({ type: 'dataset', card })
        known = card.sha256
      },
      judge: (epoch, trainAccuracy) =>
        new Promise((verdict) => {
          own.judged = { epoch, verdict }
          // Called off while it waits, it finds out at its next turn.
          abort.signal.addEventListener('abort', () => verdict(null), { once: true })
          host.post({ type: 'epoch-ended', trial, epoch, trainAccuracy })
        }),
      training: (describe) => {
        own.describe = describe
      },
    })
    // A process whose device is lost ends without an outcome: the trial is no worse for it.
    if (ended === null) return
    running = null
    if (ended === 'paused') host.post({ type: 'paused', trial })
    else host.post({ type: 'outcome', trial, outcome: ended })
  }

  const newsOf = (trial: number): CheckpointNews => ({
    resumed: (from, accuracies) => {
      host.post({ type: 'resumed', trial, from, accuracies: [...accuracies] })
    },
    beginsAnew: (problem) => {
      host.post({ type: 'begins-anew', trial, problem })
    },
    written: (place) => {
      host.post({ type: 'checkpoint', trial, place, problem: null })
    },
    failed: (problem) => {
      host.post({ type: 'checkpoint', trial, place: null, problem })
    },
  })

  const evaluateOrFail = async (...given: Parameters<typeof evaluateTrial>): Promise<Outcome | 'paused' | null> => {
    try {
      return await evaluateTrial(...given)
    } catch (error) {
      if (error instanceof Paused) return 'paused'
      options.fail(error instanceof Error ? error.message : String(error))
      return null
    }
  }

  /** Messages come between two samples, so that the network can be read at once; it is written while training goes on. */
  const writeSnapshot = async (trial: number, path: string): Promise<void> => {
    const describe = running?.trial === trial ? running.describe : null
    let problem: string | null = null
    try {
      if (describe === null) problem = `trial ${trial} is not in training`
      else await writeNetworkFile(path, describe())
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
    }
    host.post({ type: 'snapshot', trial, path, problem })
  }

  host.listen((data) => {
    // A message that does not decode, or a trial of no study, is a broken invariant: it ends the process, and the host reads why.
    const message = hostMessageSchema.parse(data)
    switch (message.type) {
      case 'study':
        study = message.definition
        break
      case 'evaluate':
        if (study === null) throw new Error(`trial ${message.request.trial} is of no study that was told`)
        void evaluate({ ...message.request, definition: study })
        break
      case 'cancel':
        if (running?.trial === message.trial) running.abort.abort()
        break
      case 'pause':
        if (running?.trial === message.trial) running.pause.abort()
        break
      case 'verdict':
        if (running?.trial === message.trial && running.judged?.epoch === message.epoch) {
          running.judged.verdict(message.stop)
        }
        break
      case 'snapshot':
        void writeSnapshot(message.trial, message.path)
        break
      case 'shutdown':
        options.exit()
        break
    }
  }, options.exit)
  host.post({ type: 'ready', device: options.device, version: options.version })
}
