import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../../src-core/space/parameter.ts'
import { outcomeSchema } from '../../../../src-core/trial/measurement.ts'
import { readEvolvedNetwork } from '../../../../src-core/networkFile/evolvedNetwork.ts'
import { decodeSafetensors } from '../../../../src-core/networkFile/safetensors.ts'
import { describeEvolvedNetwork } from '../../../../src-worker/training/eons/networkFile.ts'
import { createNetworkFile, exportNetwork } from '../../../../src-core/tennlab/exportNetwork.ts'
import { networkRanges } from '../../../../src-core/neuroprocessor/processor.ts'
import { evaluateTrial } from '../../../../src-worker/training/evaluateTrial.ts'
import { classifyCase } from '../../../oracles/neuroprocessor/goldenNetworks.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { evolvedDefinition, evolvedRequest } from './evolvedRequests.ts'
import { environmentOf, measurementOf, reproducible, spikeRateBeside } from '../trialRequests.ts'

const few = { populationSize: 40, generations: 12 }
const cartPole = (rest: Readonly<Record<string, unknown>> = {}) =>
  evolvedDefinition({ dataset: { name: 'cart-pole', episodes: 2, maximumSteps: 200, ...rest } })
/** The published code of the task. */
const acting = { ...few, intervalSteps: 3, runSteps: 24 }

describe('networks that evolve', () => {
  it('learn to tell irises apart, and are measured completely', async () => {
    const environment = environmentOf()
    const outcome = await evaluateTrial(evolvedRequest(evolvedDefinition(), { generations: 12 }), environment)
    const [told, counted] = spikeRateBeside(environment.reports, measurementOf(outcome, 'complete'))
    expect(told).toBe(counted)
    expect(outcomeSchema.parse(outcome)).toEqual(outcome)
    const { objective, metrics, confusion, intervals, ...measured } = measurementOf(outcome, 'complete')
    expect(objective).toBeGreaterThan(0.85)
    expect(metrics).toMatchObject({ accuracy: objective, testSamples: 50, generations: 12 })
    for (const name of ['neurons', 'synapses', 'spikesPerSample', 'synapticOperationsPerSample']) {
      expect(metrics[name]).toBeGreaterThan(0)
    }
    expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(50)
    expect(measured).toMatchObject({ samplesTrained: 1200, samplesPlanned: 1200 })
    expect(intervals.map(({ epoch, sample }) => [epoch, sample])).toEqual(
      Array.from({ length: 12 }, (_, generation) => [generation, 100]),
    )
    // Elites are kept: the best of a generation is never worse than that of the one before.
    const best = intervals.map(({ trainAccuracy }) => trainAccuracy ?? 0)
    expect(best).toEqual([...best].sort((one, other) => one - other))
  })

  it('are the same again, whatever else was done between', async () => {
    const again = await Promise.all(
      [1, 2].map(async () =>
        measurementOf(await evaluateTrial(evolvedRequest(evolvedDefinition(), few), environmentOf()), 'complete'),
      ),
    )
    expect(reproducible(again[0] ?? raise())).toEqual(reproducible(again[1] ?? raise()))
    const other = await evaluateTrial(evolvedRequest(evolvedDefinition(), few, { seed: 8 }), environmentOf())
    expect(measurementOf(other, 'complete').intervals).not.toEqual(again[0]?.intervals)
  })

  it('have the non-spiking share as their constraint, and as spike counts', async () => {
    const point = { ...few, startingSynapses: 8 }
    const { constraints, intervals, spikeCounts } = measurementOf(
      await evaluateTrial(evolvedRequest(evolvedDefinition(), point), environmentOf()),
      'complete',
    )
    const most = Math.max(...intervals.map(({ nonSpiking }) => nonSpiking[0] ?? 0))
    expect(most).toBeGreaterThan(0)
    expect(constraints).toEqual([{ name: 'silence:population', value: most / 40 - 0.9 }])
    expect(spikeCounts.map(({ layer, epoch, samples }) => [layer, epoch, samples])).toEqual(
      Array.from({ length: 12 }, (_, generation) => ['population', generation, 40]),
    )
  })

  it('are given up where a generation is silent, after as few networks as that takes', async () => {
    const silent = { ...few, startingSynapses: 0, startingNeurons: 0, addNeuron: 0, addSynapse: 0 }
    const outcome = await evaluateTrial(evolvedRequest(evolvedDefinition(), silent), environmentOf())
    const { samplesTrained, confusion } = measurementOf(outcome, 'stopped')
    expect(outcome).toMatchObject({
      stop: { kind: 'silence', layer: 'population', epoch: 0, sample: 40, nonSpiking: 40 },
    })
    expect(samplesTrained).toBe(40)
    // The first class is what silence says.
    expect(confusion.map((row) => row.slice(1))).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ])
  })

  it('are as small as they can be where that is a goal', async () => {
    const point = { ...few, generations: 40 }
    const sizeOf = async (goals: readonly string[]) => {
      const definition = evolvedDefinition({ training: { algorithm: 'eons', goals } })
      return measurementOf(await evaluateTrial(evolvedRequest(definition, point), environmentOf()), 'complete').metrics
    }
    const [free, small] = [await sizeOf([]), await sizeOf(['synapses'])]
    expect(small['synapses']).toBeLessThan(free['synapses'] ?? 0)
  })

  it('run on any processor, with any code', async () => {
    const points: Configuration[] = [
      { processor: 'caspian', code: 'triangle', neuronsPerInput: 3 },
      { processor: 'risp-floating', code: 'argyle', within: 'charge', outputDecoder: 'first' },
      { processor: 'risp-positive', code: 'bins', within: 'temporal' },
      { processor: 'risp', within: 'rate', outputDecoder: 'rate', leakMode: 'configurable', thresholds: 'exclusive' },
    ]
    for (const point of points) {
      const outcome = await evaluateTrial(evolvedRequest(evolvedDefinition(), { ...few, ...point }), environmentOf())
      expect(measurementOf(outcome, 'complete').objective).toBeGreaterThan(0.4)
    }
  })

  it('may begin with one that is there: it alone is judged, and kept, where nothing else is asked for', async () => {
    const { network, settings } = classifyCase('Iris')
    const file = exportNetwork(network, createNetworkFile(networkRanges(settings), undefined))
    const path = join(temporaryFolder(), '0.safetensors')
    const begun = (point: Configuration, dataset: object = { name: 'iris', trainFraction: 0.6667 }) =>
      evolvedRequest(
        evolvedDefinition({ dataset, training: { algorithm: 'eons', networks: [file] }, silence: {} }),
        { populationSize: 1, elites: 1, generations: 1, ...point },
        { networkPath: path },
      )
    const alone = await evaluateTrial(begun({}), environmentOf())
    const { samplesTrained, intervals } = measurementOf(alone, 'complete')
    expect(samplesTrained).toBe(1)
    expect(readEvolvedNetwork(decodeSafetensors(readFileSync(path))).network).toEqual(network)
    // Among others it stays what evolution begins with, so that nothing is lost.
    const more = await evaluateTrial(begun({ populationSize: 30, elites: 2, generations: 5 }), environmentOf())
    const [from] = intervals
    for (const { trainAccuracy } of measurementOf(more, 'complete').intervals) {
      expect(trainAccuracy).toBeGreaterThanOrEqual(from?.trainAccuracy ?? 1)
    }
    const csv = join(temporaryFolder(), 'two.csv')
    writeFileSync(
      csv,
      ['a,b,class', ...Array.from({ length: 20 }, (_, row) => `${row},${row % 3},${row % 2}`)].join('\n'),
    )
    const unfit = await evaluateTrial(begun({}, { name: 'csv', file: csv }), environmentOf())
    expect(JSON.stringify(unfit)).toContain('training.networks[0] has 8 inputs and 3 outputs, but these samples')
  })

  it('tell pixels apart too', async () => {
    const definition = evolvedDefinition({ dataset: { name: 'mnist', trainSamples: 60, testSamples: 20 } })
    const point = { populationSize: 10, generations: 2, maxSpikes: 2, startingSynapses: 3000 }
    const { metrics } = measurementOf(
      await evaluateTrial(evolvedRequest(definition, point), environmentOf()),
      'complete',
    )
    expect(metrics).toMatchObject({ testSamples: 20 })
    expect(metrics['neurons']).toBeGreaterThan(1500)
  })

  it('cannot be shown more spikes than memory holds', async () => {
    const definition = evolvedDefinition({ dataset: { name: 'mnist' } })
    const outcome = await evaluateTrial(evolvedRequest(definition, { ...few, neuronsPerInput: 8 }), environmentOf())
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { reason: 'impossible-network', message: expect.stringMatching(/input spikes: take fewer/) as string },
    })
  })
})

describe('networks that evolve to act', () => {
  it('balance a pole, from starts that they have not seen', async () => {
    const { objective, metrics, confusion } = measurementOf(
      await evaluateTrial(evolvedRequest(cartPole(), acting), environmentOf()),
      'complete',
    )
    expect(objective).toBeGreaterThan(0.5)
    expect(metrics['stepsPerEpisode']).toBeCloseTo(200 * objective, 9)
    expect(metrics).toMatchObject({ accuracy: objective, testSamples: 2 })
    expect(confusion).toEqual([])
  })

  it('end as soon as one is as good as any can be', async () => {
    const { samplesTrained, samplesPlanned, metrics } = measurementOf(
      await evaluateTrial(evolvedRequest(cartPole({ maximumSteps: 40 }), acting), environmentOf()),
      'complete',
    )
    expect(samplesTrained).toBeLessThan(samplesPlanned)
    expect(metrics['generations']).toBeLessThan(12)
  })

  it('drive up a hill, or are told that they did not', async () => {
    const definition = evolvedDefinition({ dataset: { name: 'mountain-car', episodes: 2 } })
    const { objective, metrics } = measurementOf(
      await evaluateTrial(evolvedRequest(definition, acting), environmentOf()),
      'complete',
    )
    expect(metrics['stepsPerEpisode']).toBeCloseTo(200 * (1 - objective), 9)
  })
})

describe('the file of an evolved network', () => {
  it('holds the network and its generations', async () => {
    const path = join(temporaryFolder(), '0.safetensors')
    const request = evolvedRequest(evolvedDefinition(), few, { networkPath: path })
    const { metrics } = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    const file = decodeSafetensors(readFileSync(path))
    const { network, ranges, records, samplesTrained } = readEvolvedNetwork(file)
    expect(network.neurons).toHaveLength(metrics['neurons'] ?? -1)
    expect(network.synapses).toHaveLength(metrics['synapses'] ?? -1)
    expect([network.inputs.length, network.outputs.length]).toEqual([8, 3])
    expect(records).toHaveLength(12)
    expect(records.at(-1)?.silentShare).toBeLessThan(1)
    expect(samplesTrained).toBe(480)
    expect(ranges).toEqual([
      { low: 4.3, high: 7.9 },
      { low: 2, high: 4.4 },
      { low: 1, high: 6.9 },
      { low: 0.1, high: 2.5 },
    ])
    const evolved = { network, ranges: ranges ?? raise(), records, samplesTrained }
    const written = describeEvolvedNetwork({ request, dataset: { sha256: '' }, ...evolved }, 'x')
    expect(readEvolvedNetwork(written)).toEqual(evolved)
    const { inputRanges: _, ...older } = written.metadata
    expect(readEvolvedNetwork({ ...written, metadata: older }).ranges).toBeNull()
  })

  it('is refused with what is wrong', () => {
    const request = evolvedRequest(evolvedDefinition())
    const network = { neurons: [], synapses: [], inputs: [], outputs: [] }
    const file = describeEvolvedNetwork(
      { request, dataset: { sha256: '' }, network, ranges: [], records: [], samplesTrained: 0 },
      'x',
    )
    const without = (name: string) => ({ ...file, metadata: { ...file.metadata, [name]: 'other' } })
    expect(() => readEvolvedNetwork(without('networkType'))).toThrow('no evolved network')
    expect(() => readEvolvedNetwork(without('generations'))).toThrow('its generations cannot be read')
    expect(() => readEvolvedNetwork(without('inputRanges'))).toThrow('its ranges cannot be read')
    expect(() => readEvolvedNetwork(without('samplesTrained'))).toThrow('how many networks were judged')
    expect(() => readEvolvedNetwork({ ...file, tensors: {} })).toThrow('no tensor neurons')
  })
})

const raise = (): never => {
  throw new Error('two were measured')
}
