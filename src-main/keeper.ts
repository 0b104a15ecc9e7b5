/** Entry of the threads that look through studies, back them up, and make those of evaluation logs. */
import { parentPort } from 'node:worker_threads'
import { answering, type AskedMessage } from '../src-core/contracts/channel.ts'
import { AccuracyUnclearError } from '../src-core/evaluationLog/logAccuracy.ts'
import { keeperHere, type KeeperQuestions, type KeeperStreams } from './integrity/keeperThread.ts'

if (parentPort === null) throw new Error('This thread is started by Spiketune, not by hand.')
const port = parentPort

const { receive } = answering<KeeperQuestions, KeeperStreams>(
  {
    examine: keeperHere.examine,
    backUp: keeperHere.backUp,
    prepare: async (database) => {
      await keeperHere.prepare(database)
      return null
    },
    importLog: async (log, { stream }) => {
      try {
        const progress = (value: KeeperStreams['progress']): void => stream('progress', value)
        return { imported: await keeperHere.importLog(log, { progress }) }
      } catch (error) {
        if (!(error instanceof AccuracyUnclearError)) throw error
        const { file, column, highest } = error
        return { unclear: { file, column, highest } }
      }
    },
  },
  {
    post: (message) => {
      port.postMessage(message)
    },
  },
)
port.on('message', (message: AskedMessage) => {
  receive(message)
})
