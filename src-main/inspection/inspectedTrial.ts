import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NetworkSource, Question } from '../../src-core/contracts/inspector.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import { studyPaths } from '../library/studyFolder.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { retrainedNetworkPath } from './retrainedNetworks.ts'

export interface InspectedTrial {
  readonly trial: Trial
  readonly question: Question<'open'>
}

/**
 * What an inspector needs to hold the network of a trial.
 * @param retrain whether it may be trained again; a network that was trained again before is on disk already
 * @throws {SpiketuneError} study-not-found, trial-not-trained, network-not-kept
 */
export function inspectedTrial(study: OpenStudy, number: number, retrain: boolean): InspectedTrial {
  const trial = study.trial(number)
  if (trial === null) throw new SpiketuneError('study-not-found', `The study ${study.id} has no trial ${number}.`)
  const { definition } = study
  return {
    trial,
    question: {
      evaluation: {
        trial: number,
        attempt: Math.max(1, trial.attempt),
        definition: structuredClone(definition) as Question<'open'>['evaluation']['definition'],
        hyperparameters: { ...resolveHyperparameters(definition, trial.configuration) },
        seed: trial.seed,
        networkPath: null,
      },
      source: networkSource(study, trial, retrain),
    },
  }
}

function networkSource(study: OpenStudy, trial: Trial, retrain: boolean): NetworkSource {
  const paths = studyPaths(study.folder)
  switch (trial.state) {
    case 'waiting':
      throw notTrained(`Trial ${trial.number} waits for a worker: it has no network yet.`)
    case 'running':
      throw notTrained(`Trial ${trial.number} is still in training. Look at it when it has ended.`)
    case 'failed':
      throw notTrained(`Trial ${trial.number} failed, so there is no network: ${trial.failure.message}`)
    case 'complete':
    case 'stopped': {
      const { networkFile, samplesTrained } = trial.measurement
      const stored = networkFile === null ? null : join(paths.networks, networkFile)
      if (stored !== null && existsSync(stored)) return { kind: 'file', origin: 'stored', path: stored, samplesTrained }
      const retrained = retrainedNetworkPath(paths, trial.number)
      if (existsSync(retrained)) return { kind: 'file', origin: 'retrained', path: retrained, samplesTrained }
      if (retrain) return { kind: 'retrain', keepAs: retrained }
      throw new SpiketuneError(
        'network-not-kept',
        `The network of trial ${trial.number} was not kept: the study keeps those of its ${study.definition.keepNetworks} ` +
          'best trials. Train it again from its seed, which gives the same network.',
      )
    }
  }
}

const notTrained = (message: string): SpiketuneError => new SpiketuneError('trial-not-trained', message)
