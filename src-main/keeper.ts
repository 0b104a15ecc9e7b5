/** Entry of the threads that look through studies, back them up, and make those of evaluation logs. */
import { parentPort } from 'node:worker_threads'
import { SpiketuneError } from '../src-core/errors/spiketuneError.ts'
import { AccuracyUnclearError } from '../src-core/evaluationLog/logAccuracy.ts'
import { keeperHere, keeperRequestSchema } from './integrity/keeperThread.ts'
import type { KeeperReply, KeeperRequest } from './integrity/keeperThread.ts'

if (parentPort === null) throw new Error('This thread is started by Spiketune, not by hand.')
const port = parentPort

async function made(request: KeeperRequest): Promise<unknown> {
  switch (request.type) {
    case 'examine':
      return keeperHere.examine(request)
    case 'back-up':
      return keeperHere.backUp(request)
    case 'prepare':
      return keeperHere.prepare(request.database)
    case 'import-log':
      return keeperHere.importLog(request.log, {
        progress: (progress) => {
          port.postMessage({ id: request.id, progress })
        },
      })
  }
}

async function answer(request: KeeperRequest): Promise<KeeperReply> {
  try {
    return { ok: true, value: await made(request) }
  } catch (error) {
    const known = error instanceof SpiketuneError ? error : null
    const { code = 'internal', details } = known ?? {}
    return {
      ok: false,
      code,
      message: error instanceof Error ? error.message : String(error),
      ...(details === undefined ? {} : { details }),
      ...(error instanceof AccuracyUnclearError
        ? { unclear: { file: error.file, column: error.column, highest: error.highest } }
        : {}),
    }
  }
}

port.on('message', (message: unknown) => {
  const request = keeperRequestSchema.parse(message)
  void answer(request).then((value) => {
    port.postMessage({ id: request.id, ok: true, value })
  })
})
