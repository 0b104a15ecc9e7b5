/** Entry of the thread that replays the stopping rule of one study: finished trials come once, replays are asked for. */
import { workerData } from 'node:worker_threads'
import type { StopReplayQuestions } from '../src-core/contracts/stopReplay.ts'
import type { StudyDefinition } from '../src-core/study/definition.ts'
import { answerRequests } from './host/threadAnswers.ts'
import { ReplaySession } from './stopping/replaySession.ts'

const session = new ReplaySession(workerData as StudyDefinition)

answerRequests<StopReplayQuestions>({
  add(trials) {
    for (const trial of trials) session.add(trial)
    return null
  },
  replay: ({ rule, sweep, excluded }) => session.replay(rule, sweep, new Set(excluded)),
})
