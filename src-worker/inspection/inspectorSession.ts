import {
  type AnsweredMessage,
  answering,
  type Answers,
  type Asked,
  askedMessageSchema,
} from '../../src-core/contracts/channel.ts'
import {
  inspectorDecoding,
  inspectorQuestions,
  type InspectorQuestions,
  type InspectorStreams,
  type Question,
  type QuestionName,
} from '../../src-core/contracts/inspector.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { HostPort } from '../host/hostPort.ts'
import { Cancelled, toFailure } from '../training/failure.ts'
import type { Inspector } from './inspector.ts'

/** Serves the host's questions until it is gone. */
export const serveInspector = (inspector: Inspector, host: HostPort<AnsweredMessage>, exit: () => void): void => {
  const answer =
    (name: QuestionName) =>
    (request: unknown, { onCancel, stream }: Asked<InspectorStreams>): Promise<unknown> => {
      const abort = new AbortController()
      onCancel(() => {
        abort.abort()
      })
      return inspector.ask(name, request as Question<typeof name>, {
        signal: abort.signal,
        progress: (progress) => {
          stream('progress', progress)
        },
        recording: (recording) => {
          stream('recording', recording)
        },
        snapshot: (snapshot) => {
          stream('snapshot', snapshot)
        },
      })
    }
  const names = Object.keys(inspectorQuestions) as QuestionName[]
  const { receive } = answering<InspectorQuestions, InspectorStreams>(
    Object.fromEntries(names.map((name) => [name, answer(name)])) as unknown as Answers<
      InspectorQuestions,
      InspectorStreams
    >,
    {
      post: (message) => {
        host.post(message)
      },
      decoding: inspectorDecoding,
      explain,
    },
  )
  host.listen((data) => {
    receive(askedMessageSchema.parse(data))
  }, exit)
}

const explain = (error: unknown): SpiketuneError => {
  if (error instanceof SpiketuneError) return error
  if (error instanceof Cancelled) return new SpiketuneError('inspection-cancelled', 'The inspection was called off.')
  const { reason, message, details } = toFailure(error)
  const told = reason === 'internal' ? `Something unexpected happened: ${message}` : message
  return new SpiketuneError('internal', told, { details })
}
