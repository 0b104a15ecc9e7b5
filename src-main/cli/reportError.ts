import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { Application, GlobalOptions } from './application.ts'
import { exitCodeOf, exitCodes } from './exitCodes.ts'
import { toJsonLine } from './progress/jsonLines.ts'

/** Tells a person or a script what went wrong; returns the exit code. */
export const reportError = (error: unknown, { terminal, version }: Application, options: GlobalOptions): number => {
  const known = error instanceof SpiketuneError && error.code !== 'internal' ? error : null
  const message = error instanceof Error ? error.message : String(error)
  if (options.json) {
    const details = known === null ? stackOf(error) : known.details
    const line = { type: 'error' as const, code: known?.code ?? 'internal', message }
    terminal.print(toJsonLine(details === undefined ? line : { ...line, details }))
  }
  if (known !== null) {
    terminal.warn(`Error: ${known.message}`)
    if (options.verbose) terminal.warn([known.details, stackOf(known.cause)].filter(Boolean).join('\n'))
    else if (known.details !== undefined) terminal.warn('(--verbose shows the details)')
    return exitCodeOf[known.code]
  }
  terminal.warn(
    [
      `Unexpected error: ${message}`,
      stackOf(error) ?? '',
      'This is a mistake in Spiketune; finished trials are safe. Please report it with the lines above,',
      `Spiketune ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}, and what you did.`,
    ].join('\n'),
  )
  return exitCodes.failed
}

const stackOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  const cause = error.cause === undefined ? undefined : stackOf(error.cause)
  return [error.stack, ...(cause === undefined ? [] : [`Caused by: ${cause}`])].join('\n')
}
