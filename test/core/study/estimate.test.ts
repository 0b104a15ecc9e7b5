import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import {
  type Estimate,
  estimateStudy,
  type MeasuredSpeed,
  middleConfiguration,
  sizesToMeasure,
  spreadConfigurations,
} from '../../../src-core/study/estimate.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'

const single = `version: 2
name: single
dataset: { name: mnist }
network: { type: diehl-cook }
training: { algorithm: post-pre }
fixed: { mapSize: 200, epochs: 2 }
budget: { trials: 10 }
keepNetworks: 4
workers: 8
`
const speed: MeasuredSpeed = {
  device: 'a processor',
  cores: 2,
  gpus: [],
  networks: [
    { subject: { type: 'diehl-cook', mapSize: 100 }, trainMsPerSample: 1, testMsPerSample: 0.5, samples: 100 },
    { subject: { type: 'diehl-cook', mapSize: 300 }, trainMsPerSample: 3, testMsPerSample: 1.5, samples: 100 },
  ],
}
const input = { shape: { channels: 1, rows: 28, columns: 28 }, steps: 50, classes: 10 }
const size = { trainSamples: 1000, objectiveSamples: 500, input }

const estimateOf = (text: string, measured: MeasuredSpeed): Estimate => {
  const estimate = estimateStudy(decodeDefinition(text, 'test'), measured, size)
  if (estimate === null) throw new Error('the kind of network was measured')
  return estimate
}

describe('the estimate of a study', () => {
  it('is exact where nothing is searched: samples, epochs, and the time on the line between two sizes', () => {
    const { trialMs, totalMs, workers, trials, disk } = estimateOf(single, speed)
    expect(trialMs.mean).toBeCloseTo(2 * 1000 * 2 + 500 * 1)
    expect(trialMs.low).toBe(trialMs.high)
    expect(workers).toBe(2)
    expect(trials).toBe(10)
    expect(totalMs?.mean).toBeCloseTo((10 * trialMs.mean) / 2)
    expect(disk.networksBytes).toBeCloseTo(4 * (4 * 200 * 786 + 4096))
  })

  it('ends with the time that the budget allows', () => {
    const estimate = estimateOf(single.replace('{ trials: 10 }', '{ wallTimeMinutes: 5 }'), speed)
    expect(estimate.totalMs?.mean).toBe(300_000)
    expect(estimate.trials).toBeNull()
  })

  it('spreads configurations by the sampler of each parameter', () => {
    const preset = readFileSync(new URL('../../../resources/presets/mnist-stdp.yaml', import.meta.url), 'utf8')
    const definition = decodeDefinition(preset, 'test')
    const rates = spreadConfigurations(definition, 256).map(({ learningRatePre }) => Number(learningRatePre))
    const below = rates.filter((rate) => rate < Math.sqrt(1e-4 * 1e-3)).length
    expect(below / 256).toBeCloseTo(0.5, 1)
    const [small = 0, large = 0] = sizesToMeasure(definition)
    expect(small).toBeGreaterThan(80)
    expect(small).toBeLessThan(140)
    expect(large).toBeGreaterThan(870)
    expect(large).toBeLessThan(930)
  })
})

describe('the estimate of a study of layered networks', () => {
  const layered = (space: string): string => `version: 2
name: layered
dataset: { name: mnist }
network:
  type: layered
  layers:
    - { name: conv1, type: conv }
    - { name: pool1, type: pool }
    - { name: hidden, type: recurrent }
    - { name: output, type: dense }
training: { algorithm: surrogate-gradient }
space: ${space}
fixed: { conv1.filters: 8, conv1.kernel: 5, pool1.kernel: 2, hidden.neurons: 100, epochs: 3 }
budget: { trials: 10 }
workers: 1
keepNetworks: 4
`
  const none = layered('{}')
  it('counts one worker for each GPU where nothing is said and tells that some are on GPUs', () => {
    const automatic = none.replace('workers: 1\n', '')
    const gpus = ['gpu0', 'gpu1', 'gpu2']
    const two = { ...measuredAt(automatic), cores: 2 }
    expect(estimateOf(automatic, two)).toMatchObject({ workers: 2, onGpus: false })
    expect(estimateOf(automatic, { ...two, gpus })).toMatchObject({ workers: 3, onGpus: true })
    const both = none.replace('workers: 1\n', 'workers: { gpu0: 2, cpu: 9 }\n')
    expect(estimateOf(both, { ...two, gpus })).toMatchObject({ workers: 4, onGpus: true })
  })

  const measuredAt = (text: string): MeasuredSpeed => {
    const definition = decodeDefinition(text, 'test')
    if (definition.network.type !== 'layered') throw new Error('a layered network')
    const hyperparameters = resolveHyperparameters(definition, middleConfiguration(definition))
    const subject = { type: 'layered' as const, network: structuredClone(definition.network), hyperparameters }
    return {
      ...speed,
      networks: [
        { subject, trainMsPerSample: 4, testMsPerSample: 1, samples: 200 } as MeasuredSpeed['networks'][number],
      ],
    }
  }

  it('is that of the measured network where nothing is searched; its file holds every weight once', () => {
    const { trialMs, disk } = estimateOf(none, measuredAt(none))
    expect(trialMs).toEqual({ low: 12_500, mean: 12_500, high: 12_500 })
    // 8 filters of 5 x 5; 8 x 12 x 12 to 100, and 100 to 100; 100 to 10. Two decays in each of the four layers.
    const numbers = 8 * 25 + 8 * 144 * 100 + 100 ** 2 + 1000 + 2 * 4
    expect(disk.networksBytes).toBe(4 * (4 * numbers + 4096))
  })

  it('is scaled by synapses and steps', () => {
    const twice = none.replace('hidden.neurons: 100', 'hidden.neurons: 200')
    const work = (neurons: number) => 8 * 576 * 25 + 8 * 144 * 4 + 1152 * neurons + neurons ** 2 + 10 * neurons
    const { trialMs } = estimateOf(twice, measuredAt(none))
    expect(trialMs.mean).toBeCloseTo((12_500 * work(200)) / work(100), 6)
  })

  it('counts the share of the samples that is learned from, and the steps of a trial', () => {
    // 3 epochs of 1,000 samples at 4 ms each, and 500 samples of the objective at 1 ms.
    const share = none.replace('epochs: 3', 'epochs: 3, trainShare: 0.25')
    expect(estimateOf(share, measuredAt(none)).trialMs.mean).toBe(3_500)
    const half = none.replace('epochs: 3', 'epochs: 3, steps: 25')
    expect(estimateOf(half, measuredAt(none)).trialMs.mean).toBe(6_250)
    expect(estimateOf(none, measuredAt(half)).trialMs.mean).toBe(25_000)
  })

  it('counts every replicate of a trial, and the network of one', () => {
    const five = `${none}replicates: 5\n`
    const { trialMs, disk } = estimateOf(five, measuredAt(none))
    expect(trialMs.mean).toBe(5 * 12_500)
    expect(disk).toEqual(estimateOf(none, measuredAt(none)).disk)
  })

  it('spans the space, from the cheap to the dear network; impossible ones cost nothing', () => {
    const searched = layered('{ conv1.filters: { type: integer, low: 2, high: 62 } }').replace('conv1.filters: 8, ', '')
    const { trialMs } = estimateOf(searched, measuredAt(searched))
    expect(trialMs.low).toBeLessThan(12_500 / 2)
    expect(trialMs.high).toBeGreaterThan(12_500 * 1.5)
    expect(trialMs.mean).toBeCloseTo(12_500, -3)
    const impossible = none.replace('conv1.kernel: 5', 'conv1.kernel: 29')
    expect(estimateOf(impossible, measuredAt(none)).trialMs.mean).toBe(0)
  })

  it('is none where another kind of network was measured', () => {
    expect(estimateStudy(decodeDefinition(none, 'test'), speed, size)).toBeNull()
    expect(estimateStudy(decodeDefinition(single, 'test'), measuredAt(none), size)).toBeNull()
  })
})
