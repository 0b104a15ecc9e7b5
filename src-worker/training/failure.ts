import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { NetworkFailure } from '../../src-core/diehlCook/networkFailure.ts'
import type { Failure, FailureReason } from '../../src-core/trial/measurement.ts'

/** The evaluation was called off. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** The evaluation ends here, to go on later: it has no outcome. */
export class Paused extends Error {
  override readonly name = 'Paused'
}

/** Weights, thresholds or potentials are no longer numbers. */
export class NonFinite extends Error {
  override readonly name = 'NonFinite'
}

/** One of several trainings of a trial failed, and with it the trial. */
export class ReplicateFailed extends Error {
  override readonly name = 'ReplicateFailed'

  /** @param number from 1 */
  constructor(number: number, of: number, cause: unknown) {
    super(`Replicate ${number} of ${of}`, { cause })
  }
}

/** What an error makes of the trial. Whatever nobody expected is `internal`, with its stack. */
export const toFailure = (error: unknown): Failure => {
  if (error instanceof ReplicateFailed) {
    const failure = toFailure(error.cause)
    return { ...failure, message: `${error.message}: ${failure.message}` }
  }
  const reason = reasonOf(error)
  const message = error instanceof Error ? error.message : String(error)
  const details = detailsOf(error, reason)
  return { reason, message, ...(details === undefined ? {} : { details }) }
}

const reasonOf = (error: unknown): FailureReason => {
  if (error instanceof Cancelled) return 'cancelled'
  if (error instanceof NonFinite) return 'non-finite'
  if (error instanceof NetworkFailure) return error.reason
  if (error instanceof SpiketuneError) return reasonOfCode(error)
  // The disk of the samples, never the point that was asked for: no optimiser may learn from it.
  if (error instanceof Error && 'syscall' in error) return 'dataset'
  if (error instanceof RangeError && outOfMemoryMessage.test(error.message)) return 'out-of-memory'
  return 'internal'
}

/** What V8 says when it cannot allocate a buffer. */
const outOfMemoryMessage = /allocation failed|out of memory|invalid (typed )?array (buffer )?length/i

const reasonOfCode = ({ code }: SpiketuneError): FailureReason => {
  switch (code) {
    case 'dataset-missing':
    case 'dataset-damaged':
    case 'encoding-unsuitable':
    // Of the converted datasets: nothing else is written before a trial is measured.
    case 'folder-not-writable':
      return 'dataset'
    case 'disk-full':
      return 'disk-full'
    default:
      return 'internal'
  }
}

const detailsOf = (error: unknown, reason: FailureReason): string | undefined => {
  if (!(error instanceof Error) || reason === 'cancelled' || reason === 'non-finite') return undefined
  if (reason === 'internal') return error.stack
  if (error instanceof SpiketuneError && error.details !== undefined) return error.details
  return error.cause === undefined ? undefined : String(error.cause)
}
