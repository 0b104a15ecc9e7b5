import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { controlTaskSize, type Estimate, estimateStudy, sizesToMeasure } from '../../../src-core/study/estimate.ts'
import { type MeasuredSpeed, speedBasis } from '../../../src-core/study/measuredSpeed.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { middleConfiguration, spreadConfigurations } from '../../../src-core/study/spreadConfigurations.ts'

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

describe('the estimate of a study of networks that evolve', () => {
  const evolved = (rest: string, dataset = '{ name: iris }'): string => `version: 2
name: evolved
dataset: ${dataset}
network: { type: neuroprocessor }
training: { algorithm: eons }
${rest}
workers: 1
`
  const fixed = 'fixed: { generations: 30, populationSize: 50, runSteps: 40 }\nbudget: { trials: 10 }'
  const measuredAt = (
    text: string,
    populations: readonly { readonly runSteps: number; readonly ms: number; readonly testMs?: number }[],
  ): MeasuredSpeed => {
    const definition = decodeDefinition(text, 'test')
    return {
      ...speed,
      networks: populations.map(({ runSteps, ms, testMs = 0.2 }) => ({
        subject: {
          type: 'neuroprocessor',
          dataset: definition.dataset.name,
          hyperparameters: { ...resolveHyperparameters(definition, middleConfiguration(definition)), runSteps },
          samplesAtMost: 500,
        },
        trainMsPerSample: ms,
        testMsPerSample: testMs,
        samples: 100,
      })),
    }
  }

  it('counts networks of generations, and a network for the samples that it is shown', () => {
    // 30 generations of 50 networks at 0.4 ms for 500 samples, shown 1,000; 500 samples of the objective at 0.2 ms.
    const text = evolved(fixed)
    const { trialMs, totalMs, disk } = estimateOf(text, measuredAt(text, [{ runSteps: 40, ms: 0.4 }]))
    expect(trialMs.mean).toBeCloseTo(30 * 50 * 0.8 + 100, 9)
    expect(totalMs?.mean).toBeCloseTo(10 * trialMs.mean, 9)
    // Silence is not watched here: only the rows of ten trials are stored.
    expect(disk.recordsBytes).toBe(10 * 8192)
  })

  it('counts every replicate of a trial', () => {
    const text = evolved(fixed)
    const one = estimateOf(text, measuredAt(text, [{ runSteps: 40, ms: 0.4 }]))
    const ten = estimateOf(evolved(`${fixed}\nreplicates: 10`), measuredAt(text, [{ runSteps: 40, ms: 0.4 }]))
    expect(ten.trialMs.mean).toBeCloseTo(10 * one.trialMs.mean, 9)
    expect(ten.totalMs?.high).toBeCloseTo(10 * (one.totalMs?.high ?? 0), 9)
    expect([one.replicates, ten.replicates]).toEqual([1, 10])
  })

  it('has a part for each network and one for each step of it, none of them negative', () => {
    const at = (runSteps: number, populations: Parameters<typeof measuredAt>[1]): number => {
      const text = evolved(fixed.replace('runSteps: 40', `runSteps: ${runSteps}`))
      return (estimateOf(text, measuredAt(text, populations)).trialMs.mean - 100) / (30 * 50 * 2)
    }
    // On the line 0.1 + 0.005 s: exactly so.
    const onLine = [20, 60].map((runSteps) => ({ runSteps, ms: 0.1 + 0.005 * runSteps }))
    expect(at(100, onLine)).toBeCloseTo(0.6, 9)
    // Falling with the steps, or steeper than through 0: chance.
    expect(
      at(1000, [
        { runSteps: 20, ms: 0.4 },
        { runSteps: 60, ms: 0.4 },
      ]),
    ).toBeCloseTo(0.4, 9)
    expect(
      at(1000, [
        { runSteps: 20, ms: 0.6 },
        { runSteps: 60, ms: 0.2 },
      ]),
    ).toBeLessThan(0.7)
    expect(
      at(20, [
        { runSteps: 60, ms: 0.01 },
        { runSteps: 100, ms: 1 },
      ]),
    ).toBeGreaterThan(0)
  })

  it('ranges from cheap to dear populations of the space, of configurations that can be', () => {
    const text = evolved(
      'space: { neuronsPerInput: { type: integer, low: 1, high: 4 } }\n' +
        'fixed: { generations: 10, populationSize: 100, code: flip-flop }\nbudget: { trials: 10 }',
    )
    const populations = [0.1, 0.3].map((ms) => ({ runSteps: 40, ms }))
    const { trialMs } = estimateOf(text, measuredAt(text, populations))
    expect(trialMs.low).toBeCloseTo(1000 * 0.2 + 100, 9)
    expect(trialMs.high).toBeCloseTo(1000 * 0.6 + 100, 9)
    expect(trialMs.mean).toBeCloseTo(1000 * 0.4 + 100, -1)
  })

  it('takes networks that act to be half way from the first ones to the best of them', () => {
    const text = evolved(fixed, '{ name: cart-pole, episodes: 4 }')
    const definition = decodeDefinition(text, 'test')
    const size = controlTaskSize(definition)
    expect(size).toMatchObject({ trainSamples: 4, objectiveSamples: 4, input: { classes: 2 } })
    if (size === null) return
    // Judging takes 1 ms; the best plays four episodes of 2 ms.
    const estimate = estimateStudy(definition, measuredAt(text, [{ runSteps: 40, ms: 1, testMs: 2 }]), size)
    expect(estimate?.trialMs.mean).toBeCloseTo(30 * 50 * ((1 + 4 * 2) / 2) + 4 * 2, 9)
    expect(controlTaskSize(decodeDefinition(evolved(fixed), 'test'))).toBeNull()
  })

  it('counts the sets of a grid that can be, where the budget does not end before', () => {
    const grid = (budget: string): string =>
      evolved(
        'space: { code: { type: categorical, choices: [flip-flop, bins] }, neuronsPerInput: { type: integer, low: 1, high: 4 } }\n' +
          `fixed: { generations: 10 }\noptimiser: { type: grid }\n${budget}`,
      )
    const trialsOf = (text: string) => estimateOf(text, measuredAt(text, [{ runSteps: 40, ms: 0.4 }])).trials
    // Flip-flop takes an even number: 2 of its sets, and 4 of bins.
    expect(trialsOf(grid(''))).toBe(6)
    expect(trialsOf(grid('budget: { trials: 3 }'))).toBe(3)
    expect(trialsOf(grid('budget: { trials: 100 }'))).toBe(6)
  })

  it('is none where other networks, or those of another dataset, were measured', () => {
    const text = evolved(fixed)
    const definition = decodeDefinition(text, 'test')
    expect(estimateStudy(definition, speed, size)).toBeNull()
    const wine = measuredAt(evolved(fixed, '{ name: wine }'), [{ runSteps: 40, ms: 1 }])
    expect(estimateStudy(definition, wine, size)).toBeNull()
  })
})

describe('what a measured speed rests on', () => {
  const basisOf = (text: string): string => speedBasis(decodeDefinition(text, 'test'))
  const before = basisOf(single)

  it('is not the samples, the space or the budget', () => {
    expect(basisOf(single.replace('{ trials: 10 }', '{ trials: 11 }'))).toBe(before)
    expect(basisOf(single.replace('name: mnist', 'name: mnist, trainSamples: 7'))).toBe(before)
    expect(basisOf(single.replace('mapSize: 200', 'mapSize: 90, weightNorm: 80'))).toBe(before)
  })

  it('is dataset, encoding, network and training', () => {
    for (const other of [
      single.replace('name: mnist', 'name: digits'),
      `${single}encoding: { steps: 51 }\n`,
      single.replace('algorithm: post-pre', 'algorithm: post-pre, updateInterval: 7'),
    ])
      expect(basisOf(other)).not.toBe(before)
  })
})
