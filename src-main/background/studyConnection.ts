import { realpathSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { basename } from 'node:path'
import {
  backgroundDecoding,
  type BackgroundQuestions,
  type BackgroundRecord,
  type BackgroundStreams,
} from '../../src-core/contracts/background.ts'
import { answeredMessageSchema, Asker } from '../../src-core/contracts/channel.ts'
import { type StudyCallName, studyCalls, type StudyCalls } from '../../src-core/contracts/studyCalls.ts'
import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { LabelChange } from '../../src-core/library/studyLabels.ts'
import type { StudyChange } from '../../src-core/progress/readModel.ts'
import type { WatchLimits } from '../../src-core/time/watchdog.ts'
import type { Clock } from '../scheduler/clock.ts'
import type { StudyPaths } from '../files/studyFolder.ts'
import { isWriterLocked } from '../storage/writerLock.ts'
import { readBackgroundRecord } from './backgroundRecord.ts'
import { lineStream } from './lineStream.ts'
import { backgroundEnded } from './studyServer.ts'

/** It says that it is there every ten seconds. */
const limits: WatchLimits = { leastMs: 60_000, times: 1, unknownMs: 60_000 }
/** A process that does not greet within this time is stopped, or hangs. */
const greetingMs = 20_000

interface Listener {
  readonly changed: (change: StudyChange) => void
  readonly confirmed: (confirmation: Confirmation) => void
  /** The process answers no more: the study has come to rest, or the process has gone. */
  readonly ended: () => void
}

/** What another process says of the study that it runs. */
export class StudyConnection {
  readonly #asker: Asker<BackgroundQuestions, BackgroundStreams>
  readonly #socket: Socket
  readonly #id: string
  /** What was said before anybody listened, in its order. */
  readonly #early: ((listener: Listener) => void)[] = []
  #listener: Listener | null = null
  readonly #greeted: Promise<StudyChange>

  private constructor(socket: Socket, id: string, clock: Clock) {
    this.#socket = socket
    this.#id = id
    const stream = lineStream(socket, {
      received: (message) => {
        this.#asker.received(answeredMessageSchema.parse(message))
      },
      closed: () => {
        this.#asker.break(backgroundEnded(id))
      },
    })
    this.#asker = new Asker({
      post: (message) => {
        stream.post(message)
      },
      clock,
      limits,
      silent: () => {
        this.#asker.break(
          new SpiketuneError('background-ended', `The process that runs ${id} in the background does not answer.`),
        )
        socket.destroy()
      },
      broken: () => {
        this.#say(({ ended }) => {
          ended()
        })
      },
      decoding: backgroundDecoding,
    })
    this.#greeted = new Promise((resolve, reject) => {
      const studyChanged = (change: StudyChange): void => {
        resolve(change)
        this.#say(({ changed }) => {
          changed(change)
        })
      }
      const confirmationChanged = (confirmation: Confirmation): void => {
        this.#say(({ confirmed }) => {
          confirmed(confirmation)
        })
      }
      const end = (error: unknown): void => {
        reject(error instanceof Error ? error : new Error(String(error)))
        this.#asker.break(backgroundEnded(id))
        socket.end()
      }
      this.#asker.ask('watchStudy', null, { studyChanged, confirmationChanged }).then(() => {
        end(backgroundEnded(id))
      }, end)
    })
    // Whoever opens the connection awaits it; later nobody does.
    this.#greeted.catch(() => undefined)
  }

  /** Null: nobody answers there, or for another study, as where a folder was copied. */
  static async open(
    { socket: path }: BackgroundRecord,
    { folder, id }: { readonly folder: string; readonly id: string },
    clock: Clock,
  ): Promise<StudyConnection | null> {
    const socket = await connected(path)
    if (socket === null) return null
    const connection = new StudyConnection(socket, id, clock)
    const stopWaiting = clock.after(greetingMs, () => socket.destroy())
    try {
      const { summary } = await connection.#greeted
      if (realpathSync(summary.folder) === realpathSync(folder)) return connection
    } catch {
      // It has just ended.
    } finally {
      stopWaiting()
    }
    connection.close()
    return null
  }

  /** The study's calls, which that process answers. */
  readonly calls: StudyCalls = Object.fromEntries(
    Object.keys(studyCalls).map((name) => [name, (request: never) => this.#asker.ask(name as StudyCallName, request)]),
  ) as unknown as StudyCalls

  /** Whether that process still answers. */
  get isOpen(): boolean {
    return this.#asker.closed === null
  }

  /** Tells what was said so far, and from now on. */
  listen(listener: Listener): void {
    this.#listener = listener
    for (const say of this.#early.splice(0)) say(listener)
  }

  async label(change: LabelChange): Promise<void> {
    await this.#asker.ask('labelStudy', { change })
  }

  async writeLog(text: string): Promise<void> {
    await this.#asker.ask('writeLogLine', { text })
  }

  async snapshotNetwork(number: number, path: string): Promise<void> {
    await this.#asker.ask('snapshotNetwork', { id: this.#id, number, path })
  }

  /** Leaves the study to that process; nothing is heard of it any more. */
  close(): void {
    this.#listener = null
    this.#asker.close(backgroundEnded(this.#id))
    this.#socket.destroy()
  }

  #say(say: (listener: Listener) => void): void {
    if (this.#listener === null) this.#early.push(say)
    else say(this.#listener)
  }
}

/** The process that runs a study in the background; null: none does, or it does not answer. */
export const connectToBackground = async (paths: StudyPaths, clock: Clock): Promise<StudyConnection | null> => {
  const record = readBackgroundRecord(paths)
  return record === null
    ? null
    : StudyConnection.open(record, { folder: paths.folder, id: basename(paths.folder) }, clock)
}

/** Asks the process that runs a study in the background, if one does. @returns whether it does @throws {SpiketuneError} its refusal */
export const askBackground = async (
  paths: StudyPaths,
  clock: Clock,
  ask: (connection: StudyConnection) => Promise<void>,
): Promise<boolean> => {
  const connection = isWriterLocked(paths.lock) ? await connectToBackground(paths, clock) : null
  if (connection === null) return false
  try {
    await ask(connection)
    return true
  } finally {
    connection.close()
  }
}

const connected = (path: string): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = connect(path)
    const refused = (): void => {
      resolve(null)
    }
    socket.once('error', refused)
    socket.once('connect', () => {
      socket.off('error', refused)
      resolve(socket)
    })
  })
