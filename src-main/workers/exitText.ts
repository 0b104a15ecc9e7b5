import { saidNothing } from '../../src-core/time/watchdog.ts'
import type { WorkerExit } from './workerHost.ts'

/** How a worker ended, for people. */
export const describeExit = (name: string, exit: WorkerExit): string => {
  switch (exit.kind) {
    case 'requested':
      return `the worker ${name} was ended`
    case 'crashed':
      return `the worker ${name} died (${exit.signal ?? `exit code ${exit.code ?? 'unknown'}`})`
    case 'protocol':
      return `the worker ${name} sent what is not a message (${exit.message})`
    case 'failed-to-start':
      return `the worker ${name} could not be started (${exit.message})`
    case 'not-responding':
      return `the worker ${name} ${saidNothing(exit.silentMs)}`
  }
}

/** The line of a process's last words that says why it ended. */
export const reasonIn = (words: string): string => {
  const lines = words.split('\n').map((line) => line.trim())
  return lines.find((line) => /\bError: /.test(line)) ?? lines.filter((line) => line !== '').at(-1) ?? ''
}
