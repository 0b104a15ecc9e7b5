import { parentPort } from 'node:worker_threads'
import { answering, type Answers, type AskedMessage, type Questions } from '../../src-core/contracts/channel.ts'

/** Answers what the application asks of this thread. */
export const answerRequests = <Q extends Questions<Q>, Streams = object>(answers: Answers<Q, Streams>): void => {
  if (parentPort === null) throw new Error('This thread is started by Spiketune, not by hand.')
  const port = parentPort
  const { receive } = answering<Q, Streams>(answers, {
    post: (message) => {
      port.postMessage(message)
    },
  })
  port.on('message', (message: AskedMessage) => {
    receive(message)
  })
}
