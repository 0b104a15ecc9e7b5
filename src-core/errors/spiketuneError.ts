/** What went wrong, by a stable code; docs/errors.md says for each what a person can do. */
export const errorCodes = [
  'definition-invalid',
  'definition-not-found',
  'place-not-chosen',
  'folder-not-shown',
  'no-display',
  'dataset-missing',
  'dataset-damaged',
  'encoding-unsuitable',
  'study-not-found',
  'study-read-only',
  'study-gone',
  'background-ended',
  'background-failed',
  'not-in-background',
  'study-not-trainable',
  'study-in-use',
  'labels-invalid',
  'bin-not-usable',
  'study-nothing-to-export',
  'study-nothing-to-diagnose',
  'studies-not-comparable',
  'log-invalid',
  'log-accuracy-unclear',
  'log-not-found',
  'network-invalid',
  'network-dataset-unclear',
  'confirmation-not-possible',
  'parameter-not-found',
  'bounds-invalid',
  'configuration-invalid',
  'trial-not-found',
  'trial-not-finished',
  'trial-finished',
  'trial-damaged',
  'fork-not-comparable',
  'experiment-exists',
  'experiment-not-found',
  'experiment-damaged',
  'experiment-running',
  'database-locked',
  'database-corrupt',
  'database-newer',
  'disk-full',
  'folder-not-writable',
  'path-too-long',
  'file-not-readable',
  'file-exists',
  'worker-unavailable',
  'setup-failed',
  'trial-not-trained',
  'network-not-kept',
  'network-damaged',
  'inspection-ended',
  'inspection-cancelled',
  'not-in-network',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** An error that a person can act on: `message` says what happened and what to do, `details` the technical part. */
export class SpiketuneError extends Error {
  readonly code: ErrorCode
  readonly details: string | undefined

  constructor(code: ErrorCode, message: string, options: { details?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'SpiketuneError'
    this.code = code
    this.details = options.details
  }
}
