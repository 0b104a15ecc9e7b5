/** Entry of the thread in which an optimiser thinks. Composes, nothing else. */
import { parentPort } from 'node:worker_threads'
import { createOptimiser } from '../src-core/optimiser/create.ts'
import { serveScheduler } from './optimiser/optimiserSession.ts'

if (parentPort === null) throw new Error('The optimiser is started by Spiketune, not by hand.')
const scheduler = parentPort

const session = serveScheduler({
  create: (definition) => createOptimiser(definition),
  post: (reply) => {
    scheduler.postMessage(reply)
  },
  later: setImmediate,
})
scheduler.on('message', session.receive)
