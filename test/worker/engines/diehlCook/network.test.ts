import { describe, expect, it } from 'vitest'
import { defaultDiehlCookParameters } from './defaultParameters.ts'
import type { DiehlCookNetwork } from '../../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { DiehlCookParameters } from '../../../../src-core/diehlCook/diehlCookParameters.ts'
import { ImpossibleNetwork, OutOfMemory } from '../../../../src-core/diehlCook/networkFailure.ts'
import { configureKernel } from '../../../../src-worker/engines/diehlCook/configuration.ts'
import { instantiateKernel } from '../../../../src-worker/engines/diehlCook/kernel.ts'
import { createDiehlCookNetwork } from '../../../../src-worker/engines/diehlCook/network.ts'
import { createKernelNetwork, implementations, kernel } from './implementations.ts'
import { spikesAt } from './spikesAt.ts'

const encoding = { kind: 'poisson', maximumRateHz: 128, steps: 100 } as const
const parameters: DiehlCookParameters = { ...defaultDiehlCookParameters, inputSize: 100, neurons: 6, weightNorm: 30 }
const image = Uint8Array.from({ length: 100 }, (_, pixel) => (pixel * 37) % 256)

const checksum = (values: Float32Array): string => {
  let hash = 0x811c9dc5
  for (const byte of new Uint8Array(values.buffer)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16)
}

describe.each(implementations)('%s', (_, createNetwork) => {
  it('gives one result for one seed, on every host', () => {
    const network = createNetwork(parameters, encoding, 7)
    const spikes: number[] = []
    for (let sample = 0; sample < 5; sample++) {
      network.present(image, sample, true)
      spikes.push(network.excitatorySpikeTotal)
    }
    // Values of the first implementation; another host, or a change of the random streams, would show here.
    const result = { spikes, weights: checksum(network.weights()), theta: checksum(network.theta()) }
    expect(result).toEqual({ spikes: [18, 16, 16, 14, 18], weights: 'f76ef949', theta: '759ae09f' })
  })

  it('starts from uniform weights of its seed', () => {
    const weights = createNetwork(parameters, encoding, 7).weights()
    expect(weights).toEqual(createNetwork(parameters, encoding, 7).weights())
    expect(weights).not.toEqual(createNetwork(parameters, encoding, 8).weights())
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
    expect(Math.abs(mean - 0.5)).toBeLessThan((3 * Math.sqrt(1 / 12)) / Math.sqrt(weights.length))
    expect(weights.every((weight) => weight >= 0 && weight < 1)).toBe(true)
  })

  it('normalises after a sample, learning or not, and adapts only while learning', () => {
    const network = createNetwork(parameters, encoding, 7)
    network.present(image, 1, false)
    const weights = network.weights()
    for (let neuron = 0; neuron < 6; neuron++) {
      const column = weights.filter((_, at) => at % 6 === neuron)
      expect(column.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(30, 4)
    }
    network.present(image, 2, false)
    expect(network.excitatorySpikeTotal).toBeGreaterThan(0)
    expect(network.weights()).toEqual(weights)
    expect(network.theta()).toEqual(new Float32Array(6))
    network.present(image, 2, true)
    expect(network.weights()).not.toEqual(weights)
    expect(Math.max(...network.theta())).toBeGreaterThan(0.04)
  })

  it('lists the spikes that it counts', () => {
    const network = createNetwork({ ...parameters, oneSpike: 'off' }, encoding, 7)
    network.present(image, 3, true)
    const total = network.excitatorySpikeTotal
    const counts = new Uint32Array(6)
    for (const neuron of network.spikeNeurons.subarray(0, total)) counts[neuron] = (counts[neuron] ?? 0) + 1
    expect(counts).toEqual(network.excitatoryCounts)
    const order = Array.from(
      { length: total },
      (_, at) => (network.spikeSteps[at] ?? 0) * 6 + (network.spikeNeurons[at] ?? 0),
    )
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b))
  })

  it('shows explicit spikes like the image that they were drawn from', () => {
    const drawn = createNetwork(parameters, encoding, 7)
    const spikes: number[][] = []
    drawn.presentObserved({ kind: 'image', image }, 4, true, { step: (state) => spikes.push([...state.inputSpikes]) })
    const explicit = createNetwork(parameters, encoding, 7)
    explicit.presentSpikes(spikesAt(spikes), 4, true)
    expect(explicit.weights()).toEqual(drawn.weights())
    expect(explicit.inputSpikeTotal).toBe(drawn.inputSpikeTotal)
  })

  it('inhibits in proportion to the distance', () => {
    // Every excitatory neuron gets one strong input spike; only the partner of neuron 0 then inhibits, all but neuron 0.
    const alone = {
      ...parameters,
      inputSize: 1,
      neurons: 5,
      weightNorm: 20,
      weightMaximum: 20,
      oneSpike: 'lowestIndex',
      inhibition: 'distance',
      strengthInhibitory: 8,
      tauMembraneExcitatoryMs: 1e9,
    } as const
    const network = createNetwork(alone, encoding, 7)
    network.setWeights(new Float32Array(5).fill(20))
    const potentials: Float32Array[] = []
    network.presentObserved({ kind: 'spikes', spikes: spikesAt([[0]]) }, 1, false, {
      step: (state) => potentials.push(state.excitatoryPotentialMv),
    })
    expect(network.inhibitorySpikeTotal).toBe(1)
    // Step 1: all cross and are reset to -60, within their refractory period; 3: inhibition arrives, and is ignored.
    expect([...(potentials[3] ?? [])]).toEqual([-60, -60, -60, -60, -60])
    for (const [strengthInhibitory, expected] of [
      [8, [-60, -62, -64, -66, -68]],
      // below 0 it excites
      [-4, [-60, -59, -58, -57, -56]],
    ] as const) {
      const ready = createNetwork({ ...alone, strengthInhibitory, refractoryExcitatoryMs: 0 }, encoding, 7)
      ready.setWeights(new Float32Array(5).fill(20))
      ready.presentObserved({ kind: 'spikes', spikes: spikesAt([[0]]) }, 1, false, {
        step: ({ step, excitatoryPotentialMv }) => {
          if (step === 3) expect([...excitatoryPotentialMv]).toEqual(expected)
        },
      })
    }
    expect.assertions(4)
  })

  it('resets its local state at the interval, as between samples', () => {
    const spikes = [[1, 2, 3], [50, 60], [70], [], [1, 99], [2, 3, 4, 5], [], [80], [81, 82, 83], [1], [], [90]]
    const strong = { ...parameters, oneSpike: 'off' } as const
    const create = (resetIntervalSteps: number, steps: number): DiehlCookNetwork => {
      const network = createNetwork({ ...strong, resetIntervalSteps }, { ...encoding, steps }, 7)
      const weights = Float32Array.from({ length: 600 }, (_, at) => 5 + (at % 6))
      network.setWeights(weights, true)
      return network
    }
    const whole = create(4, 12)
    whole.presentSpikes(spikesAt(spikes), 1, false)
    const parts = create(0, 4)
    const counts = new Uint32Array(6)
    for (const from of [0, 4, 8]) {
      parts.presentSpikes(spikesAt(spikes.slice(from, from + 4)), 1, false)
      parts.excitatoryCounts.forEach((count, neuron) => (counts[neuron] = (counts[neuron] ?? 0) + count))
    }
    const never = create(12, 12)
    never.presentSpikes(spikesAt(spikes), 1, false)
    expect(whole.excitatoryCounts).toEqual(counts)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(6)
    expect(never.excitatoryCounts).not.toEqual(counts)
  })

  it('is silent for a black image', () => {
    const network = createNetwork(parameters, encoding, 7)
    network.present(new Uint8Array(100), 5, true)
    expect([network.inputSpikeTotal, network.excitatorySpikeTotal, network.inhibitorySpikeTotal]).toEqual([0, 0, 0])
  })

  it('sees values that are not finite', () => {
    const network = createNetwork(parameters, encoding, 7)
    expect(network.isFinite()).toBe(true)
    network.present(image, 6, true)
    expect(network.isFinite()).toBe(true)
    for (const broken of [NaN, Infinity]) {
      const weights = network.weights()
      const sound = weights.slice()
      weights[599] = broken
      network.setWeights(weights)
      expect(network.isFinite()).toBe(false)
      network.setWeights(sound)
      expect(network.isFinite()).toBe(true)
      network.setTheta(Float32Array.of(0, 0, 0, 0, 0, broken))
      expect(network.isFinite()).toBe(false)
      network.setTheta(new Float32Array(6))
    }
    const explosive = createNetwork({ ...parameters, learningRatePost: -1e38, weightMinimum: -3e38 }, encoding, 7)
    for (let sample = 0; sample < 20 && explosive.isFinite(); sample++) explosive.present(image, sample, true)
    expect(explosive.isFinite()).toBe(false)
  })

  it('refuses what does not fit it', () => {
    const network = createNetwork(parameters, encoding, 7)
    expect(() => network.present(new Uint8Array(99), 1, true)).toThrow('image has 99 entries, the network needs 100')
    expect(() => network.setWeights(new Float32Array(6))).toThrow('weights has 6 entries, the network needs 600')
    expect(() => network.setTheta(new Float32Array(8))).toThrow('theta has 8 entries, the network needs 6')
    expect(() => network.presentSpikes(spikesAt([[3, 100]]), 1, true)).toThrow('input spike 100 in step 0')
    expect(() => network.presentSpikes(spikesAt([[], [4, 4]]), 1, true)).toThrow('input spike 4 in step 1')
    const late = { steps: Uint16Array.of(99, 100), inputs: Uint32Array.of(1, 1), values: null }
    expect(() => network.presentSpikes(late, 1, true)).toThrow('input spike 1 in step 100: steps must rise')
    const back = { steps: Uint16Array.of(2, 1), inputs: Uint32Array.of(1, 2), values: null }
    expect(() => network.presentSpikes(back, 1, true)).toThrow('steps must rise')
    const short = { steps: Uint16Array.of(2), inputs: Uint32Array.of(1, 2), values: null }
    expect(() => network.presentSpikes(short, 1, true)).toThrow('2 input spikes have 1 steps')
  })

  it.each([
    ['neurons', 0],
    ['neurons', 2.5],
    ['inputSize', -1],
    ['dtMs', 0],
    ['tauMembraneExcitatoryMs', -5],
    ['weightNorm', NaN],
    ['thresholdExcitatoryMv', Infinity],
    ['weightMinimum', 2],
    ['resetIntervalSteps', -1],
    ['resetIntervalSteps', 1.5],
  ])('is impossible with %s = %d', (name, value) => {
    const impossible = { ...parameters, [name]: value }
    expect(() => createNetwork(impossible, encoding, 7)).toThrow(ImpossibleNetwork)
    expect(() => createNetwork(impossible, encoding, 7)).toThrow(`${name} is ${value}`)
  })
})

describe('WebAssembly kernel', () => {
  it('says when a network needs more than it can address', () => {
    const huge = { ...parameters, inputSize: 784, neurons: 2_000_000 }
    expect(() => createKernelNetwork(huge, encoding, 7)).toThrow(ImpossibleNetwork)
    expect(() => createKernelNetwork({ ...huge, neurons: 2 ** 40 }, encoding, 7)).toThrow('more than the 4 GiB')
  })

  it('says when the memory is refused', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 })
    const limited = { ...instantiateKernel(kernel), memory }
    expect(() => configureKernel(limited, parameters, encoding)).toThrow(OutOfMemory)
    expect(() => configureKernel(limited, parameters, encoding)).toThrow('6 neurons, 100 inputs and 100 steps')
  })

  it('says when the module is another one', () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
    expect(() => createDiehlCookNetwork(empty, parameters, encoding, 7)).toThrow('npm run build:kernels')
  })
})
