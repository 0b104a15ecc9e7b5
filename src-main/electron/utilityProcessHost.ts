import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import type { z } from 'zod'
import { type HostMessage, type WorkerMessage, workerMessageSchema } from '../../src-core/contracts/worker.ts'
import { endProcess } from '../workers/endProcess.ts'
import { WorkerEnd } from '../workers/workerEnd.ts'
import { argumentsOf, type WorkerHost } from '../workers/workerHost.ts'

/** Starts `workerFile` as utility processes of Electron. The application must be ready. */
export const createUtilityProcessHost = (workerFile: URL): WorkerHost =>
  createUtilityHost<HostMessage, WorkerMessage>(workerFile, workerMessageSchema)

/**
 * Starts `file`, which says what `messageSchema` decodes, as utility processes of Electron. The application must be
 * ready.
 */
export const createUtilityHost = <Told extends { readonly type: string }, Said>(
  file: URL,
  messageSchema: z.ZodType<Said>,
): WorkerHost<Told, Said> => ({
  kind: 'utility-process',
  start(name, listener, launch) {
    const child = utilityProcess.fork(fileURLToPath(file), argumentsOf(name, launch), {
      env: { ...process.env, ...launch?.environment },
      serviceName: `Spiketune ${name}`,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    // A process that has not begun yet does not hear `kill`: it is ended as soon as it has.
    let terminated = false
    const terminate = (): void => {
      terminated = true
      child.kill()
      // A process that was stopped hears nothing else.
      if (child.pid !== undefined) endProcess(child.pid)
    }
    const end = new WorkerEnd(messageSchema, listener, terminate)
    child.on('spawn', () => {
      if (terminated) child.kill()
    })
    const { stderr } = child
    const wrote = (chunk: Uint8Array | string): void => {
      end.wrote(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk))
    }
    stderr?.on('data', wrote)
    child.on('message', (message: unknown) => {
      end.received(message)
    })
    child.on('error', (type, location) => {
      end.wrote(`${type} at ${location}\n`)
    })
    child.on('exit', (code) => {
      afterLastWords(stderr, wrote, () => {
        end.exited(code, null)
      })
    })
    return {
      get pid() {
        return child.pid
      },
      post(message) {
        if (message.type === 'shutdown') end.expectExit()
        child.postMessage(message)
      },
      kill() {
        end.kill()
      },
    }
  },
})

/** How long the end of a stream is waited for whose writer has ended: another process may hold it open. */
const lastWordsPatienceMs = 2000

/**
 * Calls `done` once, when what the process wrote last has been read. Electron takes every listener off the stream right after
 * it has told of the exit, although the end may still be in the pipe: they are put back then. Until then the stream rests, since
 * what a flowing one reads without a listener is lost.
 */
const afterLastWords = (
  stream: NodeJS.ReadableStream | null,
  wrote: (chunk: Uint8Array | string) => void,
  done: () => void,
): void => {
  if (stream === null || ('readableEnded' in stream && stream.readableEnded === true)) {
    done()
    return
  }
  let told = false
  const finish = (): void => {
    if (told) return
    told = true
    clearTimeout(timer)
    done()
  }
  const timer = setTimeout(finish, lastWordsPatienceMs)
  stream.pause()
  setImmediate(() => {
    stream.on('data', wrote)
    for (const event of ['end', 'close', 'error']) stream.once(event, finish)
    stream.resume()
  })
}
