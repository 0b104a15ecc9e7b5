/** Entry of the thread that replays the stopping rule of one study: finished trials come once, replays are asked for. */
import { workerData } from 'node:worker_threads'
import { stopReplayRequestSchema } from '../src-core/contracts/stopReplay.ts'
import { studyDefinitionSchema } from '../src-core/study/definition.ts'
import { answerRequests } from './host/threadAnswers.ts'
import { ReplaySession } from './stopping/replaySession.ts'

const session = new ReplaySession(studyDefinitionSchema.parse(workerData))

answerRequests((message) => {
  const request = stopReplayRequestSchema.parse(message)
  if (request.type === 'add') {
    for (const trial of request.trials) session.add(trial)
    return null
  }
  return session.replay(request.rule, request.sweep, new Set(request.excluded))
})
