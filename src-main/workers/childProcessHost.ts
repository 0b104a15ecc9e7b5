import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { type HostMessage, type WorkerMessage, workerMessageSchema } from '../../src-core/contracts/worker.ts'
import { WorkerEnd } from './workerEnd.ts'
import {
  argumentsOf,
  type WorkerHost,
  type WorkerLaunch,
  type WorkerListener,
  type WorkerProcess,
} from './workerHost.ts'

/** Starts `workerFile` as child processes of Node. */
export const createChildProcessHost = (workerFile: URL): WorkerHost =>
  createProcessHost<HostMessage, WorkerMessage>(workerFile, workerMessageSchema)

/** Starts `file`, which says what `messageSchema` decodes, as child processes of Node. */
export const createProcessHost = <Told extends { readonly type: string }, Said>(
  file: URL,
  messageSchema: z.ZodType<Said>,
): WorkerHost<Told, Said> => ({
  kind: 'child-process',
  start(name, listener, launch) {
    const child = forked(file, name, launch)
    if (child instanceof Error) return stillborn(listener, child)
    const end = new WorkerEnd(messageSchema, listener, () => child.kill('SIGKILL'))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      end.wrote(text)
    })
    child.on('message', (message) => {
      end.received(message)
    })
    child.on('error', (error) => {
      if (child.pid === undefined) end.failedToStart(error.message)
      else end.wrote(`${error.message}\n`)
    })
    // `close` rather than `exit`: by then its last words have been read.
    child.on('close', (code, signal) => {
      end.exited(code, signal)
    })
    return {
      pid: child.pid,
      post(message) {
        if (message.type === 'shutdown') end.expectExit()
        if (child.connected) child.send(message)
      },
      kill() {
        end.kill()
      },
    }
  },
})

/** Some failures of the system, such as too little memory, are thrown; others arrive as events. */
const forked = (workerFile: URL, name: string, launch: WorkerLaunch | undefined): ChildProcess | Error => {
  try {
    return fork(fileURLToPath(workerFile), argumentsOf(name, launch), {
      env: { ...process.env, ...launch?.environment },
      // Typed arrays arrive as such, and a debugger's arguments are not inherited.
      serialization: 'advanced',
      execArgv: [],
      // A group of its own: Ctrl-C in the terminal is the application's to handle, not the workers'.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** A process that never was. Its end is told later, like any other: whoever started it must have it in hand first. */
const stillborn = <Said>(listener: WorkerListener<Said>, { message }: Error): WorkerProcess<unknown> => {
  queueMicrotask(() => {
    listener.exit({ kind: 'failed-to-start', message }, '')
  })
  return { pid: undefined, post: () => undefined, kill: () => undefined }
}
