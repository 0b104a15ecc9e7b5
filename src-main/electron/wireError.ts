import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { WireError } from '../../src-core/contracts/window.ts'

/** An error as a value that crosses to the page: what a person can act on, and the technical part apart from it. */
export const toWireError = (error: unknown): WireError => {
  if (error instanceof SpiketuneError) {
    return error.details === undefined
      ? { code: error.code, message: error.message }
      : { code: error.code, message: error.message, details: error.details }
  }
  const message = error instanceof Error ? error.message : String(error)
  const details = error instanceof Error ? error.stack : undefined
  const wire = { code: 'internal', message: `Something unexpected happened: ${message}` }
  return details === undefined ? wire : { ...wire, details }
}
