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

/** One line for each parameter. */
export const configurationInvalid = (problems: readonly ConfigurationProblem[]): SpiketuneError =>
  new SpiketuneError(
    'configuration-invalid',
    problems.map(({ name, found, allowed }) => `${name} is ${found}; allowed: ${allowed}`).join('\n'),
  )
