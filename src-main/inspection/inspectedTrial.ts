import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { NetworkSource, Question } from '../../src-core/contracts/inspector.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { Measurement } from '../../src-core/trial/measurement.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import { networkFileName, studyPaths } from '../files/studyFolder.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { trialNotFound } from '../studies/trialErrors.ts'
import { retrainedNetworkPath } from './retrainedNetworks.ts'

/**
 * What an inspector needs to hold the network of a trial. Of a trial in training the network is written to a temporary
 * file first, which `disposeSource` removes.
 * @param retrain whether it may be trained again; a network that was trained again before is on disk already
 * @throws {SpiketuneError} trial-damaged, trial-not-found, trial-not-trained, network-not-kept, study-not-trainable
 */
export const inspectedTrial = async (study: OpenStudy, number: number, retrain: boolean): Promise<Question<'open'>> => {
  const trial = study.intactTrial(number)
  if (trial === null) throw trialNotFound(study.id, number)
  const { definition } = study
  return {
    evaluation: {
      trial: number,
      attempt: Math.max(1, trial.attempt),
      definition,
      hyperparameters: resolveHyperparameters(definition, trial.configuration),
      seed: trial.seed,
      networkPath: null,
      ...(trial.state === 'stopped' && trial.stop.kind === 'pruned' ? { pruned: trial.stop } : {}),
    },
    source: await networkSource(study, trial, retrain),
  }
}

/** The same question, to be answered by training again: its file turned out to be damaged. */
export const askedAgain = (study: { readonly folder: string }, question: Question<'open'>): Question<'open'> => ({
  ...question,
  source: { kind: 'retrain', keepAs: retrainedNetworkPath(studyPaths(study.folder), question.evaluation.trial) },
})

/** Removes what was written for one look only. */
export const disposeSource = async (source: NetworkSource): Promise<void> => {
  if (source.kind !== 'file' || source.origin !== 'running') return
  await rm(dirname(source.path), { recursive: true, force: true })
}

const networkSource = async (study: OpenStudy, trial: Trial, retrain: boolean): Promise<NetworkSource> => {
  if (study.definition.log !== undefined) {
    throw new SpiketuneError(
      'study-not-trainable',
      `${study.id} holds an imported evaluation log: it has the results of networks, and not the networks themselves.`,
    )
  }
  switch (trial.state) {
    case 'waiting':
      throw notTrained(`Trial ${trial.number} waits for a worker: it has no network yet.`)
    case 'running':
      return runningNetwork(study, trial.number)
    case 'failed':
      throw notTrained(`Trial ${trial.number} failed, so there is no network: ${trial.failure.message}`)
    case 'complete':
    case 'stopped':
      return finishedNetwork(study, trial.number, trial.measurement, retrain)
  }
}

const runningNetwork = async (study: OpenStudy, number: number): Promise<NetworkSource> => {
  const folder = await mkdtemp(join(tmpdir(), 'spiketune-'))
  const path = join(folder, networkFileName(number))
  try {
    await study.snapshotNetwork(number, path)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return { kind: 'file', origin: 'running', path, samplesTrained: null }
}

const finishedNetwork = (
  study: OpenStudy,
  number: number,
  { networkFile, samplesTrained, networkSha256: sha256 }: Measurement,
  retrain: boolean,
): NetworkSource => {
  const paths = studyPaths(study.folder)
  const stored = networkFile === null ? null : join(paths.networks, networkFile)
  if (stored !== null && existsSync(stored)) {
    return { kind: 'file', origin: 'stored', path: stored, samplesTrained, ...(sha256 === undefined ? {} : { sha256 }) }
  }
  const retrained = retrainedNetworkPath(paths, number)
  if (existsSync(retrained)) {
    return { kind: 'file', origin: 'retrained', path: retrained, samplesTrained }
  }
  if (retrain) return { kind: 'retrain', keepAs: retrained }
  throw new SpiketuneError(
    'network-not-kept',
    `The network of trial ${number} was not kept: the study keeps those of its ${study.definition.keepNetworks} best ` +
      'trials. Train it again from its seed, which gives the same network.',
  )
}

const notTrained = (message: string): SpiketuneError => new SpiketuneError('trial-not-trained', message)
