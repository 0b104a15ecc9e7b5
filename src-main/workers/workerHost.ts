import type { HostMessage, WorkerDevice, WorkerMessage } from '../../src-core/contracts/worker.ts'

/** How a worker process ended. */
export type WorkerExit =
  | { readonly kind: 'requested' }
  | { readonly kind: 'crashed'; readonly code: number | null; readonly signal: string | null }
  /** It sent something that is not a message of the contract; it was killed. */
  | { readonly kind: 'protocol'; readonly message: string }
  | { readonly kind: 'failed-to-start'; readonly message: string }
  /** It was silent too long, and was ended. */
  | { readonly kind: 'not-responding'; readonly silentMs: number }

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
  /** Ends the process at once; its end is told soon, even if the system cannot end it. */
  kill(): void
}

/** What a process gets when it starts, beside its name. */
export interface WorkerLaunch {
  /** On top of the application's own. */
  readonly environment: Readonly<Record<string, string>>
  readonly device: WorkerDevice
}

/** Starts worker processes: utility processes under Electron, child processes under Node; nothing else differs. */
export interface WorkerHost<Told = HostMessage, Said = WorkerMessage> {
  readonly kind: 'utility-process' | 'child-process'
  start(name: string, listener: WorkerListener<Said>, launch?: WorkerLaunch): WorkerProcess<Told>
}

/** The arguments of a worker's process. */
export const argumentsOf = (name: string, launch: WorkerLaunch | undefined): string[] =>
  launch === undefined ? [name] : [name, JSON.stringify(launch.device)]
