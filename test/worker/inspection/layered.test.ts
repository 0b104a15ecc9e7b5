import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SampleRecording, TrainingSnapshot } from '../../../src-core/contracts/inspection.ts'
import type { NetworkSource } from '../../../src-core/contracts/inspector.ts'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { quantiseWeight } from '../../../src-core/layered/fixedPoint.ts'
import { studyDefinitionSchema } from '../../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { Inspector, type QuestionContext } from '../../../src-worker/inspection/inspector.ts'
import { decodeSafetensors } from '../../../src-core/networkFile/safetensors.ts'
import { evaluateTrial } from '../../../src-worker/training/evaluateTrial.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { environmentOf, measurementOf } from '../training/trialRequests.ts'

const noCache = (): never => {
  throw new Error('nobody asks for the cache here')
}

const environment = environmentOf()

const contextOf = () => {
  const recordings: SampleRecording[] = []
  const snapshots: TrainingSnapshot[] = []
  const context: QuestionContext = {
    signal: new AbortController().signal,
    progress: () => undefined,
    recording: (recording) => recordings.push(recording),
    snapshot: (snapshot) => snapshots.push(snapshot),
  }
  return { ...context, recordings, snapshots }
}

const definition = studyDefinitionSchema.parse({
  version: 2,
  name: 'layered',
  dataset: { name: 'mnist', trainSamples: 60, testSamples: 30 },
  encoding: { type: 'poisson', steps: 20, maximumRateHz: 200 },
  network: {
    type: 'layered',
    layers: [
      { name: 'conv1', type: 'conv', delays: true, weightNormalisation: true },
      { name: 'pool1', type: 'pool' },
      { name: 'again', type: 'recurrent' },
      { name: 'output', type: 'dense' },
    ],
  },
  training: { algorithm: 'surrogate-gradient' },
  fixed: {
    epochs: 1,
    batchSize: 8,
    learningRate: 0.01,
    threshold: 0.5,
    'conv1.filters': 4,
    'conv1.kernel': 5,
    'pool1.kernel': 3,
    'again.neurons': 12,
  },
  silence: { interval: 30, layers: [] },
  optimiser: { type: 'random' },
  budget: { trials: 1 },
})

/** Trains a trial and keeps its network; opens that. */
const trained = async (of: EvaluationRequest['definition'] = definition) => {
  const path = join(temporaryFolder(), 'network.safetensors')
  const request: EvaluationRequest = {
    trial: 0,
    attempt: 1,
    definition: of,
    hyperparameters: resolveHyperparameters(of, {}),
    seed: 7,
    networkPath: path,
  }
  const measurement = measurementOf(await evaluateTrial(request, environment), 'complete')
  const source: NetworkSource = { kind: 'file', origin: 'stored', path, samplesTrained: null }
  const inspector = new Inspector({ ...environment, cache: noCache })
  const network = await inspector.ask('open', { evaluation: request, source }, contextOf())
  return { request, measurement, inspector, network, path }
}

describe('a layered network loaded from its file', () => {
  it('says what it is', async () => {
    const { network } = await trained()
    expect(network).toEqual({
      origin: 'stored',
      layers: [
        { name: 'input', neurons: 784, shape: { channels: 1, rows: 28, columns: 28 } },
        { name: 'conv1', neurons: 2304, shape: { channels: 4, rows: 24, columns: 24 } },
        { name: 'pool1', neurons: 256, shape: { channels: 4, rows: 8, columns: 8 } },
        { name: 'again', neurons: 12, shape: null },
        { name: 'output', neurons: 10, shape: null },
      ],
      projections: [
        { from: 'input', to: 'conv1' },
        { from: 'pool1', to: 'again' },
        { from: 'again', to: 'again' },
        { from: 'again', to: 'output' },
      ],
      outputLayer: 'output',
      potentialUnit: null,
      steps: 20,
      dtMs: 1,
      classes: 10,
      samples: { training: 60, objective: 30, test: 10_000 },
      samplesTrained: 60,
    })
  })

  it('answers the test of its trial as it did, sample by sample instead of in batches', async () => {
    const { inspector, measurement } = await trained()
    const test = await inspector.ask('test', { split: 'objective', samples: null }, contextOf())
    expect(test.accuracy).toBe(measurement.metrics['accuracy'])
    const confusion = Array.from({ length: 10 }, () => new Array<number>(10).fill(0))
    test.labels.forEach((label, sample) => {
      const row = confusion[label] ?? []
      row[test.predictions[sample] ?? 0] = (row[test.predictions[sample] ?? 0] ?? 0) + 1
    })
    expect(confusion).toEqual(measurement.confusion)
    for (const { layer, values } of test.rates) {
      const metric = `testSpikesPerSample${layer.slice(0, 1).toUpperCase()}${layer.slice(1)}`
      expect(values.reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(measurement.metrics[metric] ?? NaN, 2)
    }
    expect(test.rates.map(({ layer }) => layer)).toEqual(['conv1', 'pool1', 'again', 'output'])
    expect(test.outputSpikes.reduce((sum, count) => sum + count, 0) / 30).toBeCloseTo(
      measurement.metrics['testSpikesPerSampleOutput'] ?? NaN,
      9,
    )
  })

  it('has the weights that act: lengths times directions, in steps of 2/64', async () => {
    const { inspector, path } = await trained()
    const conv = await inspector.ask('weights', { from: 'input', to: 'conv1' }, contextOf())
    const { tensors } = decodeSafetensors(readFileSync(path))
    expect(conv).toMatchObject({ type: 'conv', inputs: 25, neurons: 4, field: { channels: 1, rows: 5, columns: 5 } })
    expect(conv.delays).toEqual(tensors['conv1.delays']?.values)
    const directions = [...(tensors['conv1.weights']?.values ?? [])]
    const norm = Math.hypot(...directions.filter((_, at) => at % 4 === 2))
    const length = tensors['conv1.lengths']?.values[2] ?? NaN
    const expected = directions.filter((_, at) => at % 4 === 2).map((value) => quantiseWeight((value * length) / norm))
    const acting = [...conv.values].filter((_, at) => at % 4 === 2)
    acting.forEach((value, at) => {
      expect(Math.abs(value - (expected[at] ?? NaN))).toBeLessThanOrEqual(2 / 64)
    })
    expect(acting.every((value) => Number.isInteger(value * 32))).toBe(true)
    const dense = await inspector.ask('weights', { from: 'pool1', to: 'again' }, contextOf())
    expect(dense).toMatchObject({
      type: 'dense',
      inputs: 256,
      neurons: 12,
      field: { channels: 4, rows: 8, columns: 8 },
    })
    const own = await inspector.ask('weights', { from: 'again', to: 'again' }, contextOf())
    expect(own).toMatchObject({ type: 'dense', inputs: 12, neurons: 12, field: null, delays: null })
    expect(own.voltageDecays).toEqual(tensors['again.voltageDecay']?.values)
    await expect(inspector.ask('weights', { from: 'input', to: 'pool1' }, contextOf())).rejects.toMatchObject({
      code: 'not-in-network',
    })
  })
})

describe('a recording of a layered network', () => {
  it('has the spikes of every layer, and of traced neurons the potential that reaches its threshold at each', async () => {
    const { inspector } = await trained()
    const plain = contextOf()
    await inspector.ask('present', { split: 'objective', samples: [3], traced: [] }, plain)
    const spikes = plain.recordings[0]?.spikes ?? []
    expect(spikes.map(({ layer }) => layer)).toEqual(['input', 'conv1', 'pool1', 'again', 'output'])
    const conv = spikes.find(({ layer }) => layer === 'conv1')
    const neuron = conv?.neurons[0] ?? -1
    const at = [...(conv?.steps ?? [])].filter((_, spike) => conv?.neurons[spike] === neuron)
    expect(at.length).toBeGreaterThan(0)

    const context = contextOf()
    const traced = [{ layer: 'conv1', neuron }]
    await inspector.ask('present', { split: 'objective', samples: [0, 3], traced }, context)
    const recording = context.recordings[1]
    expect({ ...recording, place: 0, traces: [] }).toEqual(plain.recordings[0])
    const trace = recording?.traces[0]
    const reached = Array.from({ length: 20 }, (_, step) => step).filter(
      (step) => (trace?.membranePotential[step] ?? 0) >= (trace?.threshold[step] ?? Infinity),
    )
    expect(reached).toEqual(at)
  })

  it('predicts as the test does', async () => {
    const { inspector } = await trained()
    const context = contextOf()
    const samples = Array.from({ length: 10 }, (_, sample) => sample)
    await inspector.ask('present', { split: 'test', samples, traced: [] }, context)
    const test = await inspector.ask('test', { split: 'test', samples: 10 }, contextOf())
    expect(context.recordings.map(({ prediction }) => prediction)).toEqual([...test.predictions])
  })

  it('is refused for neurons that there are not', async () => {
    const { inspector } = await trained()
    const present = (layer: string, neuron: number) =>
      inspector.ask('present', { split: 'objective', samples: [0], traced: [{ layer, neuron }] }, contextOf())
    await expect(present('output', 10)).rejects.toThrow('no neuron 10: it has 10')
    await expect(present('input', 0)).rejects.toThrow('Inputs have no membrane potential')
    await expect(present('conv9', 0)).rejects.toThrow('There is no layer "conv9"')
  })
})

describe('training a layered network again', () => {
  it('gives the network of the trial to the last bit', async () => {
    const { request, path } = await trained()
    const keepAs = join(temporaryFolder(), 'network.safetensors')
    const source: NetworkSource = { kind: 'retrain', keepAs }
    const network = await new Inspector({ ...environment, cache: noCache }).ask(
      'open',
      { evaluation: request, source },
      contextOf(),
    )
    expect(network).toMatchObject({ origin: 'retrained', samplesTrained: 60 })
    expect(decodeSafetensors(readFileSync(keepAs))).toEqual(decodeSafetensors(readFileSync(path)))
  })

  it('shows the weights on the way, at the ends of batches, the last as they are', async () => {
    const { inspector } = await trained()
    const projection = { from: 'again', to: 'output' }
    const context = contextOf()
    await inspector.ask('replay', { snapshots: 4, projection }, context)
    expect(context.snapshots.map(({ samplesTrained }) => samplesTrained)).toEqual([0, 24, 40, 60])
    const end = await inspector.ask('weights', projection, contextOf())
    expect(context.snapshots.at(-1)?.weights).toEqual(end)
    expect(context.snapshots[0]?.weights.values).not.toEqual(end.values)
    expect(context.snapshots.map(({ trainAccuracy }) => trainAccuracy === null)).toEqual([true, false, false, false])
  })
})

describe('a network of a dataset that has no samples to test on', () => {
  it('is opened, and answers the samples that its objective was measured on', async () => {
    const file = join(temporaryFolder(), 'table.csv')
    const rows = Array.from({ length: 20 }, (_, row) => `${row % 2},${1 - (row % 2)},${row % 2 === 0 ? 'a' : 'b'}`)
    writeFileSync(file, ['x,y,class', ...rows, ''].join('\n'))
    const table = studyDefinitionSchema.parse({
      ...definition,
      dataset: { name: 'csv', file },
      network: { type: 'layered', layers: [{ name: 'output', type: 'dense' }] },
      fixed: { epochs: 1, batchSize: 4 },
    })
    const { network, inspector, measurement } = await trained(table)
    expect(network.samples).toEqual({ training: 16, objective: 4, test: 0 })
    const { accuracy } = await inspector.ask('test', { split: 'objective', samples: null }, contextOf())
    expect(accuracy).toBe(measurement.metrics.accuracy)
    await expect(inspector.ask('present', { split: 'test', samples: [0], traced: [] }, contextOf())).rejects.toThrow(
      'The split "test" has no sample 0: it has 0.',
    )
  })
})
