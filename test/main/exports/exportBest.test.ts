import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { importNetwork } from '../../../src-core/tennlab/importNetwork.ts'
import { type CompleteTrial, trialNumber } from '../../../src-core/trial/trial.ts'
import { decodeHere } from '../../../src-main/studies/definitionDecoder.ts'
import { exportBest } from '../../../src-main/exports/exportBest.ts'
import { writeNetworkFile } from '../../../src-worker/networkFile/writeNetworkFile.ts'
import { describeEvolvedNetwork } from '../../../src-worker/training/eons/networkFile.ts'
import { measurement } from '../../core/progress/fixtures.ts'

const definition = decodeDefinition(
  `
version: 2
name: silent-search
description: for the test
dataset: { name: mnist, trainSamples: 3000, testSamples: 500 }
encoding: { type: bernoulli, maximumRateHz: 100, steps: 50 }
network: { type: diehl-cook, oneSpike: lowest-index }
training: { algorithm: post-pre, updateInterval: 250 }
space:
  decoder: { type: categorical, choices: [all, log] }
  decoderRegularisation: { type: real, low: 0.01, high: 100, sampler: log-uniform, when: { decoder: [log] } }
  learningRatePost: { type: real, low: 1e-3, high: 1e-2, sampler: reversed-log-uniform }
fixed: { mapSize: 50, epochs: 2 }
silence: { interval: 250, layers: [{ layer: excitatory, alpha: 5, beta: 0.05 }] }
optimiser: { type: random }
budget: { trials: 20 }
seeds: { optimiser: 7, split: 8 }
`,
  'silent-search.yaml',
)

const trial: CompleteTrial = {
  state: 'complete',
  number: trialNumber(12),
  configuration: { decoder: 'log', decoderRegularisation: 0.1 + 0.2, learningRatePost: 0.0031415926535897933 },
  seed: 4294967295,
  explanation: {},
  attempt: 1,
  createdAtMs: 0,
  worker: 'worker 1',
  startedAtMs: 0,
  endedAtMs: 1,
  durationMs: 1,
  toldOrder: 0,
  measurement: measurement({
    objective: 0.8712345678901234,
    metrics: { accuracy: 0.8712345678901234, spikesPerSampleExcitatory: 21.5 },
    constraints: [{ name: 'silence:excitatory', value: -1 / 30 }],
    datasetSha256: 'ab'.repeat(32),
  }),
}

let folder = ''
let networkPath = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spiketune-export-'))
  networkPath = join(folder, 'network')
  writeFileSync(networkPath, 'weights, theta, assignments')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const exporting = (rest: Partial<Parameters<typeof exportBest>[0]> = {}) =>
  exportBest({
    decode: decodeHere,
    definition,
    trial,
    networkPath,
    networkSha256: createHash('sha256').update(readFileSync(networkPath)).digest('hex'),
    studyId: 'silent-search-3',
    folder: join(folder, 'out'),
    applicationVersion: '1.2.3',
    ...rest,
  })

describe('exportBest', () => {
  it('writes three files named after study and trial, and nothing else', async () => {
    const files = await exporting()
    expect(readdirSync(join(folder, 'out')).sort()).toEqual([
      'silent-search-3-trial-12.json',
      'silent-search-3-trial-12.safetensors',
      'silent-search-3-trial-12.yaml',
    ])
    expect(files.yaml).toBe(join(folder, 'out', 'silent-search-3-trial-12.yaml'))
    expect(files.tennlab).toBeNull()
    expect(readFileSync(files.safetensors ?? '', 'utf8')).toBe('weights, theta, assignments')
  })

  it('writes the same valid definition as YAML and as JSON: one trial, everything fixed, the seed of the trial', async () => {
    const files = await exporting()
    const [yaml, json] = [files.yaml, files.json].map((path) => decodeDefinition(readFileSync(path, 'utf8'), path))
    expect(json).toEqual(yaml)
    expect(yaml).toEqual({
      ...definition,
      name: 'silent-search-trial-12',
      space: {},
      fixed: resolveHyperparameters(definition, trial.configuration),
      budget: { trials: 1 },
      workers: 1,
      seeds: { optimiser: 7, split: 8, network: 4294967295 },
      provenance: {
        application: 'spiketune 1.2.3',
        study: 'silent-search-3',
        trial: 12,
        datasetSha256: 'ab'.repeat(32),
        metrics: trial.measurement.metrics,
        constraints: { 'silence:excitatory': -1 / 30 },
        networkFile: 'silent-search-3-trial-12.safetensors',
      },
    })
    // What trains the exported study is what trained the trial, to the last bit.
    expect(yaml && resolveHyperparameters(yaml, {})).toEqual(resolveHyperparameters(definition, trial.configuration))
  })

  it('tells people in comments what the YAML is, and what each hyperparameter means', async () => {
    const { yaml } = await exporting()
    const text = readFileSync(yaml, 'utf8')
    expect(text.split('\n')[0]).toBe(
      '# Best configuration of the study silent-search-3: trial 12, accuracy 0.8712345678901234 on the validation samples',
    )
    expect(text).toContain('# Give the same result again: spiketune run silent-search-3-trial-12.yaml')
    expect(text).toContain('  # Passes over the training samples\n  epochs: 2\n')
    expect(text).toContain('  # Time constant of the adaptive threshold, in ms\n  tauThetaDecayMs: ')
  })

  it('says where a trial was pruned, so that its training ends there again', async () => {
    const stop = { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.31, threshold: 0.52, trials: 6 } as const
    const files = await exporting({ trial: { ...trial, state: 'stopped', stop } })
    const text = readFileSync(files.yaml, 'utf8')
    expect(decodeDefinition(text, files.yaml).provenance?.pruned).toEqual(stop)
    expect(text).toContain('# It was pruned after epoch 2 and ends there again; to train it to its end, remove pruned')
  })

  it('names what was searched for, where it is not accuracy', async () => {
    const { yaml } = await exporting({
      definition: { ...definition, objective: { metric: 'spikesPerSample', split: 'test' } },
      trial: { ...trial, measurement: { ...trial.measurement, metrics: { accuracy: 0.5, spikesPerSample: 21.5 } } },
    })
    expect(readFileSync(yaml, 'utf8').split('\n')[0]).toBe(
      '# Best configuration of the study silent-search-3: trial 12, spikes per sample 21.5 on the test samples',
    )
  })

  it('gives the same files for the same trial again', async () => {
    const first = await exporting()
    expect(await exporting()).toEqual(first)
    expect(readdirSync(join(folder, 'out'))).toHaveLength(3)
  })

  it('never overwrites another export: the names get a number', async () => {
    const first = await exporting()
    const before = readFileSync(first.yaml, 'utf8')
    const second = await exporting({ trial: { ...trial, seed: 5 } })
    expect(second.yaml).toBe(join(folder, 'out', 'silent-search-3-trial-12-2.yaml'))
    expect(readFileSync(first.yaml, 'utf8')).toBe(before)
    expect(decodeDefinition(readFileSync(second.yaml, 'utf8'), second.yaml).provenance?.networkFile).toBe(
      'silent-search-3-trial-12-2.safetensors',
    )
  })

  it.skipIf(process.platform === 'win32')('opens no pipe and no folder that has its name', async () => {
    const { yaml, json } = await exporting()
    rmSync(yaml)
    execFileSync('mkfifo', [yaml])
    expect((await exporting()).yaml).toBe(yaml.replace('12.yaml', '12-2.yaml'))
    rmSync(json)
    mkdirSync(json)
    expect((await exporting()).yaml).toBe(yaml.replace('12.yaml', '12-2.yaml'))
  })

  it('does without the network when it is not kept', async () => {
    const files = await exporting({ networkPath: null })
    expect(files.safetensors).toBeNull()
    expect(decodeDefinition(readFileSync(files.json, 'utf8'), files.json).provenance?.networkFile).toBeUndefined()
  })

  it('writes a network that evolved as TENNLab’s JSON too, the same bytes each time', async () => {
    const evolved = decodeDefinition(
      `
version: 2
name: evolved
dataset: { name: iris, trainFraction: 0.6667 }
network: { type: neuroprocessor }
training: { algorithm: eons }
space: { maxSpikes: { type: integer, low: 2, high: 12 } }
fixed: { leakMode: configurable, resolution: 15, intervalSteps: 2, runSteps: 30 }
budget: { trials: 2 }
seeds: { split: 5 }
`,
      'evolved.yaml',
    )
    const network: NeuroNetwork = {
      neurons: Array.from({ length: 12 }, (_, id) => ({ id, threshold: id, leak: id % 2, axonalDelay: 0 })),
      synapses: [
        { from: 0, to: 8, weight: -15, delay: 15 },
        { from: 11, to: 11, weight: 4, delay: 1 },
      ],
      inputs: [0, 1, 2, 3, 4, 5, 6, 7],
      outputs: [8, 9, 10],
    }
    const ranges = [4.3, 2, 1, 0.1].map((low) => ({ low, high: 7.9 }))
    const request = { definition: evolved, hyperparameters: {}, seed: 9, trial: 12, attempt: 1, networkPath }
    const described = describeEvolvedNetwork(
      { request, dataset: { sha256: 'ab' }, network, ranges, records: [], samplesTrained: 100 },
      '1.2.3',
    )
    const change = { definition: evolved, trial: { ...trial, configuration: { maxSpikes: 6 } } }
    await writeNetworkFile(networkPath, described)
    const first = await exporting(change)
    expect(first.tennlab).toBe(join(folder, 'out', 'silent-search-3-trial-12.tennlab.json'))
    const text = readFileSync(first.tennlab ?? '', 'utf8')
    expect(await exporting(change)).toEqual(first)
    expect(readFileSync(first.tennlab ?? '', 'utf8')).toBe(text)
    expect(readdirSync(join(folder, 'out'))).toHaveLength(4)
    const read = importNetwork(text)
    expect(read.network).toEqual(network)
    expect(read.file.Properties.node_properties.map(({ name, max_value }) => [name, max_value])).toEqual([
      ['Threshold', 15],
      ['Leak', 1],
    ])
    expect(read.file.Associated_Data).toMatchObject({
      proc_params: { min_weight: -15, max_weight: 15, min_potential: -15, max_delay: 15, leak_mode: 'configurable' },
      app_params: { dataset: 'iris', train_fraction: 0.6667, split: 'validation', split_seed: 5 },
      encoder_array: {
        dmin: [4.3, 2, 1, 0.1],
        interval: 2,
        named_encoders: { values: { spikes: { flip_flop: 2, max_spikes: 6 } } },
        use_encoders: ['values', 'values', 'values', 'values'],
      },
      decoder_array: { decoders: [{ wta: { outputs: 3 } }] },
      eons_params: { population_size: 100, num_best: 4, crossover_rate: 0.5, edge_mutations: { Weight: 0.65 } },
      other: { proc_name: 'risp', app_name: 'iris', sim_time: 30 },
    })
  })

  it('keeps the name of the study a valid name', async () => {
    const files = await exporting({ definition: { ...definition, name: 'x'.repeat(64) } })
    const { name } = decodeDefinition(readFileSync(files.yaml, 'utf8'), files.yaml)
    expect(name).toBe(`${'x'.repeat(55)}-trial-12`)
  })

  it('says so when the folder cannot be made', async () => {
    writeFileSync(join(folder, 'a-file'), '')
    const error = await exporting({ folder: join(folder, 'a-file') }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(SpiketuneError)
    expect(error).toMatchObject({ code: 'folder-not-writable' })
  })
})
