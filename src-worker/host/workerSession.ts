import { hostMessageSchema } from '../../src-core/contracts/worker.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { evaluateTrial } from '../training/evaluateTrial.ts'
import type { EvaluationEnvironment } from '../training/evaluateTrial.ts'
import type { HostPort } from './hostPort.ts'

export interface SessionOptions extends Omit<EvaluationEnvironment, 'signal' | 'report'> {
  readonly host: HostPort
  readonly device: string
  /** Ends this process. */
  readonly exit: () => void
}

/** Serves the host: one evaluation at a time, until it says shutdown or is gone. */
export function serveHost(options: SessionOptions): void {
  const { host } = options
  let running: { readonly trial: number; readonly abort: AbortController } | null = null

  const evaluate = async (request: EvaluationRequest): Promise<void> => {
    const { trial } = request
    if (running !== null) {
      const message = `The worker was asked for trial ${trial} while it trains trial ${running.trial}.`
      host.post({ type: 'outcome', trial, outcome: { kind: 'failed', failure: { reason: 'internal', message } } })
      return
    }
    const abort = new AbortController()
    running = { trial, abort }
    const outcome = await evaluateTrial(request, {
      ...options,
      signal: abort.signal,
      report: (progress) => {
        host.post({ type: 'progress', trial, progress })
      },
    })
    running = null
    host.post({ type: 'outcome', trial, outcome })
  }

  host.listen((data) => {
    // A message that does not decode is a broken invariant: it ends the process, and the host reads why.
    const message = hostMessageSchema.parse(data)
    switch (message.type) {
      case 'evaluate':
        void evaluate(message.request)
        break
      case 'cancel':
        if (running?.trial === message.trial) running.abort.abort()
        break
      case 'shutdown':
        options.exit()
        break
    }
  }, options.exit)
  host.post({ type: 'ready', device: options.device, version: options.version })
}
