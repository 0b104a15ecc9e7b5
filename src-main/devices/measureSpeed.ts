import { cpus } from 'node:os'
import { type EvaluationRequest, trialAsker } from '../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type StudyDefinition, studyDefinitionSchema } from '../../src-core/study/definition.ts'
import { controlTaskOf } from '../../src-core/control/controlDataset.ts'
import { possibleConfigurations, sizesToMeasure } from '../../src-core/study/estimate.ts'
import type { MeasuredSpeed, MeasuredSubject } from '../../src-core/study/measuredSpeed.ts'
import { middleConfiguration } from '../../src-core/study/spreadConfigurations.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import type { WorkerMachine } from '../../src-core/study/workersSchema.ts'
import type { Measurement, Outcome } from '../../src-core/trial/measurement.ts'
import type { WorkerHost, WorkerProcess } from '../workers/workerHost.ts'

/** Training samples of a measured network: less than a second of work at any size of a map. */
const samplesOf = (subject: MeasuredSubject): number => {
  switch (subject.type) {
    case 'diehl-cook':
      return Math.min(1500, Math.max(100, Math.round(300_000 / subject.mapSize)))
    case 'layered':
      return 200
    case 'neuroprocessor':
      return subject.samplesAtMost
  }
}
/** Of networks that evolve: populations that are measured, as cost is up to many a hyperparameter, and how long each about. */
const evolved = { populations: 6, populationMs: 700, networks: 200, samples: 500, generations: { least: 2, most: 10 } }
/** More than this a measurement must not take; a network so large that it does is not worth an estimate. */
const longestMs = 60_000

/**
 * Trains a small and a large network of the study for a moment, or the one in the middle of a space of layered networks, or the
 * first generations of some populations of networks that evolve, in a worker process of its own, one after the other.
 * @param machine whose processor is measured
 * @throws {SpiketuneError} worker-unavailable, or dataset-missing with what the worker says of the dataset
 */
export const measureSpeed = async (
  host: WorkerHost,
  definition: StudyDefinition,
  machine: WorkerMachine,
): Promise<MeasuredSpeed> => {
  const worker = await SpeedWorker.start(host)
  try {
    const networks = []
    let evolveFor: number | null = null
    for (const [index, subject] of subjectsOf(definition).entries()) {
      // The first network also pays for loading the dataset and for the compiler; it is trained before.
      if (index === 0) evolveFor = await warmUp(worker, definition, subject)
      const request = requestFor(definition, { subject, trial: index + 1, generations: evolveFor })
      networks.push(speedOf(await worker.evaluate(request), subject))
    }
    return {
      device: cpus()[0]?.model.trim() ?? 'unknown processor',
      cores: machine.cores,
      gpus: [...machine.gpus],
      networks,
    }
  } finally {
    worker.end()
  }
}

type LayeredSubject = Extract<MeasuredSubject, { type: 'layered' }>

const subjectsOf = (definition: StudyDefinition): MeasuredSubject[] => {
  const { network } = definition
  if (network.type === 'diehl-cook') {
    return sizesToMeasure(definition).map((mapSize) => ({ type: 'diehl-cook', mapSize }))
  }
  if (network.type === 'neuroprocessor') return evolvedSubjects(definition)
  const hyperparameters = resolveHyperparameters(definition, middleConfiguration(definition))
  return [{ type: 'layered', network: structuredClone(network) as LayeredSubject['network'], hyperparameters }]
}

const speedOf = (
  { samplesTrained, trainDurationMs, testDurationMs, metrics }: Measurement,
  subject: MeasuredSubject,
) => {
  const tested = metrics['testSamples'] ?? samplesOf(subject)
  return {
    subject,
    trainMsPerSample: Math.max(1e-6, trainDurationMs / Math.max(1, samplesTrained)),
    testMsPerSample: Math.max(1e-6, testDurationMs / tested),
    samples: samplesTrained,
  }
}

interface Measuring {
  readonly subject: MeasuredSubject
  readonly trial: number
  /** Of networks that evolve; null: as few as there can be. */
  readonly generations: number | null
}

const requestFor = (definition: StudyDefinition, { subject, trial, generations }: Measuring): EvaluationRequest => {
  const samples = samplesOf(subject)
  const { dataset } = definition
  return {
    trial,
    attempt: 1,
    definition: studyDefinitionSchema.parse({
      ...definition,
      dataset: controlTaskOf(dataset) === null ? { ...dataset, ...cappedAt(samples, definition) } : dataset,
      silence: { ...definition.silence, stopEarly: false },
      // The hash of an exported configuration is checked when the study starts.
      provenance: undefined,
    }),
    hyperparameters: measuredHyperparameters(definition, subject, generations),
    seed: 1,
    networkPath: null,
  }
}

/** Evolved networks keep to what the study says, so that the estimate knows how many samples they were shown. */
const cappedAt = (samples: number, { dataset, network }: StudyDefinition) => {
  const evolves = network.type === 'neuroprocessor'
  const capped = (own: number | undefined): number => (evolves ? Math.min(samples, own ?? samples) : samples)
  return { trainSamples: capped(dataset.trainSamples), testSamples: capped(dataset.testSamples) }
}

const measuredHyperparameters = (
  definition: StudyDefinition,
  subject: MeasuredSubject,
  generations: number | null,
): Configuration => {
  switch (subject.type) {
    case 'layered':
      return { ...subject.hyperparameters, epochs: 1 }
    case 'neuroprocessor': {
      const own = Number(subject.hyperparameters['generations'])
      return {
        ...subject.hyperparameters,
        ...populationOf(subject.hyperparameters),
        generations: Math.min(own, generations ?? evolved.generations.least),
      }
    }
    case 'diehl-cook':
      return {
        ...resolveHyperparameters(definition, middleConfiguration(definition)),
        mapSize: subject.mapSize,
        epochs: 1,
        decoder: 'all',
      }
  }
}

type EvolvedSubject = Extract<MeasuredSubject, { type: 'neuroprocessor' }>

/** Populations from all over the space, of configurations that can be. */
const evolvedSubjects = (definition: StudyDefinition): EvolvedSubject[] => {
  const possible = possibleConfigurations(definition)
  const searched = Object.keys(definition.space).length > 0
  return possible.slice(0, searched ? evolved.populations : 1).map((configuration) => ({
    type: 'neuroprocessor',
    dataset: definition.dataset.name,
    hyperparameters: resolveHyperparameters(definition, configuration),
    samplesAtMost: evolved.samples,
  }))
}

/** Of a large population a part, elites among it, tells as much. */
const populationOf = ({ populationSize, elites }: Configuration) => ({
  populationSize: Math.min(Number(populationSize), Math.max(evolved.networks, Number(elites))),
})

/**
 * Trains the first network, and networks that evolve once more, as their compiler takes longer.
 * @returns how many generations of a population take about as long as one may; null: none evolve
 */
const warmUp = async (
  worker: SpeedWorker,
  definition: StudyDefinition,
  subject: MeasuredSubject,
): Promise<number | null> => {
  const train = (generations: number | null): Promise<Measurement> =>
    worker.evaluate(requestFor(definition, { subject, trial: 0, generations }))
  const first = await train(null)
  if (subject.type !== 'neuroprocessor') return null
  const { populationSize } = populationOf(subject.hyperparameters)
  const generationsWithin = ({ trainDurationMs, samplesTrained }: Measurement): number => {
    const generationMs = (trainDurationMs / Math.max(1, samplesTrained)) * populationSize
    const { least, most } = evolved.generations
    return Math.min(most, Math.max(least, Math.round(evolved.populationMs / Math.max(1e-3, generationMs))))
  }
  return generationsWithin(await train(2 * generationsWithin(first)))
}

/** One worker process that measures. */
class SpeedWorker {
  #process: WorkerProcess | null = null
  readonly #ask = trialAsker((message) => this.#process?.post(message))
  #settle: { resolve(outcome: Outcome | null): void; reject(error: Error): void } | null = null

  static async start(host: WorkerHost): Promise<SpeedWorker> {
    const worker = new SpeedWorker()
    const ready = worker.#next()
    worker.#process = host.start('speed', {
      message: (message) => {
        if (message.type === 'ready') worker.#settle?.resolve(null)
        else if (message.type === 'outcome') worker.#settle?.resolve(message.outcome)
      },
      exit: (_exit, lastWords) => {
        worker.#settle?.reject(
          new SpiketuneError('worker-unavailable', 'The worker that measures the speed has died.', {
            details: lastWords,
          }),
        )
      },
    })
    await ready
    return worker
  }

  async evaluate(request: EvaluationRequest): Promise<Measurement> {
    const answer = this.#next()
    this.#ask(request)
    const outcome = await answer
    if (outcome?.kind === 'complete' || outcome?.kind === 'stopped') return outcome.measurement
    const message = outcome?.failure.message ?? 'The worker did not answer.'
    throw new SpiketuneError('worker-unavailable', `The speed could not be measured: ${message}`)
  }

  end(): void {
    this.#settle = null
    this.#process?.kill()
  }

  async #next(): Promise<Outcome | null> {
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<Outcome | null>((resolve, reject) => {
        this.#settle = { resolve, reject }
        timer = setTimeout(() => {
          reject(new SpiketuneError('worker-unavailable', 'The speed could not be measured within a minute.'))
        }, longestMs)
      })
    } finally {
      clearTimeout(timer)
    }
  }
}
