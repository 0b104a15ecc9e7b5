import type { WorkerMessage } from '../../src-core/contracts/worker.ts'

/** The worker's end of the channel to the process that started it. */
export interface HostPort<Said = WorkerMessage> {
  post(message: Said): void
  /** `onMessage` gets what the host sends, not yet decoded; `onGone` is called when there is no host any more. */
  listen(onMessage: (message: unknown) => void, onGone: () => void): void
}

/** What Electron's utility processes have as `process.parentPort`. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/**
 * The port to the host: a utility process of Electron has a parent port, a child process of Node an IPC channel.
 * @throws {Error} in a process that was started otherwise
 */
export const connectToHost = <Said extends object = WorkerMessage>(): HostPort<Said> => {
  const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort }
  if (parentPort !== undefined) return parentPortToHost(parentPort)
  if (process.send !== undefined) return childProcessPort()
  throw new Error('A worker is started by Spiketune, not by hand.')
}

const parentPortToHost = <Said extends object>(port: ParentPort): HostPort<Said> => ({
  post(message) {
    port.postMessage(message)
  },
  listen(onMessage, onGone) {
    port.on('message', ({ data }) => {
      onMessage(data)
    })
    port.on('close', onGone)
  },
})

const childProcessPort = <Said extends object>(): HostPort<Said> => ({
  post(message) {
    // What comes too late for a host that goes at this moment is no error of the worker: it is told by `disconnect`.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
  },
  listen(onMessage, onGone) {
    process.on('message', onMessage)
    process.on('disconnect', onGone)
  },
})
