import { describe, expect, it } from 'vitest'
import { normalisationFactor, stepPostPre, stepTrace } from './plasticity.ts'

const parameters = { learningRatePre: 0.125, learningRatePost: 0.25, weightMinimum: 0, weightMaximum: 1 }
const quiet = { preSpiked: false, preTrace: 0.5, postSpiked: false, postTrace: 0.5 }

describe('spike trace', () => {
  it('is 1 at a spike, whatever it was, and decays by the factor in between', () => {
    expect(stepTrace(0.25, true, 0.5)).toBe(1)
    expect(stepTrace(1, true, 0.5)).toBe(1)
    expect(stepTrace(0.75, false, 0.5)).toBe(0.375)
  })
})

describe('PostPre', () => {
  it('changes nothing without spikes, whatever the traces', () => {
    expect(stepPostPre(0.5, quiet, parameters)).toBe(0.5)
  })
  it('weakens by the postsynaptic trace at a presynaptic spike', () => {
    expect(stepPostPre(0.5, { ...quiet, preSpiked: true }, parameters)).toBe(0.5 - 0.0625)
  })
  it('strengthens by the presynaptic trace at a postsynaptic spike', () => {
    expect(stepPostPre(0.5, { ...quiet, postSpiked: true }, parameters)).toBe(0.5 + 0.125)
  })
  it('adds both when both spike, and clamps only the sum', () => {
    const both = { preSpiked: true, preTrace: 1, postSpiked: true, postTrace: 1 }
    expect(stepPostPre(0.5, both, parameters)).toBe(0.625)
    expect(stepPostPre(0.0625, both, parameters)).toBe(0.1875)
    expect(stepPostPre(0.9375, both, parameters)).toBe(1)
    expect(stepPostPre(0.0625, { ...quiet, preSpiked: true, postTrace: 1 }, parameters)).toBe(0)
  })
  it('clamps a weight outside the bounds even without spikes', () => {
    expect([stepPostPre(1.5, quiet, parameters), stepPostPre(-1, quiet, parameters)]).toEqual([1, 0])
  })
})

describe('weight normalisation', () => {
  it('brings the sum of absolute weights to the norm', () => {
    const weights = [0.5, -0.25, 0.25]
    const factor = normalisationFactor(weights, 8)
    expect(weights.reduce((sum, weight) => sum + Math.abs(weight * factor), 0)).toBe(8)
  })
  it('leaves weights of 0 as they are', () => {
    expect(0 * normalisationFactor([0, 0], 8)).toBe(0)
  })
  it('is the identity the second time, but for the last bits', () => {
    const weights = Float32Array.from({ length: 784 }, (_, index) => ((index * 7919) % 1000) / 1000)
    const once = weights.map((weight) => weight * normalisationFactor(weights, 78.4))
    expect(Math.abs(normalisationFactor(once, 78.4) - 1)).toBeLessThan(2e-7)
  })
})
