/** Entry of the thread that reads one HDF5 file, a batch at a time. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { prettifyError } from 'zod'
import { SpiketuneError } from '../src-core/errors/spiketuneError.ts'
import { inBatches } from './datasets/hdf5/batches.ts'
import { type Batch, nextRequest, type Reading, readingSchema, type Reply } from './datasets/hdf5/messages.ts'
import { openSpikeHdf5 } from './datasets/hdf5/spikeHdf5.ts'

/** Answers each request with the next batch of a file; opens it at the first. Errors of other kinds end the thread. */
const serveReading = (port: MessagePort, reading: Reading): void => {
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

/**
 * WebAssembly of this thread gets no memory beyond these bytes from now on. What asks for more is told that there is
 * none; it can go on. Nothing else bounds it: `resourceLimits` count the memory of JavaScript only.
 */
const limitMemory = (bytes: number): void => {
  const pageBytes = 65536
  const original = Object.getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'grow')?.value as (
    this: WebAssembly.Memory,
    pages: number,
  ) => number
  WebAssembly.Memory.prototype.grow = function (pages) {
    const wanted = this.buffer.byteLength + pages * pageBytes
    if (wanted > bytes) throw new RangeError(`${wanted} bytes are more than the ${bytes} that are allowed`)
    return original.call(this, pages)
  }
}

if (parentPort === null) throw new Error('An HDF5 reader is started by Spiketune, not by hand.')

const reading = readingSchema.safeParse(workerData)
if (!reading.success) throw new Error(`this names no file to read: ${prettifyError(reading.error)}`)
limitMemory(reading.data.memoryBytes)
serveReading(parentPort, reading.data)
