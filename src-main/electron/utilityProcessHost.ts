import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import type { z } from 'zod'
import { workerMessageSchema } from '../../src-core/contracts/worker.ts'
import type { HostMessage, WorkerMessage } from '../../src-core/contracts/worker.ts'
import { WorkerEnd } from '../workers/workerEnd.ts'
import { argumentsOf } from '../workers/workerHost.ts'
import type { WorkerHost } from '../workers/workerHost.ts'

/** Starts `workerFile` as utility processes of Electron. The application must be ready. */
export const createUtilityProcessHost = (workerFile: URL): WorkerHost =>
  createUtilityHost<HostMessage, WorkerMessage>(workerFile, workerMessageSchema)

/**
 * Starts `file`, which says what `messageSchema` decodes, as utility processes of Electron. The application must be
 * ready.
 */
export function createUtilityHost<Told extends { readonly type: string }, Said>(
  file: URL,
  messageSchema: z.ZodType<Said>,
): WorkerHost<Told, Said> {
  return {
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
      }
      const end = new WorkerEnd(messageSchema, listener, terminate)
      child.on('spawn', () => {
        if (terminated) child.kill()
      })
      child.stderr?.on('data', (chunk: Uint8Array | string) => {
        end.wrote(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk))
      })
      child.on('message', (message: unknown) => {
        end.received(message)
      })
      child.on('error', (type, location) => {
        end.wrote(`${type} at ${location}\n`)
      })
      child.on('exit', (code) => {
        end.exited(code, null)
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
          end.expectExit()
          terminate()
        },
      }
    },
  }
}
