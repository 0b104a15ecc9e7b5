import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { controlTasks } from '../../../src-core/control/episode.ts'
import type { InspectedNetwork, SampleRecording } from '../../../src-core/contracts/inspection.ts'
import type { NetworkSource } from '../../../src-core/contracts/inspector.ts'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { studyDefinitionSchema } from '../../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { splitDataset } from '../../../src-worker/datasets/splitDataset.ts'
import { Inspector, type QuestionContext } from '../../../src-worker/inspection/inspector.ts'
import { writeNetworkFile } from '../../../src-worker/networkFile/writeNetworkFile.ts'
import { describeEvolvedNetwork } from '../../../src-worker/training/eons/networkFile.ts'
import { evaluateTrial } from '../../../src-worker/training/evaluateTrial.ts'
import { classifyCase } from '../../oracles/neuroprocessor/goldenNetworks.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { environmentOf, measurementOf } from '../training/trialRequests.ts'

const environment = environmentOf()

const contextOf = () => {
  const recordings: SampleRecording[] = []
  const context: QuestionContext = {
    signal: new AbortController().signal,
    progress: () => undefined,
    recording: (recording) => recordings.push(recording),
    snapshot: () => undefined,
  }
  return { ...context, recordings }
}

const definitionOf = (changes: object): EvaluationRequest['definition'] =>
  studyDefinitionSchema.parse({
    version: 2,
    name: 'evolved',
    dataset: { name: 'iris', trainFraction: 0.6 },
    network: { type: 'neuroprocessor' },
    training: { algorithm: 'eons' },
    fixed: { generations: 4, populationSize: 20 },
    silence: { interval: 10, layers: [] },
    optimiser: { type: 'random' },
    budget: { trials: 1 },
    ...changes,
  })

const iris = definitionOf({})
const cartPole = definitionOf({
  dataset: { name: 'cart-pole', level: 'easy', episodes: 3 },
  fixed: { generations: 3, populationSize: 20 },
})

const requestOf = (definition: EvaluationRequest['definition']): EvaluationRequest => ({
  trial: 0,
  attempt: 1,
  definition,
  hyperparameters: resolveHyperparameters(definition, {}),
  seed: 7,
  networkPath: join(temporaryFolder(), 'network.safetensors'),
})

const open = async (evaluation: EvaluationRequest, source: NetworkSource) => {
  const inspector = new Inspector({
    ...environment,
    cache: () => {
      throw new Error('nobody asks for the cache here')
    },
  })
  const network = await inspector.ask('open', { evaluation, source }, contextOf())
  return { inspector, network }
}

const fileOf = ({ networkPath }: EvaluationRequest): NetworkSource => ({
  kind: 'file',
  origin: 'stored',
  path: networkPath ?? '',
  samplesTrained: null,
})

const written = async (definition: EvaluationRequest['definition'], network: NeuroNetwork, sha256: string) => {
  const request = requestOf(definition)
  const records = [{ bestScore: 0.5, meanScore: 0.25, scoreDeviation: null, silentShare: 0.5 }]
  const evolved = { network, ranges: [], records, samplesTrained: 20 }
  const file = describeEvolvedNetwork({ request, dataset: { sha256 }, ...evolved }, '1.2.3')
  await writeNetworkFile(request.networkPath ?? '', file)
  return request
}

describe('the golden network of Iris, inspected', () => {
  const golden = classifyCase('Iris')

  const inspected = async () => {
    const dataset = await environment.loadDataset(iris.dataset)
    const request = await written(iris, golden.network, dataset.sha256)
    return { dataset, ...(await open(request, fileOf(request))) }
  }

  it('says what it is', async () => {
    const { network } = await inspected()
    const { evolved, ...rest } = network
    expect(rest).toEqual({
      origin: 'stored',
      layers: [
        { name: 'input', neurons: 8, shape: null },
        { name: 'hidden', neurons: golden.network.neurons.length - 11, shape: null },
        { name: 'output', neurons: 3, shape: null },
      ],
      projections: [],
      outputLayer: 'output',
      potentialUnit: null,
      steps: 40,
      dtMs: 1,
      classes: 3,
      samples: { training: 90, objective: 60, test: 0 },
      samplesTrained: 20,
    })
    expect(evolved).toMatchObject({ ...golden.network, processor: 'risp', acting: null })
    expect(evolved?.generations).toHaveLength(1)
  })

  it('fires as often as the original on every sample, and answers by that', async () => {
    const { dataset, inspector } = await inspected()
    const { training, evaluation } = splitDataset(dataset, iris)
    let correct = 0
    for (const [split, { indices }] of [['training', training] as const, ['objective', evaluation] as const]) {
      const context = contextOf()
      const samples = [...indices.keys()]
      await inspector.ask('present', { split, samples, traced: [] }, context)
      expect(context.recordings).toHaveLength(samples.length)
      for (const { sample, label, prediction, spikes } of context.recordings) {
        const counts = [0, 0, 0]
        for (const neuron of spikes.find(({ layer }) => layer === 'output')?.neurons ?? []) {
          counts[neuron] = (counts[neuron] ?? 0) + 1
        }
        expect(counts).toEqual(golden.outputCounts[indices[sample] ?? NaN])
        correct += Number(prediction === label)
      }
      const test = await inspector.ask('test', { split, samples: null }, contextOf())
      expect([...test.outputSpikes]).toEqual(
        indices.map((index) => golden.outputCounts[index]?.reduce((sum, count) => sum + count, 0)),
      )
      expect([...test.predictions]).toEqual(context.recordings.map(({ prediction }) => prediction))
    }
    expect(correct / 150).toBeCloseTo(0.9733333333333334, 12)
  })

  it('has the potential of a neuron at every step, which falls to 0 where it fires', async () => {
    const { inspector } = await inspected()
    const context = contextOf()
    const traced = ['input', 'hidden'].flatMap((layer) => Array.from({ length: 8 }, (_, neuron) => ({ layer, neuron })))
    await inspector.ask('present', { split: 'objective', samples: [0], traced }, context)
    const [recording] = context.recordings
    const input = recording?.spikes[0]
    const fired = [...(input?.steps ?? [])].map((step, spike) => ({ step, neuron: input?.neurons[spike] ?? NaN }))
    expect(fired.length).toBeGreaterThan(0)
    for (const { step, neuron } of fired) expect(recording?.traces[neuron]?.membranePotential[step]).toBe(0)
    expect(recording?.traces.slice(0, 8).map(({ threshold }) => threshold)).toEqual(
      golden.network.neurons.slice(0, 8).map(({ threshold }) => new Float32Array(40).fill(threshold)),
    )
    expect(recording?.traces.some(({ membranePotential }) => membranePotential.some((charge) => charge !== 0))).toBe(
      true,
    )
    const asked = { split: 'objective', samples: [0], traced: [{ layer: 'hidden', neuron: 900 }] } as const
    await expect(inspector.ask('present', asked, contextOf())).rejects.toThrow('has no neuron 900')
  })

  it('says of its neurons how they leak, where the processor decides that for all', async () => {
    const { sha256 } = await environment.loadDataset(iris.dataset)
    const request = await written(definitionOf({ fixed: { leakMode: 'all' } }), golden.network, sha256)
    const { network } = await open(request, fileOf(request))
    expect(new Set(network.evolved?.neurons.map(({ leak }) => leak))).toEqual(new Set([1]))
  })

  it('is refused where it is no network of the trial', async () => {
    const { sha256 } = await environment.loadDataset(iris.dataset)
    const wide = definitionOf({ fixed: { neuronsPerInput: 4 } })
    const other = await written(wide, golden.network, sha256)
    await expect(open(other, fileOf(other))).rejects.toMatchObject({
      code: 'network-damaged',
      details: 'it has 8 inputs and 3 outputs, its trial 16 and 3',
    })
    const strong = { ...golden.network, synapses: [{ from: 0, to: 8, weight: 100, delay: 1 }] }
    const impossible = await written(iris, strong, sha256)
    await expect(open(impossible, fileOf(impossible))).rejects.toMatchObject({ code: 'network-damaged' })
  })
})

/** That its episodes come to what the trial was measured at, and that every state follows from the one before. */
const checkEpisodes = async (
  inspector: Inspector,
  network: InspectedNetwork,
  metrics: Readonly<Record<string, number>>,
) => {
  const task = controlTasks.find(({ name }) => name === network.evolved?.acting?.task)
  if (task === undefined) throw new Error('there is no such task')
  let [share, steps, spikes] = [0, 0, 0]
  for (let episode = 0; episode < 3; episode++) {
    const played = await inspector.ask('play', { use: 'objective', episode }, contextOf())
    expect(played.states).toHaveLength(4 * (played.actions.length + 1))
    for (const [step, action] of played.actions.entries()) {
      const before = [...played.states.subarray(4 * step, 4 * step + 4)]
      expect([...played.states.subarray(4 * step + 4, 4 * step + 8)]).toEqual([...task.step(before, action).state])
    }
    expect(played.score).toBe(played.actions.length)
    const last = played.spikes.flatMap((layer) => [...layer.steps]).reduce((most, step) => Math.max(most, step), 0)
    expect(last).toBeLessThan(network.steps * played.actions.length)
    share += played.share / 3
    steps += played.actions.length
    spikes += played.spikes.reduce((sum, layer) => sum + layer.steps.length, 0)
  }
  expect(share).toBeCloseTo(metrics['accuracy'] ?? NaN, 12)
  expect(steps / 3).toBeCloseTo(metrics['stepsPerEpisode'] ?? NaN, 12)
  expect(spikes / steps).toBeCloseTo(metrics['spikesPerSample'] ?? NaN, 9)
  const other = await inspector.ask('play', { use: 'training', episode: 0 }, contextOf())
  const first = await inspector.ask('play', { use: 'objective', episode: 0 }, contextOf())
  expect(other.states.subarray(0, 4)).not.toEqual(first.states.subarray(0, 4))
  await expect(inspector.ask('play', { use: 'objective', episode: 3 }, contextOf())).rejects.toThrow(
    'There is no episode 3: networks of this study play 3, from 0.',
  )
}

describe('the network of a trial', () => {
  it('answers the test of its trial as it did, and is the same when it evolves again', async () => {
    const request = requestOf(iris)
    const measurement = measurementOf(await evaluateTrial(request, environment), 'complete')
    const { inspector, network } = await open(request, fileOf(request))
    const test = await inspector.ask('test', { split: 'objective', samples: null }, contextOf())
    expect(test.accuracy).toBe(measurement.metrics['accuracy'])
    const confusion = Array.from({ length: 3 }, () => [0, 0, 0])
    test.labels.forEach((label, sample) => {
      const row = confusion[label] ?? []
      row[test.predictions[sample] ?? 0] = (row[test.predictions[sample] ?? 0] ?? 0) + 1
    })
    expect(confusion).toEqual(measurement.confusion)
    expect(network.evolved?.generations).toHaveLength(measurement.metrics['generations'] ?? NaN)
    const again = await open({ ...request, networkPath: null }, { kind: 'retrain', keepAs: null })
    expect(again.network).toEqual({ ...network, origin: 'retrained' })
    await expect(inspector.ask('play', { use: 'objective', episode: 0 }, contextOf())).rejects.toThrow('shown samples')
    await expect(inspector.ask('weights', { from: 'input', to: 'output' }, contextOf())).rejects.toMatchObject({
      code: 'not-in-network',
    })
  })

  it('may act in a task: it has no samples, and is the same when it evolves again', async () => {
    const request = requestOf(cartPole)
    const { metrics } = measurementOf(await evaluateTrial(request, environment), 'complete')
    const { inspector, network } = await open(request, fileOf(request))
    expect(network.evolved?.acting).toEqual({
      task: 'cart-pole-easy',
      stateNames: ['position', 'velocity', 'angle', 'angularVelocity'],
      actions: ['left', 'right'],
      stepLimit: 500,
      episodes: 3,
    })
    const again = await open({ ...request, networkPath: null }, { kind: 'retrain', keepAs: null })
    expect(again.network).toEqual({ ...network, origin: 'retrained' })
    await expect(inspector.ask('test', { split: 'objective', samples: null }, contextOf())).rejects.toThrow(
      'it plays episodes',
    )
    await checkEpisodes(inspector, network, metrics)
  })
})
