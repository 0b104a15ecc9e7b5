import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DiehlCookNetwork, StepState } from '../../../../src-core/diehlCook/diehlCookNetwork.ts'
import { defaultDiehlCookParameters } from './defaultParameters.ts'
import { createReferenceDiehlCook } from '../../../oracles/diehlCook/referenceDiehlCook.ts'
import { createKernelNetwork } from './implementations.ts'
import { anyScenario, type Presentation, type Scenario } from './randomNetworks.ts'

const seed = 20240500

type Both = readonly [DiehlCookNetwork, DiehlCookNetwork]

const createBoth = ({ parameters, encoding, weightsSeed }: Scenario): Both => [
  createReferenceDiehlCook(parameters, encoding, weightsSeed),
  createKernelNetwork(parameters, encoding, weightsSeed),
]

/** -0 counts as 0: leaving out an addition of 0 may keep its sign. */
const plain = (array: ArrayLike<number>): number[] => Array.from(array, (value) => value + 0)

const comparable = (state: StepState): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(state).map(([name, value]: [string, number | ArrayLike<number>]) => [
      name,
      plain(typeof value === 'number' ? [value] : value),
    ]),
  )

interface Outcome {
  readonly after: number[]
  readonly theta: number[]
  readonly counts: number[]
  readonly neurons: number[]
  readonly steps: number[]
  readonly totals: number[]
  readonly finite: boolean
}
interface Observation extends Outcome {
  readonly states: Record<string, number[]>[]
  readonly before: number[]
}

const observed = (network: DiehlCookNetwork, presentation: Presentation): Observation => {
  const states: Record<string, number[]>[] = []
  let before: number[] = []
  const { stimulus, sampleSeed, learning } = presentation
  network.presentObserved(stimulus, sampleSeed, learning, {
    step: (state) => states.push(comparable(state)),
    beforeNormalisation: (weights) => (before = plain(weights)),
  })
  return { states, before, ...outcome(network) }
}

const show = (network: DiehlCookNetwork, { stimulus, sampleSeed, learning }: Presentation): void => {
  if (stimulus.kind === 'image') network.present(stimulus.image, sampleSeed, learning)
  else network.presentSpikes(stimulus.spikes, sampleSeed, learning)
}

const outcome = (network: DiehlCookNetwork): Outcome => ({
  after: plain(network.weights()),
  theta: plain(network.theta()),
  counts: [...network.excitatoryCounts],
  neurons: [...network.spikeNeurons.subarray(0, network.excitatorySpikeTotal)],
  steps: [...network.spikeSteps.subarray(0, network.excitatorySpikeTotal)],
  totals: [network.inputSpikeTotal, network.excitatorySpikeTotal, network.inhibitorySpikeTotal],
  finite: network.isFinite(),
})

describe(`kernel against plain model (fast-check seed ${seed})`, () => {
  it('agrees bit by bit in every step of any samples, on any network', () => {
    const reached = { excitatory: 0, inhibitory: 0, crowds: 0 }
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const [reference, kernel] = createBoth(scenario)
        for (const presentation of scenario.presentations) {
          expect(observed(kernel, presentation)).toEqual(observed(reference, presentation))
          reached.excitatory += reference.excitatorySpikeTotal
          reached.inhibitory += reference.inhibitorySpikeTotal
          if (reference.excitatorySpikeTotal > scenario.encoding.steps) reached.crowds++
        }
      }),
      { seed, numRuns: 250 },
    )
    // The comparison is worth something only where much happens.
    expect(reached.excitatory).toBeGreaterThan(1000)
    expect(reached.inhibitory).toBeGreaterThan(1000)
    expect(reached.crowds).toBeGreaterThan(10)
  })

  it('comes to the same without an observer', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const watched = createKernelNetwork(scenario.parameters, scenario.encoding, scenario.weightsSeed)
        const alone = createKernelNetwork(scenario.parameters, scenario.encoding, scenario.weightsSeed)
        for (const presentation of scenario.presentations) {
          watched.presentObserved(presentation.stimulus, presentation.sampleSeed, presentation.learning, {})
          show(alone, presentation)
          expect(outcome(alone)).toEqual(outcome(watched))
        }
      }),
      { seed, numRuns: 100 },
    )
  })

  it('continues exactly from weights and thresholds read between two samples', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        for (const network of createBoth(scenario)) {
          const [first, ...rest] = scenario.presentations
          if (first === undefined) continue
          show(network, first)
          const copy = createKernelNetwork(scenario.parameters, scenario.encoding, scenario.weightsSeed + 1)
          copy.setWeights(network.weights(), true)
          copy.setTheta(network.theta())
          for (const presentation of rest) {
            show(network, presentation)
            show(copy, presentation)
            expect(outcome(copy)).toEqual(outcome(network))
          }
        }
      }),
      { seed, numRuns: 100 },
    )
  })

  it('depends on weights, thresholds, image and seed, and on nothing else that was shown before', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const network = createKernelNetwork(scenario.parameters, scenario.encoding, scenario.weightsSeed)
        const [first] = scenario.presentations
        if (first === undefined) return
        show(network, { ...first, learning: false })
        const weights = network.weights()
        show(network, first)
        const once = outcome(network)
        for (const presentation of scenario.presentations) show(network, { ...presentation, learning: true })
        network.setWeights(weights, true)
        network.setTheta(new Float32Array(network.neurons))
        show(network, first)
        expect(outcome(network)).toEqual(once)
      }),
      { seed, numRuns: 100 },
    )
  })

  it('agrees at the size of MNIST', () => {
    const parameters = { ...defaultDiehlCookParameters, neurons: 50 }
    const encoding = { kind: 'poisson', maximumRateHz: 128, steps: 100 } as const
    const [reference, kernel] = createBoth({ parameters, encoding, weightsSeed: 3, presentations: [] })
    for (let sample = 0; sample < 3; sample++) {
      const image = Uint8Array.from({ length: 784 }, (_, pixel) =>
        Math.max(0, 255 - Math.abs(pixel - 392 + 90 * sample)),
      )
      reference.present(image, sample, sample < 2)
      kernel.present(image, sample, sample < 2)
      expect(outcome(kernel)).toEqual(outcome(reference))
      expect(kernel.excitatorySpikeTotal).toBeGreaterThan(0)
    }
  })
})
