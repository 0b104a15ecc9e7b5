import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SampleRecording, TrainingSnapshot } from '../../../src-core/contracts/inspection.ts'
import type { NetworkSource } from '../../../src-core/contracts/inspector.ts'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import { decoderKinds } from '../../../src-worker/decoders/createDecoder.ts'
import { Inspector, type QuestionContext } from '../../../src-worker/inspection/inspector.ts'
import { decodeSafetensors, type NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import { writeNetworkFile } from '../../../src-worker/networkFile/writeNetworkFile.ts'
import { evaluateTrial } from '../../../src-worker/training/evaluateTrial.ts'
import { decodeHyperparameters } from '../../../src-worker/training/stdp/hyperparameters.ts'
import { createTrialSubject } from '../../../src-worker/training/stdp/trialSubject.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import {
  definitionOf,
  environmentOf,
  goodPoint,
  measurementOf,
  reproducible,
  requestOf,
} from '../training/trialRequests.ts'

const noCache = (): never => {
  throw new Error('nobody asks for the cache here')
}

const environment = environmentOf()
const plastic = { from: 'input', to: 'excitatory' }

const pixelsOf = ({ view }: Pick<SampleRecording, 'view'>): Uint8Array => {
  if (view.kind !== 'images') throw new TypeError('no image')
  return view.pixels
}

const contextOf = (changes: Partial<QuestionContext> = {}) => {
  const recordings: SampleRecording[] = []
  const snapshots: TrainingSnapshot[] = []
  const phases = new Set<string>()
  return {
    signal: new AbortController().signal,
    progress: ({ phase }: { phase: string }) => phases.add(phase),
    recording: (recording: SampleRecording) => recordings.push(recording),
    snapshot: (snapshot: TrainingSnapshot) => snapshots.push(snapshot),
    ...changes,
    recordings,
    snapshots,
    phases,
  }
}

/** Trains a trial and keeps its network; opens that. */
const trained = async (changes: Partial<EvaluationRequest> = {}, point = goodPoint) => {
  const path = join(temporaryFolder(), 'network.safetensors')
  const request = requestOf(definitionOf(), point, { networkPath: path, ...changes })
  const outcome = await evaluateTrial(request, environment)
  if (outcome.kind === 'failed') throw new Error(outcome.failure.message)
  const source: NetworkSource = { kind: 'file', origin: 'stored', path, samplesTrained: null }
  return { path, request, source, measurement: outcome.measurement }
}

const opened = async (request: EvaluationRequest, source: NetworkSource) => {
  const inspector = new Inspector({ ...environment, cache: noCache })
  const network = await inspector.ask('open', { evaluation: request, source }, contextOf())
  return { inspector, network }
}

describe('a network loaded from its file', () => {
  it.each(decoderKinds)('answers the test of its trial as it did, with the decoder %s', async (decoder) => {
    const { request, source, measurement } = await trained({}, { ...goodPoint, decoder })
    const { inspector } = await opened(request, source)
    const test = await inspector.ask('test', { split: 'objective', samples: null }, contextOf())
    expect(test.accuracy).toBe(measurement.objective)
    const confusion = Array.from({ length: 10 }, () => new Array<number>(10).fill(0))
    test.labels.forEach((label, sample) => {
      const row = confusion[label] ?? []
      row[test.predictions[sample] ?? -1] = (row[test.predictions[sample] ?? -1] ?? 0) + 1
    })
    expect(confusion).toEqual(measurement.confusion)
    const spikes = test.outputSpikes.reduce((sum, count) => sum + count, 0)
    expect(spikes / 100).toBe(measurement.metrics['testSpikesPerSampleExcitatory'])
  })

  it('says what it is', async () => {
    const { request, source } = await trained()
    const { network } = await opened(request, source)
    expect(network).toEqual({
      origin: 'stored',
      layers: [
        { name: 'input', neurons: 784, shape: { channels: 1, rows: 28, columns: 28 } },
        { name: 'excitatory', neurons: 100, shape: null },
        { name: 'inhibitory', neurons: 100, shape: null },
      ],
      projections: [plastic],
      outputLayer: 'excitatory',
      potentialUnit: 'mV',
      steps: 100,
      dtMs: 1,
      classes: 10,
      samples: { training: 400, objective: 100, test: 10_000 },
      samplesTrained: 400,
    })
  })

  it('has the weights, thresholds and classes of the file', async () => {
    const { request, source, path } = await trained()
    const { inspector } = await opened(request, source)
    const { values, thetas, assignedClasses } = await inspector.ask('weights', plastic, contextOf())
    const { tensors } = decodeSafetensors(readFileSync(path))
    expect(values).toEqual(tensors['weights']?.values)
    expect(thetas).toEqual(tensors['theta']?.values)
    expect([...(assignedClasses ?? [])]).toEqual([...(tensors['assignments']?.values ?? [])])
  })

  it('refuses a file of another seed, and one that is none', async () => {
    const { request, source, path } = await trained()
    await expect(opened({ ...request, seed: 8 }, source)).rejects.toMatchObject({ code: 'network-damaged' })
    const missing = { ...source, path: `${path}.not` } as NetworkSource
    await expect(opened(request, missing)).rejects.toMatchObject({ code: 'network-damaged' })
  })
})

describe('a recording', () => {
  it('is what an independent presentation of the same sample shows, step by step', async () => {
    const { request, source, path } = await trained()
    const { inspector } = await opened(request, source)
    const context = contextOf()
    const traced = [
      { layer: 'excitatory', neuron: 41 },
      { layer: 'inhibitory', neuron: 7 },
    ]
    await inspector.ask('present', { split: 'objective', samples: [3, 0], traced }, context)
    expect(context.recordings.map(({ place, sample }) => [place, sample])).toEqual([
      [0, 3],
      [1, 0],
    ])
    const [recording] = context.recordings

    const dataset = await environment.loadDataset(request.definition.dataset)
    const hyperparameters = decodeHyperparameters(request.hyperparameters)
    const { network } = createTrialSubject(request, hyperparameters, dataset, environment.kernel)
    const { tensors } = decodeSafetensors(readFileSync(path))
    network.setWeights(Float32Array.from(tensors['weights']?.values ?? []), true)
    network.setTheta(Float32Array.from(tensors['theta']?.values ?? []))
    const spikes: Record<string, [number, number][]> = { input: [], excitatory: [], inhibitory: [] }
    const potentials: [number, number, number][] = []
    const image = recording === undefined ? new Uint8Array() : pixelsOf(recording)
    network.presentObserved({ kind: 'image', image }, deriveSeed(request.seed, 'test', 3), false, {
      step(state) {
        for (const neuron of state.inputSpikes) spikes['input']?.push([neuron, state.step])
        for (const neuron of state.excitatorySpikes) spikes['excitatory']?.push([neuron, state.step])
        for (const neuron of state.inhibitorySpikes) spikes['inhibitory']?.push([neuron, state.step])
        potentials.push([
          state.excitatoryPotentialMv[41] ?? NaN,
          Math.fround(hyperparameters.thresholdExcitatoryMv + (state.excitatoryThetaMv[41] ?? NaN)),
          state.inhibitoryPotentialMv[7] ?? NaN,
        ])
      },
    })
    expect(spikes['excitatory']?.length).toBeGreaterThan(0)
    for (const { layer, neurons, steps } of recording?.spikes ?? []) {
      expect([...neurons].map((neuron, index) => [neuron, steps[index]])).toEqual(spikes[layer])
    }
    const [excitatory, inhibitory] = recording?.traces ?? []
    expect([...(excitatory?.membranePotential ?? [])]).toEqual(potentials.map(([potential]) => potential))
    expect([...(excitatory?.threshold ?? [])]).toEqual(potentials.map(([, threshold]) => threshold))
    expect([...(inhibitory?.membranePotential ?? [])]).toEqual(potentials.map(([, , potential]) => potential))
  })

  it('is the same whatever was shown before, and predicts as the test does', async () => {
    const { request, source } = await trained()
    const { inspector } = await opened(request, source)
    const first = contextOf()
    const samples = Array.from({ length: 20 }, (_, sample) => sample)
    await inspector.ask('present', { split: 'test', samples, traced: [] }, first)
    const test = await inspector.ask('test', { split: 'test', samples: 20 }, contextOf())
    expect(first.recordings.map(({ prediction }) => prediction)).toEqual([...test.predictions])
    const again = contextOf()
    await inspector.ask('present', { split: 'test', samples: [19], traced: [] }, again)
    expect(again.recordings[0]).toEqual({ ...first.recordings[19], place: 0 })
  })

  it('holds no more of the dataset than its image', async () => {
    const { request, source } = await trained()
    const { inspector } = await opened(request, source)
    const context = contextOf()
    await inspector.ask('present', { split: 'training', samples: [399], traced: [] }, context)
    const [recording] = context.recordings
    expect(recording === undefined ? 0 : pixelsOf(recording).buffer.byteLength).toBe(784)
  })

  it('is refused for samples and neurons that there are not', async () => {
    const { request, source } = await trained()
    const { inspector } = await opened(request, source)
    const present = (sample: number, layer: string, neuron: number) =>
      inspector.ask('present', { split: 'objective', samples: [sample], traced: [{ layer, neuron }] }, contextOf())
    await expect(present(100, 'excitatory', 0)).rejects.toThrow('no sample 100: it has 100')
    await expect(present(0, 'excitatory', 100)).rejects.toThrow('no neuron 100: it has 100')
    await expect(present(0, 'input', 0)).rejects.toThrow('Inputs have no membrane potential')
    await expect(present(0, 'output', 0)).rejects.toThrow('There is no layer "output"')
  })
})

describe('training again', () => {
  it('gives the network of the trial, and keeps it where it is told to', async () => {
    const { request, path } = await trained()
    const keepAs = join(temporaryFolder(), 'retrained', 'network.safetensors')
    const { network } = await opened(request, { kind: 'retrain', keepAs })
    expect(network).toMatchObject({ origin: 'retrained', samplesTrained: 400 })
    expect(decodeSafetensors(readFileSync(keepAs))).toEqual(decodeSafetensors(readFileSync(path)))
  })

  it('stops where silence stopped the trial', async () => {
    const point = { ...goodPoint, thresholdExcitatoryMv: 500 }
    const outcome = await evaluateTrial(requestOf(definitionOf(), point), environment)
    const { samplesTrained } = measurementOf(outcome, 'stopped')
    const { network } = await opened(requestOf(definitionOf(), point), { kind: 'retrain', keepAs: null })
    expect(network.samplesTrained).toBe(samplesTrained)
  })

  it('is called off', async () => {
    const abort = new AbortController()
    abort.abort()
    const inspector = new Inspector({ ...environment, cache: noCache })
    const question = {
      evaluation: requestOf(definitionOf(), goodPoint),
      source: { kind: 'retrain', keepAs: null },
    } as const
    await expect(inspector.ask('open', question, contextOf({ signal: abort.signal }))).rejects.toThrow('called off')
  })
})

describe('a replay of training', () => {
  it('begins with the weights before any sample, and ends with those of the trial', async () => {
    const { request, source } = await trained()
    const { inspector } = await opened(request, source)
    const context = contextOf()
    await inspector.ask('replay', { snapshots: 5, projection: plastic }, context)
    expect(context.snapshots.map(({ samplesTrained }) => samplesTrained)).toEqual([0, 100, 200, 300, 400])
    expect(context.snapshots.map(({ trainAccuracy }) => trainAccuracy === null)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    const end = await inspector.ask('weights', plastic, contextOf())
    expect(context.snapshots.at(-1)?.weights.values).toEqual(end.values)
    expect(context.snapshots.at(-1)?.weights.thetas).toEqual(end.thetas)
  })

  it('leaves the network that is looked into as it is', async () => {
    const { request, source, measurement } = await trained()
    const { inspector } = await opened(request, source)
    const replay = inspector.ask('replay', { snapshots: 2, projection: plastic }, contextOf())
    const test = await inspector.ask('test', { split: 'objective', samples: null }, contextOf())
    await replay
    expect(test.accuracy).toBe(measurement.objective)
  })
})

describe('the preview of a dataset', () => {
  it('shows images with the spikes that encode them', async () => {
    const definition = definitionOf()
    const preview = await new Inspector({ ...environment, cache: noCache }).ask(
      'preview',
      { definition, samples: 3 },
      contextOf(),
    )
    expect(preview).toMatchObject({ classes: 10, trainSamples: 400, objectiveSamples: 100, steps: 100, dtMs: 1 })
    expect(preview.samples).toHaveLength(3)
    for (const { image, spikes, rows, columns } of preview.samples) {
      expect([rows, columns, image.buffer.byteLength]).toEqual([28, 28, 784])
      expect(spikes.neurons.length).toBeGreaterThan(100)
      expect([...spikes.neurons].every((pixel) => (image[pixel] ?? 0) > 0)).toBe(true)
    }
  })

  it('says what to do when the dataset is not there', async () => {
    const definition = definitionOf({ dataset: { name: 'idx', folder: temporaryFolder() } })
    await expect(
      new Inspector({ ...environment, cache: noCache }).ask('preview', { definition, samples: 1 }, contextOf()),
    ).rejects.toMatchObject({
      code: 'dataset-missing',
      message: expect.stringContaining('Put the four files') as string,
    })
  })
})

describe('a look at a network in training', () => {
  it('changes nothing of the trial, and shows the network as it was then', async () => {
    const request = requestOf(definitionOf(), { ...goodPoint, decoder: 'svm' })
    const path = join(temporaryFolder(), 'snapshot.safetensors')
    let describeNow: (() => NetworkFile) | null = null
    let written: Promise<string> | null = null
    const watched = environmentOf({
      training: (describe) => (describeNow = describe),
      report: ({ phase, samplesDone }) => {
        if (phase === 'training' && samplesDone >= 150 && describeNow !== null) {
          written ??= writeNetworkFile(path, describeNow())
        }
      },
    })
    const looked = measurementOf(await evaluateTrial(request, watched), 'complete')
    const plain = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    expect(reproducible(looked)).toEqual(reproducible(plain))
    await written

    const { inspector, network } = await opened(request, {
      kind: 'file',
      origin: 'running',
      path,
      samplesTrained: null,
    })
    expect(network.origin).toBe('running')
    expect(network.samplesTrained).toBeGreaterThanOrEqual(150)
    expect(network.samplesTrained).toBeLessThan(400)
    const context = contextOf()
    await inspector.ask('replay', { snapshots: 1, projection: plastic }, context)
    const { values, thetas } = await inspector.ask('weights', plastic, contextOf())
    expect(context.snapshots.map(({ samplesTrained }) => samplesTrained)).toEqual([network.samplesTrained])
    expect(context.snapshots[0]?.weights.values).toEqual(values)
    expect(context.snapshots[0]?.weights.thetas).toEqual(thetas)
    const test = await inspector.ask('test', { split: 'objective', samples: null }, contextOf())
    expect(test.accuracy).toBeGreaterThan(0.2)
  })
})
