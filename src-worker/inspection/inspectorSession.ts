import { inspectorHostMessageSchema, inspectorQuestions } from '../../src-core/contracts/inspector.ts'
import type { InspectorMessage, Question, QuestionName } from '../../src-core/contracts/inspector.ts'
import type { WireError } from '../../src-core/contracts/window.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { HostPort } from '../host/hostPort.ts'
import { Cancelled, toFailure } from '../training/failure.ts'
import type { Inspector } from './inspector.ts'

/** Serves the host's questions until it says shutdown or is gone. */
export function serveInspector(inspector: Inspector, host: HostPort<InspectorMessage>, exit: () => void): void {
  const underWay = new Map<number, AbortController>()

  const answer = async (question: number, name: QuestionName, request: unknown): Promise<void> => {
    const abort = new AbortController()
    underWay.set(question, abort)
    try {
      const decoded = inspectorQuestions[name].request.parse(request) as Question<typeof name>
      const value = await inspector.ask(name, decoded, {
        signal: abort.signal,
        progress: (progress) => {
          host.post({ type: 'progress', question, progress })
        },
        recording: (recording) => {
          host.post({ type: 'recording', question, recording })
        },
        snapshot: (snapshot) => {
          host.post({ type: 'snapshot', question, snapshot })
        },
      })
      host.post({ type: 'answer', question, value })
    } catch (error) {
      host.post({ type: 'error', question, error: toWireError(error) })
    } finally {
      underWay.delete(question)
    }
  }

  host.listen((data) => {
    const message = inspectorHostMessageSchema.parse(data)
    switch (message.type) {
      case 'ask':
        void answer(message.question, message.name, message.request)
        break
      case 'cancel':
        underWay.get(message.question)?.abort()
        break
      case 'shutdown':
        exit()
        break
    }
  }, exit)
}

function toWireError(error: unknown): WireError {
  if (error instanceof SpiketuneError) return withDetails(error.code, error.message, error.details)
  if (error instanceof Cancelled) return { code: 'inspection-cancelled', message: 'The inspection was called off.' }
  const { reason, message, details } = toFailure(error)
  return withDetails('internal', reason === 'internal' ? `Something unexpected happened: ${message}` : message, details)
}

const withDetails = (code: string, message: string, details: string | undefined): WireError =>
  details === undefined ? { code, message } : { code, message, details }
