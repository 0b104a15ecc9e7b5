import type { StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import type { ImportProgress } from '../../src-core/contracts/window/importCalls.ts'
import { AccuracyUnclearError } from '../../src-core/evaluationLog/logAccuracy.ts'
import { type ImportedLog, importLog, type LogImport } from '../imports/importLog.ts'
import type { ImportWatch } from '../studies/studyService.ts'
import { prepareDatabase } from '../storage/studyDatabase.ts'
import { AskedThread } from '../workers/askedThread.ts'
import { type BackUp, backUpStudy } from './backupStudy.ts'
import { type Examine, examineStudy } from './examineStudy.ts'

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
export interface KeeperQuestions {
  examine: { request: Parameters<Examine>[0]; response: StudyCheck }
  backUp: { request: Parameters<BackUp>[0]; response: StudyCheck }
  prepare: { request: string; response: null }
  /** An unclear log is what a person is asked about. */
  importLog: {
    request: LogImport
    response:
      | { readonly imported: ImportedLog }
      | { readonly unclear: Pick<AccuracyUnclearError, 'file' | 'column' | 'highest'> }
  }
}
export interface KeeperStreams {
  progress: ImportProgress
}

/** In threads: reading all of a large study takes seconds. `file` is what they run. */
export const createKeeperThread = (file: URL): StudyKeeper => {
  let thread: AskedThread<KeeperQuestions> | null = null
  const keeper = (): AskedThread<KeeperQuestions> => {
    if (thread === null || thread.hasEnded) thread = new AskedThread(file, 'keeper')
    return thread
  }
  return {
    examine: (examination) => keeper().ask('examine', examination),
    backUp: (backup) => keeper().ask('backUp', backup),
    prepare: async (database) => {
      await keeper().ask('prepare', database)
    },
    importLog: async (log, { signal, progress } = {}) => {
      signal?.throwIfAborted()
      // In one of its own: it waits for no other work, can be called off in the middle, and gives its memory back.
      const importer = new AskedThread<KeeperQuestions, KeeperStreams>(file, 'import')
      const callOff = (): void => void importer.terminate(signal?.reason as Error)
      signal?.addEventListener('abort', callOff, { once: true })
      try {
        const answer = await importer.ask('importLog', log, progress === undefined ? {} : { progress })
        if ('imported' in answer) return answer.imported
        const { file: name, column, highest } = answer.unclear
        throw new AccuracyUnclearError(name, column, highest)
      } finally {
        signal?.removeEventListener('abort', callOff)
        void importer.terminate()
        await importer.gone
      }
    },
  }
}
