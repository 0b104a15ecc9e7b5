import { z } from 'zod'
import { studyCheckSchema } from '../../src-core/contracts/studyCheck.ts'
import { importProgressSchema } from '../../src-core/contracts/window/importCalls.ts'
import { SpiketuneError, errorCodes } from '../../src-core/errors/spiketuneError.ts'
import { AccuracyUnclearError } from '../../src-core/evaluationLog/logAccuracy.ts'
import { AnsweringThread } from '../diagnosis/answeringThread.ts'
import { importLog, importedLogSchema, logImportSchema } from '../imports/importLog.ts'
import type { ImportedLog, LogImport } from '../imports/importLog.ts'
import type { ImportWatch } from '../studies/studyService.ts'
import { prepareDatabase } from '../storage/studyDatabase.ts'
import { backUpStudy } from './backupStudy.ts'
import type { BackUp } from './backupStudy.ts'
import { examineStudy } from './examineStudy.ts'
import type { Examine } from './examineStudy.ts'

/** Who looks through studies, backs them up, and makes those of evaluation logs. */
export interface StudyKeeper {
  readonly examine: Examine
  readonly backUp: BackUp
  /** Gets a database ready to be opened without another look at all of it; the caller holds the writer's lock. @throws SpiketuneError */
  readonly prepare: (database: string) => Promise<void>
  /** @throws SpiketuneError, or the reason of the signal: then nothing works in the folder any more */
  readonly importLog: (request: LogImport, watch?: ImportWatch) => Promise<ImportedLog>
}

/** In the thread that asks: for the command line, which waits for it. */
export const keeperHere: StudyKeeper = {
  examine: examineStudy,
  backUp: backUpStudy,
  prepare: (database) => Promise.resolve().then(() => prepareDatabase(database)),
  importLog,
}

/** What a thread is asked. */
export const keeperRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('examine'), id: z.int(), folder: z.string(), networks: z.boolean() }),
  z.object({ type: z.literal('back-up'), id: z.int(), folder: z.string(), file: z.string(), replace: z.boolean() }),
  z.object({ type: z.literal('prepare'), id: z.int(), database: z.string() }),
  z.object({ type: z.literal('import-log'), id: z.int(), log: logImportSchema }),
])
export type KeeperRequest = z.infer<typeof keeperRequestSchema>

/** What a thread answers: what was found or made, or the error that a person is told. */
const keeperReplySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    code: z.enum(errorCodes),
    message: z.string(),
    details: z.string().optional(),
    /** Of log-accuracy-unclear: what a person is asked about. */
    unclear: z.strictObject({ file: z.string(), column: z.string(), highest: z.number() }).optional(),
  }),
])
export type KeeperReply = z.infer<typeof keeperReplySchema>

/** In threads: reading all of a large study takes seconds. `file` is what they run. */
export function createKeeperThread(file: URL): StudyKeeper {
  let thread: AnsweringThread | null = null
  const keeper = (): AnsweringThread => {
    if (thread === null || thread.hasEnded) thread = new AnsweringThread(file, 'keeper', null)
    return thread
  }
  return {
    examine: async (examination) =>
      studyCheckSchema.parse(valueOf(await keeper().ask({ type: 'examine', ...examination }, keeperReplySchema))),
    backUp: async (backup) =>
      studyCheckSchema.parse(valueOf(await keeper().ask({ type: 'back-up', ...backup }, keeperReplySchema))),
    prepare: async (database) => {
      valueOf(await keeper().ask({ type: 'prepare', database }, keeperReplySchema))
    },
    importLog: async (log, watch = {}) => {
      watch.signal?.throwIfAborted()
      // In one of its own: it waits for no other work, can be called off in the middle, and gives its memory back.
      const importer = new AnsweringThread(file, 'import', null)
      const callOff = (): void => importer.terminate(watch.signal?.reason as Error)
      watch.signal?.addEventListener('abort', callOff, { once: true })
      try {
        const progress = (value: unknown): void => watch.progress?.(importProgressSchema.parse(value))
        return importedLogSchema.parse(
          valueOf(await importer.ask({ type: 'import-log', log }, keeperReplySchema, progress)),
        )
      } finally {
        watch.signal?.removeEventListener('abort', callOff)
        importer.terminate()
        await importer.gone
      }
    },
  }
}

function valueOf(reply: KeeperReply): unknown {
  if (reply.ok) return reply.value
  const { code, message, details, unclear } = reply
  if (unclear !== undefined) throw new AccuracyUnclearError(unclear.file, unclear.column, unclear.highest)
  throw new SpiketuneError(code, message, { details })
}
