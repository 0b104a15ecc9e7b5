import type { HandledSignal } from './exitCodes.ts'

const signals: readonly HandledSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Listens to the signals that ask the process to end, which then no longer end it. Returns what gives them back. */
export const onSignals = (listener: (signal: HandledSignal) => void): (() => void) => {
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}

/**
 * npm passes a signal on to its script although the terminal has sent it there already, so one Ctrl-C arrives twice.
 * @returns whether a signal at `atMs` is such an echo of the one before
 */
export const createEchoFilter = (underNpm: boolean): ((signal: HandledSignal, atMs: number) => boolean) => {
  const echoWithinMs = 250
  let last: { signal: HandledSignal; atMs: number } | null = null
  return (signal, atMs) => {
    const isEcho = underNpm && last !== null && last.signal === signal && atMs - last.atMs < echoWithinMs
    if (!isEcho) last = { signal, atMs }
    return isEcho
  }
}
