/** Entry of the thread that reads one HDF5 file. Composes, nothing else. */
import { parentPort, workerData } from 'node:worker_threads'
import { prettifyError } from 'zod'
import { limitMemory } from './datasets/hdf5/limitMemory.ts'
import { readingSchema } from './datasets/hdf5/messages.ts'
import { serveReading } from './datasets/hdf5/serveReading.ts'

if (parentPort === null) throw new Error('An HDF5 reader is started by Spiketune, not by hand.')

const reading = readingSchema.safeParse(workerData)
if (!reading.success) throw new Error(`this names no file to read: ${prettifyError(reading.error)}`)
limitMemory(reading.data.memoryBytes)
serveReading(parentPort, reading.data)
