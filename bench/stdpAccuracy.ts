/**
 * Accuracy of the best point of the reference search (arXiv 2403.00450, experiment 1), `npm run bench -- stdpAccuracy`:
 * networks trained on 48,000 images of MNIST (0.8 of its training images) and tested on its test images, with several seeds,
 * two at a time. A network is trained once, and tested after each of the epochs asked for, by all of the decoders. A decoder
 * does not change what is trained; looking changes nothing but the last bit of weights that are normalised once more.
 * Published: 0.884, with 2.7 % of the samples non-spiking in the second epoch. Options: --seeds 3, --first-seed 1,
 * --epochs 2, --decoders all, --train-fraction 0.8, --train-samples (at most so many), --threads 2. Run in the project's
 * folder.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { deriveSeed } from '../src-core/random/seed.ts'
import type { Configuration } from '../src-core/space/parameter.ts'
import { silenceRule } from '../src-core/stopping/silenceRule.ts'
import { DEFINITION_VERSION, studyDefinitionSchema } from '../src-core/study/definition.ts'
import { resolveHyperparameters } from '../src-core/study/resolveHyperparameters.ts'
import { diehlCookParts } from '../src-core/study/studyKinds.ts'
import { createDatasetCache } from '../src-worker/datasets/loadDataset.ts'
import { splitDataset } from '../src-worker/datasets/splitDataset.ts'
import { createDecoder, type DecoderKind } from '../src-worker/decoders/createDecoder.ts'
import type { Decoder, DecoderOptions, SpikeTrain } from '../src-worker/decoders/decoder.ts'
import { Pacer } from '../src-worker/training/pacer.ts'
import { decodeHyperparameters } from '../src-worker/training/stdp/hyperparameters.ts'
import { show, spikeTrainOf } from '../src-worker/training/stdp/presentation.ts'
import { StdpTraining } from '../src-worker/training/stdp/stdpTraining.ts'
import { createTrialSubject } from '../src-worker/training/stdp/trialSubject.ts'

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
  readonly epochs: readonly number[]
  readonly decoders: readonly DecoderKind[]
  readonly trainFraction: number
  readonly trainSamples: number | undefined
}

/** What one network came to after so many epochs. */
interface Result {
  readonly seed: number
  readonly epochs: number
  readonly accuracies: Readonly<Record<string, number>>
  readonly nonSpikingShare: number
  readonly outputSpikes: number
}

/**
 * A decoder that is a fit of the last interval alone: fitted only where it is asked.
 * `log` fits for a second, and in training nobody asks.
 */
const fittedLate = (kind: DecoderKind, options: DecoderOptions): Decoder => {
  let observed: { readonly spikes: SpikeTrain; readonly label: number }[] = []
  let fitted: Decoder | null = null
  let last = observed
  const fit = (): Decoder => {
    const decoder = createDecoder(kind, options)
    for (const { spikes, label } of last) decoder.observe(spikes, label)
    decoder.learn()
    return decoder
  }
  return {
    observe: ({ neurons, steps }, label) =>
      observed.push({ spikes: { neurons: neurons.slice(), steps: steps.slice() }, label }),
    learn() {
      last = observed
      observed = []
      fitted = null
    },
    predict: (spikes) => (fitted ??= fit()).predict(spikes),
    tensors: () => ({}),
    restore: () => undefined,
    pending: () => ({}),
    restorePending: () => undefined,
  }
}

const measure = async ({ seed, epochs, decoders, ...dataset }: Job): Promise<Result[]> => {
  const definition = studyDefinitionSchema.parse({
    version: DEFINITION_VERSION,
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
  const { network: kind } = definition
  const resolved = resolveHyperparameters({ network: kind, space: {}, fixed: { ...bestPoint, decoder: 'all' } }, {})
  const hyperparameters = { ...decodeHyperparameters(resolved), epochs: Math.max(...epochs) }
  const loaded = await createDatasetCache({
    packageFolder: (name) => join('node_modules', name),
    hdf5Reader: pathToFileURL(join('out', 'main', 'hdf5Reader.js')),
    tables: pathToFileURL('resources/tables/'),
  })(definition.dataset)
  const { training, evaluation } = splitDataset(loaded, definition)
  const kernel = new WebAssembly.Module(readFileSync(join('out', 'kernels', 'stdp.wasm')))
  const subject = createTrialSubject({ definition, seed }, hyperparameters, loaded, kernel)
  const options = { neurons: hyperparameters.mapSize, classes: loaded.classes, regularisation: 1 }
  const asked = decoders.map((kind) => (kind === 'log' || kind === 'svm' ? fittedLate : createDecoder)(kind, options))
  const { network, stimulusOf } = subject
  const results: Result[] = []
  let [shown, silent, spikes] = [0, 0, 0]
  const look = (epoch: number): void => {
    if (epochs.includes(epoch)) {
      const correct = decoders.map(() => 0)
      for (const [sample, index] of evaluation.indices.entries()) {
        const sampleSeed = deriveSeed(seed, 'test', sample)
        show(network, stimulusOf(evaluation.part, index, sampleSeed), sampleSeed, false)
        for (const [place, decoder] of asked.entries()) {
          if (decoder.predict(spikeTrainOf(network)) === evaluation.part.labels[index])
            correct[place] = (correct[place] ?? 0) + 1
        }
      }
      const tested = evaluation.indices.length
      const accuracies = Object.fromEntries(decoders.map((kind, place) => [kind, (correct[place] ?? 0) / tested]))
      results.push({ seed, epochs: epoch, accuracies, nonSpikingShare: silent / shown, outputSpikes: spikes / shown })
    }
    shown = silent = spikes = 0
  }
  const trained = new StdpTraining({
    ...subject,
    decoder: {
      observe(train, label) {
        shown++
        spikes += train.neurons.length
        if (train.neurons.length < 5) silent++
        for (const decoder of asked) decoder.observe(train, label)
      },
      learn() {
        for (const decoder of asked) decoder.learn()
      },
      // In training nobody asks.
      predict: () => 0,
      tensors: () => ({}),
      restore: () => undefined,
      pending: () => ({}),
      restorePending: () => undefined,
    },
    seed,
    judge: (epoch) => {
      look(epoch + 1)
      return Promise.resolve(null)
    },
    pacer: new Pacer({
      nowMs: () => performance.now(),
      signal: new AbortController().signal,
      report: () => undefined,
    }),
    training,
    epochs: hyperparameters.epochs,
    updateInterval: diehlCookParts(definition).training.updateInterval,
    silence: silenceRule(definition, training.indices.length),
  })
  await trained.run()
  look(hyperparameters.epochs)
  return results
}

/** Runs one job in a thread of its own. */
const inThread = (job: Job): Promise<Result[]> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(fileURLToPath(import.meta.url), { workerData: job })
    thread.once('message', resolve)
    thread.once('error', reject)
  })

const row = ({ seed, epochs, accuracies, nonSpikingShare, outputSpikes }: Result): Record<string, number> => ({
  seed,
  epochs,
  ...accuracies,
  'non-spiking output, %': Number((100 * nonSpikingShare).toFixed(2)),
  'output spikes': Number(outputSpikes.toFixed(2)),
})

const summary = (values: readonly number[]): string => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (values.length - 1))
  return `${mean.toFixed(4)} +- ${deviation.toFixed(4)} (${Math.min(...values)} to ${Math.max(...values)})`
}

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '3' },
      'first-seed': { type: 'string', default: '1' },
      epochs: { type: 'string', default: '2' },
      decoders: { type: 'string', default: 'all' },
      'train-fraction': { type: 'string', default: '0.8' },
      'train-samples': { type: 'string' },
      threads: { type: 'string', default: '2' },
    },
  })
  const cap = values['train-samples']
  const job = {
    decoders: values.decoders.split(',') as DecoderKind[],
    epochs: values.epochs.split(',').map(Number),
    trainFraction: Number(values['train-fraction']),
    trainSamples: cap === undefined ? undefined : Number(cap),
  }
  const waiting = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values['first-seed']) + index)
  const threads = Number(values.threads)
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${threads} threads`)
  const measured: Result[] = []
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const results = await inThread({ ...job, seed })
      for (const result of results) console.log(JSON.stringify(row(result)))
      measured.push(...results)
    }
  }
  await Promise.all(Array.from({ length: threads }, work))
  measured.sort((a, b) => a.epochs - b.epochs || a.seed - b.seed)
  console.table(measured.map(row))
  for (const epochs of job.epochs) {
    const results = measured.filter((result) => result.epochs === epochs)
    for (const kind of job.decoders) {
      const accuracies = results.map(({ accuracies }) => accuracies[kind] ?? NaN)
      console.log(`${epochs} epochs, ${kind}: accuracy ${summary(accuracies)}, ${results.length} seeds`)
    }
  }
}

if (isMainThread) await main()
else parentPort?.postMessage(await measure(workerData as Job))
