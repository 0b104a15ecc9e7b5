import type { MessagePort } from 'node:worker_threads'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { inBatches } from './batches.ts'
import type { Batch, Reading, Reply } from './messages.ts'
import { nextRequest } from './messages.ts'
import { openSpikeHdf5 } from './spikeHdf5.ts'

/** Answers each request with the next batch of a file; opens it at the first. Errors of other kinds end the thread. */
export const serveReading = (port: MessagePort, reading: Reading): void => {
  let batches: Promise<Iterator<Batch>> | null = null
  const reply = async (): Promise<Reply> => {
    batches ??= openSpikeHdf5(reading).then((recordings) => inBatches(recordings))
    const next = (await batches).next()
    if (next.done === true) throw new Error('a batch was asked for after the last one')
    return next.value
  }
  const answer = async (): Promise<void> => {
    const { message, given } = await reply().then(
      (batch) => ({ message: batch, given: batch.type === 'batch' ? buffersOf(batch) : [] }),
      (error: unknown) => {
        if (!(error instanceof SpiketuneError)) throw error
        return { message: { type: 'refused', message: error.message } satisfies Reply, given: [] }
      },
    )
    port.postMessage(message, given)
  }
  port.on('message', (request: unknown) => {
    if (request !== nextRequest) throw new Error('this is no request for a batch')
    void answer()
  })
}

const buffersOf = ({ labels, events, timesUs, inputs }: Batch): ArrayBuffer[] =>
  [labels, events, timesUs, inputs].map(({ buffer }) => buffer as ArrayBuffer)
