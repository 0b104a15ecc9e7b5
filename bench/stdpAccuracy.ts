/**
 * Accuracy of the best point of the reference search (arXiv 2403.00450, experiment 1), `npm run bench -- stdpAccuracy`:
 * trained on 48,000 images of MNIST (0.8 of its training images) for two epochs, tested on its test images, with several
 * seeds, two at a time.
 * Published: 0.884, with 2.7 % of the samples non-spiking in the second epoch. Options: --seeds 3, --first-seed 1,
 * --train-fraction 0.8, --train-samples (at most so many), --decoder all, --threads 2. Run in the project's folder.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { Configuration } from '../src-core/space/parameter.ts'
import { studyDefinitionSchema } from '../src-core/study/definition.ts'
import { resolveHyperparameters } from '../src-core/study/resolveHyperparameters.ts'
import type { Measurement } from '../src-core/trial/measurement.ts'
import { createDatasetCache } from '../src-worker/datasets/loadDataset.ts'
import { createReferenceKernels } from '../src-worker/engines/layered/reference/createReferenceKernels.ts'
import { evaluateTrial } from '../src-worker/training/evaluateTrial.ts'

const bestPoint: Configuration = {
  epochs: 2,
  mapSize: 797,
  learningRatePre: 8.476e-4,
  learningRatePost: 8.88e-3,
  strengthExcitatory: 356.9,
  strengthInhibitory: 433.6,
  weightNorm: 123.39,
  thresholdExcitatoryMv: -57.66,
  restExcitatoryMv: -60.8,
  refractoryExcitatoryMs: 6,
  thetaPlusMv: 0.04404,
  tauThetaDecayMs: 2.042e6,
  tauMembraneExcitatoryMs: 4167,
  thresholdInhibitoryMv: -22.82,
  restInhibitoryMv: -51.11,
  refractoryInhibitoryMs: 19,
  tauMembraneInhibitoryMs: 1516,
}

interface Job {
  readonly seed: number
  readonly trainFraction: number
  readonly trainSamples: number | undefined
  readonly decoder: string
}

async function measure({ seed, decoder, ...dataset }: Job): Promise<Measurement> {
  const definition = studyDefinitionSchema.parse({
    version: 2,
    name: 'stdp-accuracy',
    dataset: { name: 'mnist', ...dataset },
    network: { type: 'diehl-cook' },
    training: { algorithm: 'post-pre' },
    objective: { split: 'test' },
    silence: {
      stopEarly: false,
      layers: [
        { layer: 'excitatory', alpha: 5, beta: 0.05 },
        { layer: 'inhibitory', alpha: 1, beta: 0.05 },
      ],
    },
    optimiser: { type: 'random' },
    budget: { trials: 1 },
  })
  const outcome = await evaluateTrial(
    {
      trial: 0,
      attempt: 1,
      definition,
      hyperparameters: resolveHyperparameters(
        { network: definition.network, space: {}, fixed: { ...bestPoint, decoder } },
        {},
      ),
      seed,
      networkPath: null,
    },
    {
      kernel: new WebAssembly.Module(readFileSync(join('out', 'kernels', 'stdp.wasm'))),
      kernels: createReferenceKernels,
      loadDataset: createDatasetCache({
        packageFolder: (name) => join('node_modules', name),
        hdf5Reader: pathToFileURL(join('out', 'main', 'hdf5Reader.js')),
      }),
      nowMs: () => performance.now(),
      version: 'bench',
      signal: new AbortController().signal,
      report: () => undefined,
    },
  )
  if (outcome.kind !== 'complete') throw new Error(JSON.stringify(outcome))
  return outcome.measurement
}

/** Runs one job in a thread of its own. */
function inThread(job: Job): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(fileURLToPath(import.meta.url), { workerData: job })
    thread.once('message', resolve)
    thread.once('error', reject)
  })
}

function describe(seed: number, { metrics, samplesTrained, trainDurationMs }: Measurement): Record<string, number> {
  const percent = (name: string): number => Number((100 * (metrics[name] ?? NaN)).toFixed(2))
  return {
    seed,
    'accuracy, %': percent('accuracy'),
    'non-spiking output, %': percent('nonSpikingShareExcitatory'),
    'non-spiking inhibitory, %': percent('nonSpikingShareInhibitory'),
    'output spikes': Number((metrics['spikesPerSampleExcitatory'] ?? NaN).toFixed(2)),
    'samples/s': Math.round((1000 * samplesTrained) / trainDurationMs),
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '3' },
      'first-seed': { type: 'string', default: '1' },
      'train-fraction': { type: 'string', default: '0.8' },
      'train-samples': { type: 'string' },
      decoder: { type: 'string', default: 'all' },
      threads: { type: 'string', default: '2' },
    },
  })
  const cap = values['train-samples']
  const job = {
    decoder: values.decoder,
    trainFraction: Number(values['train-fraction']),
    trainSamples: cap === undefined ? undefined : Number(cap),
  }
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values['first-seed']) + index)
  const threads = Number(values.threads)
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${threads} threads; decoder ${job.decoder}`)
  const waiting = [...seeds]
  const measured = new Map<number, Measurement>()
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      measured.set(seed, await inThread({ ...job, seed }))
    }
  }
  await Promise.all(Array.from({ length: threads }, work))
  const rows = seeds.flatMap((seed) => {
    const measurement = measured.get(seed)
    return measurement === undefined ? [] : [{ seed, measurement }]
  })
  console.table(rows.map(({ seed, measurement }) => describe(seed, measurement)))
  const accuracies = rows.map(({ measurement }) => measurement.objective)
  const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length
  const squares = accuracies.reduce((sum, accuracy) => sum + (accuracy - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (accuracies.length - 1))
  const trained = rows[0]?.measurement.samplesPlanned ?? 0
  console.log(
    `accuracy ${mean.toFixed(4)} +- ${deviation.toFixed(4)} (${rows.length} seeds, ${trained} samples shown each)`,
  )
}

if (isMainThread) await main()
else parentPort?.postMessage(await measure(workerData as Job))
