/** Entry of the thread that looks through studies and backs them up. */
import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import { SpiketuneError } from '../src-core/errors/spiketuneError.ts'
import { keeperHere } from './integrity/keeperThread.ts'
import type { KeeperReply } from './integrity/keeperThread.ts'

const requestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('examine'), id: z.int(), folder: z.string(), networks: z.boolean() }),
  z.object({ type: z.literal('back-up'), id: z.int(), folder: z.string(), file: z.string(), replace: z.boolean() }),
])

async function answer(message: unknown): Promise<{ readonly id: number; readonly reply: KeeperReply }> {
  const request = requestSchema.parse(message)
  try {
    const check = await (request.type === 'examine' ? keeperHere.examine(request) : keeperHere.backUp(request))
    return { id: request.id, reply: { ok: true, check } }
  } catch (error) {
    const known = error instanceof SpiketuneError ? error : null
    const text = error instanceof Error ? error.message : String(error)
    const details = known?.details
    const failure = { ok: false as const, code: known?.code ?? ('internal' as const), message: text }
    return { id: request.id, reply: details === undefined ? failure : { ...failure, details } }
  }
}

if (parentPort === null) throw new Error('This thread is started by Spiketune, not by hand.')
const port = parentPort
port.on('message', (message: unknown) => {
  void answer(message).then(({ id, reply }) => {
    port.postMessage({ id, ok: true, value: reply })
  })
})
