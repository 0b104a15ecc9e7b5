import { describe, expect, it } from 'vitest'
import type { StepState } from '../../../../src-core/diehlCook/diehlCookNetwork.ts'
import { type GoldenCase, goldenCases, goldenParameters } from './goldenCases.ts'
import { implementations } from './implementations.ts'
import { spikesAt } from './spikesAt.ts'

const potentialTolerance = 1e-4
const weightTolerance = 1e-6

const largestDifference = (actual: ArrayLike<number>, expected: readonly number[]): number => {
  expect(actual.length).toBe(expected.length)
  return expected.reduce((largest, value, index) => Math.max(largest, Math.abs((actual[index] ?? NaN) - value)), 0)
}

const expectStep = (state: StepState, sample: GoldenCase['samples'][number]): void => {
  const { step } = state
  const { E, I } = sample
  const at = <Item>(rows: readonly Item[]): Item => rows[step] as Item
  expect([step, ...state.inputSpikes]).toEqual([step, ...at(sample.inputSpikes)])
  expect([step, ...state.excitatorySpikes]).toEqual([step, ...at(E.spikes)])
  expect([step, ...state.inhibitorySpikes]).toEqual([step, ...at(I.spikes)])
  expect([...state.excitatoryRefractoryMs]).toEqual(at(E.refrac))
  expect([...state.inhibitoryRefractoryMs]).toEqual(at(I.refrac))
  expect(largestDifference(state.excitatoryPotentialMv, at(E.v))).toBeLessThanOrEqual(potentialTolerance)
  expect(largestDifference(state.inhibitoryPotentialMv, at(I.v))).toBeLessThanOrEqual(potentialTolerance)
  expect(largestDifference(state.excitatoryThetaMv, at(E.theta))).toBeLessThanOrEqual(1e-7)
  expect(largestDifference(state.excitatoryTrace, at(E.trace))).toBeLessThanOrEqual(1e-7)
}

describe.each(implementations)('%s against BindsNET, step by step', (_, createNetwork) => {
  it.each(goldenCases.map((golden) => [golden.name, golden] as const))('%s', (_name, golden) => {
    const encoding = { kind: 'poisson', maximumRateHz: 128, steps: golden.steps } as const
    const network = createNetwork(goldenParameters(golden), encoding, 0)
    network.setWeights(Float32Array.from(golden.initialWeights.flat()))
    for (const sample of golden.samples) {
      const seen = { steps: 0, normalisations: 0 }
      network.presentObserved({ kind: 'spikes', spikes: spikesAt(sample.inputSpikes) }, 0, golden.learning, {
        step: (state) => {
          expectStep(state, sample)
          seen.steps++
        },
        beforeNormalisation: (weights) => {
          const expected = sample.weightsBeforeNormalisation.flat()
          expect(largestDifference(weights, expected)).toBeLessThanOrEqual(weightTolerance)
          seen.normalisations++
        },
      })
      expect(seen).toEqual({ steps: golden.steps, normalisations: 1 })
      const expected = sample.weightsAfterNormalisation.flat()
      expect(largestDifference(network.weights(), expected)).toBeLessThanOrEqual(weightTolerance)
      expect(network.excitatorySpikeTotal).toBe(sample.E.spikes.flat().length)
      expect(network.inhibitorySpikeTotal).toBe(sample.I.spikes.flat().length)
      expect(network.inputSpikeTotal).toBe(sample.inputSpikes.flat().length)
    }
  })
})
