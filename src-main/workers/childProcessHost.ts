import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { WorkerEnd } from './workerEnd.ts'
import type { WorkerHost } from './workerHost.ts'

/** Starts `workerFile` as child processes of Node. */
export function createChildProcessHost(workerFile: URL): WorkerHost {
  return {
    kind: 'child-process',
    start(name, listener) {
      const child = fork(fileURLToPath(workerFile), [name], {
        // Typed arrays arrive as such, and a debugger's arguments are not inherited.
        serialization: 'advanced',
        execArgv: [],
        // A group of its own: Ctrl-C in the terminal is the application's to handle, not the workers'.
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      const end = new WorkerEnd(listener, () => child.kill('SIGKILL'))
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
          end.expectExit()
          child.kill('SIGKILL')
        },
      }
    },
  }
}
