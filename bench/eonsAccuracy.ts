/**
 * Accuracy of networks that evolve, `npm run bench -- eonsAccuracy`: at the default hyperparameters with several seeds, of the tables
 * that come with Spiketune and of the levels of cart-pole. Options: --seeds 5, --datasets iris,wine,breast-cancer, --levels
 * easy,medium,hard,hardest, --episodes 20, --fixed '{"generations":100}' for other hyperparameters. Run in the project's folder.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Configuration } from '../src-core/space/parameter.ts'
import { type StudyDefinition, studyDefinitionSchema } from '../src-core/study/definition.ts'
import { resolveHyperparameters } from '../src-core/study/resolveHyperparameters.ts'
import { createDatasetCache } from '../src-worker/datasets/loadDataset.ts'
import { createWasmKernels } from '../src-worker/engines/layered/wasm/createWasmKernels.ts'
import { evaluateTrial } from '../src-worker/training/evaluateTrial.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    datasets: { type: 'string', default: 'iris,wine,breast-cancer' },
    levels: { type: 'string', default: 'easy,medium,hard,hardest' },
    episodes: { type: 'string', default: '20' },
    fixed: { type: 'string', default: '{}' },
  },
})
const listed = (text: string): readonly string[] => text.split(',').filter((name) => name !== '')
const kernelNamed = (name: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(join('out', 'kernels', `${name}.wasm`)))
const layered = kernelNamed('layered')
const loadDataset = createDatasetCache({
  packageFolder: (name) => join('node_modules', name),
  hdf5Reader: pathToFileURL(join('out', 'main', 'hdf5Reader.js')),
  tables: pathToFileURL('resources/tables/'),
})

/** Each seed has a split, or starts of episodes, of its own. */
const definitionOf = (dataset: object, seed: number): StudyDefinition =>
  studyDefinitionSchema.parse({
    version: 2,
    name: 'accuracy',
    dataset,
    seeds: { split: seed },
    network: { type: 'neuroprocessor' },
    training: { algorithm: 'eons' },
    silence: { stopEarly: false, interval: 100, layers: [{ layer: 'population', alpha: 1, beta: 0.9 }] },
    optimiser: { type: 'random' },
    budget: { trials: 1 },
  })

const measure = async (definition: StudyDefinition, fixed: Configuration, seed: number) => {
  const hyperparameters = resolveHyperparameters({ network: definition.network, space: {}, fixed }, {})
  const outcome = await evaluateTrial(
    {
      trial: 0,
      attempt: 1,
      definition: studyDefinitionSchema.parse(definition),
      hyperparameters,
      seed,
      networkPath: null,
    },
    {
      kernel: kernelNamed('stdp'),
      neuroprocessorKernel: kernelNamed('neuroprocessor'),
      kernels: () => createWasmKernels(layered),
      loadDataset,
      nowMs: () => performance.now(),
      version: 'bench',
      signal: new AbortController().signal,
      report: () => undefined,
    },
  )
  if (outcome.kind !== 'complete') throw new Error(JSON.stringify(outcome))
  return outcome.measurement
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

const report = async (name: string, dataset: object, fixed: Configuration): Promise<void> => {
  const begun = process.cpuUsage()
  const runs = []
  for (let seed = 1; seed <= Number(values.seeds); seed++)
    runs.push(await measure(definitionOf(dataset, seed), fixed, seed))
  const { user, system } = process.cpuUsage(begun)
  const seconds = (user + system) / 1e6
  const train = runs.map(({ intervals }) => Math.max(...intervals.map(({ trainAccuracy }) => trainAccuracy ?? 0)))
  const test = runs.map(({ objective }) => objective)
  const networks = runs.reduce((sum, { samplesTrained }) => sum + samplesTrained, 0)
  const steps = runs.flatMap(({ metrics }) => metrics['stepsPerEpisode'] ?? [])
  console.log(
    `${name.padEnd(20)} train ${mean(train).toFixed(4)}  test ${mean(test).toFixed(4)} (${test.map((one) => one.toFixed(3)).join(' ')})` +
      `${steps.length > 0 ? `, ${mean(steps).toFixed(0)} steps an episode` : ''}; ${networks} networks in ${seconds.toFixed(1)} s ` +
      `on the processor, ${(networks / seconds).toFixed(0)}/s`,
  )
}

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, one core; ${values.seeds} seeds, ${values.fixed}`)
const others = z.record(z.string(), z.union([z.number(), z.string()])).parse(JSON.parse(values.fixed))
for (const name of listed(values.datasets)) await report(name, { name, trainFraction: 0.6667 }, others)
for (const level of listed(values.levels)) {
  // The published code: flip-flop of 8 spikes every 3 steps, argyle of 4 neurons at the hardest level, 24 steps a decision.
  const code = level === 'hardest' ? { code: 'argyle', neuronsPerInput: 4 } : {}
  const fixed = { intervalSteps: 3, runSteps: level === 'hardest' ? 25 : 24, ...code, ...others }
  await report(`cart-pole ${level}`, { name: 'cart-pole', level, episodes: Number(values.episodes) }, fixed)
}
