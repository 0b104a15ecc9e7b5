import type { HostMessage, WorkerMessage } from '../../src-core/contracts/worker.ts'

/** How a worker process ended. */
export type WorkerExit =
  | { readonly kind: 'requested' }
  | { readonly kind: 'crashed'; readonly code: number | null; readonly signal: string | null }
  /** It sent something that is not a message of the contract; it was killed. */
  | { readonly kind: 'protocol'; readonly message: string }
  | { readonly kind: 'failed-to-start'; readonly message: string }

/** Hears of one process; `Said` is what it says. */
export interface WorkerListener<Said = WorkerMessage> {
  message(message: Said): void
  /** Called exactly once, last. `lastWords` is the end of what the process wrote to its standard error. */
  exit(exit: WorkerExit, lastWords: string): void
}

/** One worker process; `Told` is what it can be told. */
export interface WorkerProcess<Told = HostMessage> {
  readonly pid: number | undefined
  post(message: Told): void
  /** Ends the process at once. */
  kill(): void
}

/** Starts worker processes: utility processes under Electron, child processes under Node; nothing else differs. */
export interface WorkerHost<Told = HostMessage, Said = WorkerMessage> {
  readonly kind: 'utility-process' | 'child-process'
  start(name: string, listener: WorkerListener<Said>): WorkerProcess<Told>
}
