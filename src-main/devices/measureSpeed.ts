import { cpus } from 'node:os'
import { type EvaluationRequest, trialAsker } from '../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type StudyDefinition, studyDefinitionSchema } from '../../src-core/study/definition.ts'
import {
  type MeasuredSpeed,
  type MeasuredSubject,
  middleConfiguration,
  sizesToMeasure,
} from '../../src-core/study/estimate.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { WorkerMachine } from '../../src-core/study/workersSchema.ts'
import type { Measurement, Outcome } from '../../src-core/trial/measurement.ts'
import type { WorkerHost, WorkerProcess } from '../workers/workerHost.ts'

/** Training samples of a measured network: less than a second of work at any size of a map. */
const samplesOf = (subject: MeasuredSubject): number =>
  subject.type === 'layered' ? 200 : Math.min(1500, Math.max(100, Math.round(300_000 / subject.mapSize)))
/** More than this a measurement must not take; a network so large that it does is not worth an estimate. */
const longestMs = 60_000

/**
 * Trains a small and a large network of the study for a moment, or the one in the middle of a space of layered networks, in
 * a worker process of its own, one after the other.
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
    for (const [index, subject] of subjectsOf(definition).entries()) {
      // The first network also pays for loading the dataset and for the compiler; it is trained twice.
      if (index === 0) await worker.evaluate(requestFor(definition, subject, 0))
      networks.push(speedOf(await worker.evaluate(requestFor(definition, subject, index + 1)), subject))
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
  if (network.type !== 'layered') {
    throw new SpiketuneError('worker-unavailable', `The speed of ${network.type} networks cannot be measured yet.`)
  }
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

const requestFor = (definition: StudyDefinition, subject: MeasuredSubject, trial: number): EvaluationRequest => {
  const samples = samplesOf(subject)
  return {
    trial,
    attempt: 1,
    definition: studyDefinitionSchema.parse({
      ...definition,
      dataset: { ...definition.dataset, trainSamples: samples, testSamples: samples },
      silence: { ...definition.silence, stopEarly: false },
      // The hash of an exported configuration is checked when the study starts.
      provenance: undefined,
    }),
    hyperparameters:
      subject.type === 'layered'
        ? { ...subject.hyperparameters, epochs: 1 }
        : {
            ...resolveHyperparameters(definition, middleConfiguration(definition)),
            mapSize: subject.mapSize,
            epochs: 1,
            decoder: 'all',
          },
    seed: 1,
    networkPath: null,
  }
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
