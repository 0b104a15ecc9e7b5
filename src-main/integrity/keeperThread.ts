import { z } from 'zod'
import { studyCheckSchema } from '../../src-core/contracts/studyCheck.ts'
import { SpiketuneError, errorCodes } from '../../src-core/errors/spiketuneError.ts'
import { AnsweringThread } from '../diagnosis/answeringThread.ts'
import { backUpStudy } from './backupStudy.ts'
import type { BackUp } from './backupStudy.ts'
import { examineStudy } from './examineStudy.ts'
import type { Examine } from './examineStudy.ts'

/** Who looks through studies and backs them up. */
export interface StudyKeeper {
  readonly examine: Examine
  readonly backUp: BackUp
}

/** In the thread that asks: for the command line, which waits for it. */
export const keeperHere: StudyKeeper = { examine: examineStudy, backUp: backUpStudy }

/** What a thread answers: what was found, or the error that a person is told. */
export const keeperReplySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), check: studyCheckSchema }),
  z.strictObject({
    ok: z.literal(false),
    code: z.enum(errorCodes),
    message: z.string(),
    details: z.string().optional(),
  }),
])
export type KeeperReply = z.infer<typeof keeperReplySchema>

/** In a thread of its own: reading all of a large study takes seconds. `file` is what it runs. */
export function createKeeperThread(file: URL): StudyKeeper {
  let thread: AnsweringThread | null = null
  const ask = async (message: object) => {
    if (thread === null || thread.hasEnded) thread = new AnsweringThread(file, 'keeper', null)
    const reply = await thread.ask(message, keeperReplySchema)
    if (reply.ok) return reply.check
    throw new SpiketuneError(reply.code, reply.message, { details: reply.details })
  }
  return {
    examine: (examination) => ask({ type: 'examine', ...examination }),
    backUp: (backup) => ask({ type: 'back-up', ...backup }),
  }
}
