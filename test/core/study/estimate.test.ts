import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { estimateStudy, sizesToMeasure, spreadConfigurations } from '../../../src-core/study/estimate.ts'
import type { MeasuredSpeed } from '../../../src-core/study/estimate.ts'

const single = `version: 1
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
  networks: [
    { mapSize: 100, trainMsPerSample: 1, testMsPerSample: 0.5, samples: 100 },
    { mapSize: 300, trainMsPerSample: 3, testMsPerSample: 1.5, samples: 100 },
  ],
}
const size = { trainSamples: 1000, objectiveSamples: 500, inputs: 784 }

describe('the estimate of a study', () => {
  it('is exact where nothing is searched: samples, epochs, and the time on the line between two sizes', () => {
    const { trialMs, totalMs, workers, trials, disk } = estimateStudy(decodeDefinition(single, 'test'), speed, size)
    expect(trialMs.mean).toBeCloseTo(2 * 1000 * 2 + 500 * 1)
    expect(trialMs.low).toBe(trialMs.high)
    expect(workers).toBe(2)
    expect(trials).toBe(10)
    expect(totalMs?.mean).toBeCloseTo((10 * trialMs.mean) / 2)
    expect(disk.networksBytes).toBeCloseTo(4 * (4 * 200 * 786 + 4096))
  })

  it('ends with the time that the budget allows', () => {
    const timed = decodeDefinition(single.replace('{ trials: 10 }', '{ wallTimeMinutes: 5 }'), 'test')
    const estimate = estimateStudy(timed, speed, size)
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
