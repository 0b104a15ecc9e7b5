import type { ErrorCode } from '../../src-core/errors/spiketuneError.ts'
import type { ErrorReason } from '../../src-core/progress/readModel.ts'

/** What the process says by its exit code; `spiketune --help` prints this table. */
export const exitCodes = {
  success: 0,
  /** The study ended without a single measured trial, or by a mistake; or something unexpected happened. */
  failed: 1,
  /** The command line or the definition is wrong. */
  usage: 2,
  /** What was named does not exist: a file, a preset, a study, a trial, something to export. */
  notFound: 3,
  /** Another application writes to the study. */
  readOnly: 4,
  /** The machine stands in the way: dataset, database, disk, permissions, workers. */
  environment: 5,
  /** Who was asked did not want it to start. */
  notStarted: 6,
  /** An experiment is done but for some of its studies. */
  incomplete: 7,
  /** The reader of the output has gone, as with `| head`. */
  outputClosed: 141,
} as const

const meanings: readonly (readonly [string, string])[] = [
  ['0', 'success'],
  ['1', 'the study measured nothing, or a mistake ended it'],
  ['2', 'the command line or the study definition is wrong'],
  ['3', 'not found: file, preset, study, trial, something to export'],
  ['4', 'another application writes to the study'],
  ['5', 'dataset, database, disk, permissions or workers are in the way'],
  ['6', 'not started: the answer to the question was no'],
  ['7', 'an experiment is done but for some of its studies'],
  ['129, 130, 143', 'ended by a closed terminal, Ctrl-C, kill; resume goes on'],
  ['141', 'the reader of the output has gone'],
]

export const exitCodesText = (): string =>
  ['Exit codes:', ...meanings.map(([codes, meaning]) => `  ${codes.padEnd(14)} ${meaning}`)].join('\n')

export type HandledSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** 128 and the signal's number, as shells do. */
export const signalExitCodes: Readonly<Record<HandledSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }

/** What a study that ended in an error is to a script. */
export const exitCodeOfError: Readonly<Record<ErrorReason, number>> = {
  'workers-failed': exitCodes.environment,
  dataset: exitCodes.environment,
  'disk-full': exitCodes.environment,
  database: exitCodes.environment,
  'study-gone': exitCodes.environment,
  'optimiser-failed': exitCodes.failed,
  other: exitCodes.failed,
}

export const exitCodeOf: Readonly<Record<ErrorCode, number>> = {
  'definition-invalid': exitCodes.usage,
  'definition-not-found': exitCodes.notFound,
  'place-not-chosen': exitCodes.environment,
  'folder-not-shown': exitCodes.environment,
  'no-display': exitCodes.environment,
  'dataset-missing': exitCodes.environment,
  'dataset-damaged': exitCodes.environment,
  'encoding-unsuitable': exitCodes.usage,
  'study-not-found': exitCodes.notFound,
  'study-read-only': exitCodes.readOnly,
  'study-gone': exitCodes.environment,
  'background-ended': exitCodes.environment,
  'background-failed': exitCodes.environment,
  'not-in-background': exitCodes.notFound,
  'study-not-trainable': exitCodes.usage,
  'study-in-use': exitCodes.readOnly,
  'labels-invalid': exitCodes.usage,
  'bin-not-usable': exitCodes.environment,
  'study-nothing-to-export': exitCodes.notFound,
  'study-nothing-to-diagnose': exitCodes.notFound,
  'studies-not-comparable': exitCodes.usage,
  'log-invalid': exitCodes.usage,
  'log-accuracy-unclear': exitCodes.usage,
  'log-not-found': exitCodes.notFound,
  'network-invalid': exitCodes.usage,
  'network-dataset-unclear': exitCodes.usage,
  'confirmation-not-possible': exitCodes.notFound,
  'parameter-not-found': exitCodes.notFound,
  'bounds-invalid': exitCodes.usage,
  'configuration-invalid': exitCodes.usage,
  'trial-not-found': exitCodes.notFound,
  'trial-not-finished': exitCodes.usage,
  'trial-finished': exitCodes.usage,
  'trial-damaged': exitCodes.environment,
  'setup-failed': exitCodes.environment,
  'fork-not-comparable': exitCodes.usage,
  'experiment-exists': exitCodes.usage,
  'experiment-not-found': exitCodes.notFound,
  'experiment-damaged': exitCodes.environment,
  'experiment-running': exitCodes.readOnly,
  'trial-not-trained': exitCodes.notFound,
  'network-not-kept': exitCodes.notFound,
  'network-damaged': exitCodes.environment,
  'inspection-ended': exitCodes.environment,
  'inspection-cancelled': exitCodes.failed,
  'not-in-network': exitCodes.usage,
  'database-locked': exitCodes.environment,
  'database-corrupt': exitCodes.environment,
  'database-newer': exitCodes.environment,
  'disk-full': exitCodes.environment,
  'folder-not-writable': exitCodes.environment,
  'path-too-long': exitCodes.environment,
  'file-not-readable': exitCodes.environment,
  'file-exists': exitCodes.usage,
  'worker-unavailable': exitCodes.environment,
  internal: exitCodes.failed,
}
