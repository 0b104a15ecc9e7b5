import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import {
  backgroundDecoding,
  type BackgroundQuestions,
  type BackgroundStreams,
} from '../../src-core/contracts/background.ts'
import { answering, type Answers, type Asked, askedMessageSchema } from '../../src-core/contracts/channel.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { Clock } from '../scheduler/clock.ts'
import { ChangeFeed } from '../studies/changeFeed.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { type LineStream, lineStream } from './lineStream.ts'

/** Changes reach whoever watches at most ten times a second. */
const changeIntervalMs = 100
/** So often it says that it is there. */
const aliveIntervalMs = 10_000

type Served = Pick<
  OpenStudy,
  'id' | 'calls' | 'snapshot' | 'subscribe' | 'subscribeToConfirmations' | 'snapshotNetwork' | 'label' | 'writeLog'
>

export interface StudyServer {
  /** Whoever asks is refused from now on: the study has come to rest, and this process is about to end. */
  readonly rest: () => void
  /** Tells everyone who watches what became of the study, answers nothing any more, and takes the socket away. */
  end(summary: StudySummary): Promise<void>
}

/** Lets other processes of this user watch a study and ask it, over a local socket. @throws what listening fails with */
export const serveStudy = async (
  study: Served,
  { socket: path, clock }: { readonly socket: string; readonly clock: Clock },
): Promise<StudyServer> => {
  const sockets = new Set<Socket>()
  let finish: (summary: StudySummary) => void = () => undefined
  const ended = new Promise<StudySummary>((resolve) => (finish = resolve))
  let hasEnded = false
  const server = createServer((socket) => {
    sockets.add(socket)
    const stream = lineStream(socket, {
      received: (message) => {
        channel.receive(askedMessageSchema.parse(message))
      },
      closed: () => {
        sockets.delete(socket)
        stopWatching.forEach((stop) => {
          stop()
        })
      },
    })
    const stopWatching: (() => void)[] = []
    const watch: Answers<BackgroundQuestions, BackgroundStreams>['watchStudy'] = async (_, asked) => {
      const watching = watchStudy({ study, stream, asked, clock })
      stopWatching.push(watching.stop)
      const summary = await ended
      watching.flush()
      watching.stop()
      return summary
    }
    const { snapshotNetwork } = study
    const channel = answering<BackgroundQuestions, BackgroundStreams>(
      {
        ...refusing(study, () => hasEnded),
        watchStudy: watch,
        labelStudy: ({ change }) => {
          study.label(change)
          return null
        },
        writeLogLine: ({ text }) => {
          study.writeLog('noted', text)
          return null
        },
        snapshotNetwork: async ({ number, path: to }) => {
          await snapshotNetwork.call(study, number, to)
          return null
        },
      },
      {
        post: (message) => {
          stream.post(message)
        },
        decoding: backgroundDecoding,
      },
    )
  })
  // Its maker holds the lock of the study: one that is there is left over.
  rmSync(path, { force: true })
  await listening(server, path)
  chmodSync(path, 0o600)
  const rest = (): void => {
    hasEnded = true
  }
  return {
    rest,
    async end(summary) {
      rest()
      finish(summary)
      await closed(server, sockets)
    },
  }
}

/** The study's calls, until it has ended here. */
const refusing = ({ id, calls }: Served, hasEnded: () => boolean): OpenStudy['calls'] =>
  Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      (request: never) => (hasEnded() ? Promise.reject(backgroundEnded(id)) : call(request)),
    ]),
  ) as unknown as OpenStudy['calls']

export const backgroundEnded = (id: string): SpiketuneError =>
  new SpiketuneError('background-ended', `${id} does not run in the background any more. Try it again.`)

interface Watch {
  readonly study: Served
  readonly stream: LineStream
  readonly asked: Asked<BackgroundStreams>
  readonly clock: Clock
}

const watchStudy = ({
  study,
  stream,
  asked,
  clock,
}: Watch): { readonly flush: () => void; readonly stop: () => void } => {
  const feed = new ChangeFeed({
    send: (change) => {
      asked.stream('studyChanged', change)
      stream.whenSent(() => {
        feed.shown()
      })
    },
    intervalMs: changeIntervalMs,
    nowMs: () => clock.monotonicMs(),
    schedule: (action, delayMs) => clock.after(delayMs, action),
  })
  const { summary, trials } = study.snapshot()
  asked.stream('studyChanged', { summary, trials: trials.filter(({ state }) => state === 'running') })
  let sayLater: () => void = () => undefined
  const say = (): void => {
    sayLater = clock.after(aliveIntervalMs, () => {
      asked.stream('alive', null)
      say()
    })
  }
  say()
  const ends = [
    study.subscribe((change) => {
      feed.push(change, true)
    }),
    study.subscribeToConfirmations((confirmation) => {
      asked.stream('confirmationChanged', confirmation)
    }),
  ]
  return {
    flush: () => {
      feed.flush()
    },
    stop: () => {
      for (const end of ends) end()
      sayLater()
      feed.dispose()
    },
  }
}

const listening = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })

/** Resolves when everyone has been told; who does not listen is not waited for. */
const closed = async (server: Server, sockets: ReadonlySet<Socket>): Promise<void> => {
  // The last answers are posted before anybody's end.
  await new Promise((resolve) => setImmediate(resolve))
  const left = [...sockets].map(
    (socket) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => socket.destroy(), 2000)
        socket.once('close', () => {
          clearTimeout(timer)
          resolve()
        })
        socket.end()
      }),
  )
  server.close()
  await Promise.all(left)
}
