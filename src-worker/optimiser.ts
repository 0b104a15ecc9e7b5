/** Entry of the thread in which an optimiser thinks. Composes, nothing else. */
import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { AskedMessage } from '../src-core/contracts/channel.ts'
import { createOptimiser } from '../src-core/optimiser/create.ts'
import { instantiateNumericKernel } from './optimiser/numericKernel.ts'
import { serveScheduler } from './optimiser/optimiserSession.ts'

if (parentPort === null) throw new Error('The optimiser is started by Spiketune, not by hand.')
const scheduler = parentPort

const createKernel = () => instantiateNumericKernel(readFileSync(new URL('../kernels/numeric.wasm', import.meta.url)))

const session = serveScheduler({
  create: (definition) => createOptimiser(definition, createKernel),
  post: (reply) => {
    scheduler.postMessage(reply)
  },
  later: setImmediate,
})
scheduler.on('message', (message: AskedMessage) => {
  session.receive(message)
})
