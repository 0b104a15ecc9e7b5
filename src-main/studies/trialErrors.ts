import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { ConfigurationProblem } from '../../src-core/space/validateConfiguration.ts'

export const trialNotFound = (study: string, number: number): SpiketuneError =>
  new SpiketuneError('trial-not-found', `The study "${study}" has no trial ${number}.`)

export const trialNotFinished = (number: number): SpiketuneError =>
  new SpiketuneError(
    'trial-not-finished',
    `Trial ${number} has not finished: there is nothing to leave out yet. Cancel it, or wait for its end.`,
  )

export const trialFinished = (number: number): SpiketuneError =>
  new SpiketuneError('trial-finished', `Trial ${number} has finished: there is nothing left to cancel.`)

/** @param cause what the worker said */
export const notInTraining = (number: number, cause: unknown): SpiketuneError =>
  new SpiketuneError(
    'trial-not-trained',
    `Trial ${number} has no network to look into right now: it has only just begun, or has just ended. Try again.`,
    { details: cause instanceof Error ? cause.message : String(cause), cause },
  )

/** One line for each parameter. */
export const configurationInvalid = (problems: readonly ConfigurationProblem[]): SpiketuneError =>
  new SpiketuneError(
    'configuration-invalid',
    problems.map(({ name, found, allowed }) => `${name} is ${found}; allowed: ${allowed}`).join('\n'),
  )
