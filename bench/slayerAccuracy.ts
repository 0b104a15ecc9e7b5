/**
 * Accuracy of one layered network, `npm run bench -- slayerAccuracy`: the configuration of a study that searches nothing,
 * trained and tested as it says with several seeds, one after the other; of the preset mnist-slayer-best: on the 60,000
 * training images of MNIST and its 10,000 test images. Options: --preset mnist-slayer-best, or --config <file>; --seeds 3,
 * --first-seed 1. Run in the project's folder.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { decodeDefinition } from '../src-core/study/decodeDefinition.ts'
import { type StudyDefinition, studyDefinitionSchema } from '../src-core/study/definition.ts'
import { resolveHyperparameters } from '../src-core/study/resolveHyperparameters.ts'
import type { Measurement } from '../src-core/trial/measurement.ts'
import { createDatasetCache } from '../src-worker/datasets/loadDataset.ts'
import { createWasmKernels } from '../src-worker/engines/layered/wasm/createWasmKernels.ts'
import { evaluateTrial } from '../src-worker/training/evaluateTrial.ts'

const kernelNamed = (name: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(join('out', 'kernels', `${name}.wasm`)))
const devices = {
  kernel: kernelNamed('stdp'),
  layered: kernelNamed('layered'),
  neuroprocessor: kernelNamed('neuroprocessor'),
}
const loadDataset = createDatasetCache({
  packageFolder: (name) => join('node_modules', name),
  hdf5Reader: pathToFileURL(join('out', 'main', 'hdf5Reader.js')),
  tables: pathToFileURL('resources/tables/'),
})
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`
const now = (): string => new Date().toISOString().slice(11, 19)

const measure = async (definition: StudyDefinition, seed: number): Promise<Measurement> => {
  const hyperparameters = resolveHyperparameters(definition, {})
  const startMs = performance.now()
  const outcome = await evaluateTrial(
    {
      trial: 0,
      attempt: 1,
      definition: studyDefinitionSchema.parse(definition),
      hyperparameters,
      seed,
      networkPath: null,
      judged: true,
    },
    {
      kernel: devices.kernel,
      neuroprocessorKernel: devices.neuroprocessor,
      kernels: () => createWasmKernels(devices.layered),
      loadDataset,
      nowMs: () => performance.now(),
      version: 'bench',
      signal: new AbortController().signal,
      report: () => undefined,
      judge: (epoch, trainAccuracy) => {
        const seconds = ((performance.now() - startMs) / 1000).toFixed(0)
        console.log(
          `${now()} seed ${seed} epoch ${epoch + 1} of ${hyperparameters['epochs']}: ` +
            `${percent(trainAccuracy ?? NaN)} of the training samples as they were shown, ${seconds} s`,
        )
        return Promise.resolve(null)
      },
    },
  )
  if (outcome.kind !== 'complete') throw new Error(JSON.stringify(outcome))
  return outcome.measurement
}

const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'mnist-slayer-best' },
    config: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    'first-seed': { type: 'string', default: '1' },
  },
})
const file = values.config ?? join('resources', 'presets', `${values.preset}.yaml`)
const definition = decodeDefinition(readFileSync(file, 'utf8'), file)
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, one core; ${file}, tested on its ${definition.objective.split} split`,
)
const accuracies: number[] = []
for (let index = 0; index < Number(values.seeds); index++) {
  const seed = Number(values['first-seed']) + index
  const processor = process.cpuUsage()
  const { metrics, samplesTrained, trainDurationMs } = await measure(definition, seed)
  const { user, system } = process.cpuUsage(processor)
  const accuracy = metrics['accuracy'] ?? NaN
  accuracies.push(accuracy)
  console.log(
    `${now()} seed ${seed}: ${percent(accuracy)} of ${metrics['testSamples']} test samples; ${samplesTrained} samples ` +
      `trained on in ${(trainDurationMs / 1000).toFixed(0)} s (${((user + system) / 1e6).toFixed(0)} s on the processor, ` +
      `with the test); ${metrics['spikesPerSample']?.toFixed(1)} spikes and ` +
      `${Math.round(metrics['synapticOperationsPerSample'] ?? NaN)} synaptic operations a sample`,
  )
}
const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length
const range = [Math.min(...accuracies), Math.max(...accuracies)].map(percent).join(' to ')
console.log(`mean ${percent(mean)} over ${accuracies.length} seeds, ${range}`)
