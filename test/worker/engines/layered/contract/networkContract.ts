import { describe, expect, it } from 'vitest'
import { evaluateLoss } from '../../../../../src-core/layered/losses.ts'
import { createLayeredNetwork } from '../../../../../src-worker/engines/layered/createLayeredNetwork.ts'
import type { KernelSet } from '../../../../../src-worker/engines/layered/kernelSet.ts'
import type { LayeredNetwork } from '../../../../../src-worker/engines/layered/layeredNetwork.ts'
import { createReferenceKernels } from '../../../../oracles/layered/createReferenceKernels.ts'
import { channelsLast, neuronOf, placesFirst, slayer } from '../../../../support/slayerCases.ts'
import { layerPlan, mixedPlan, networkPlan, randomEvents } from '../networks.ts'
import { type ContractPart, expectClose, numbers } from './support.ts'

const [golden] = slayer.blocks
const input = { channels: 1, rows: 8, columns: 8 }
const neuron = neuronOf(golden.params, 'alif')
const conv = layerPlan('c1', { type: 'conv', kernel: 3, stride: 1, padding: 0, gradient: 'fourier' }, input, 2, {
  neuron,
  delays: true,
})
const pool = layerPlan('pool', { type: 'pool', kernel: 2, stride: 2, weight: 1 }, conv.output, 2, { neuron })
const dense = layerPlan('dense', { type: 'dense' }, pool.output, 4, { neuron })

export const describeNetworks: ContractPart = (subject) => {
  describe('networks', () => {
    it('spike as those of lava-dl: conv with delays, pool, dense', () => {
      const network = goldenNetwork(subject())
      expect(arrived(network, 'c1', 72)).toEqual([...placesFirst(golden.c1.output)])
      expect(arrived(network, 'pool', 18)).toEqual([...placesFirst(golden.pool.output)])
      expect(arrived(network, 'dense', 4)).toEqual([...placesFirst(golden.dense.output)])
    })

    it('have the loss and every gradient of lava-dl', () => {
      const network = goldenNetwork(subject())
      const loss = { type: 'rate', trueRate: 0.2, falseRate: 0.03 } as const
      const { value, gradient } = evaluateLoss(loss, network.outputRates(), golden.labels, 4)
      expect(Math.abs(value - golden.loss)).toBeLessThan(1e-5)
      network.backward(gradient, 0)
      expectGradients(network, {
        'c1.weights': convWeights(golden.gradients['c1.weight']),
        'c1.delays': golden.gradients['c1.delay'],
        'c1.currentDecay': golden.gradients['c1.currentDecay'],
        'c1.voltageDecay': golden.gradients['c1.voltageDecay'],
        'dense.weights': denseWeights(golden.gradients['dense.weight']),
        'dense.currentDecay': golden.gradients['dense.currentDecay'],
        'dense.voltageDecay': golden.gradients['dense.voltageDecay'],
      })
    })

    it.each([
      ['lava', 'currents'],
      ['exact', 'spikes'],
    ] as const)('are those of the reference: recurrent, normalised, decays %s, dropout of %s', (decayGradient, of) => {
      const plan = mixedPlan({ decayGradient }, 0.3, of)
      const events = [1, 2, 3].map((seed) => randomEvents(plan, seed))
      const networks = [subject(), createReferenceKernels()].map((kernels) => createLayeredNetwork(plan, kernels, 4, 7))
      const [tested, reference] = networks as [LayeredNetwork, LayeredNetwork]
      const delays = { shape: [7], values: Float32Array.of(0, 1.5, 3, 0.2, 2, 5.9, 4) }
      for (const network of networks) {
        network.restore({ ...network.parameters(), 'hidden.delays': delays })
        network.forward(events, 5)
        network.backward(numbers(12, 4), 0.01)
      }
      expect(reference.spikesPerSample('output').some((spikes) => spikes > 0)).toBe(true)
      expectClose(tested.outputRates(), reference.outputRates(), 1e-6)
      for (const layer of ['input', 'conv1', 'pool1', 'hidden', 'output']) {
        expect(tested.spikesPerNeuron(layer)).toEqual(reference.spikesPerNeuron(layer))
        expect(tested.spikesPerSample(layer)).toEqual(reference.spikesPerSample(layer))
      }
      expect(tested.synapticOperations()).toBe(reference.synapticOperations())
      const expected = Object.entries(reference.gradients()).map(([name, { values }]) => [name, values] as const)
      expectGradients(tested, Object.fromEntries(expected))
    })
  })
}

/** [out][in][row][column][1] as [row][column][in][out]. */
const convWeights = (weight: typeof golden.c1.weight): Float32Array =>
  Float32Array.from(channelsLast(weight.map((channels) => channelsLast(channels))).flat())

/** [out][channel][row][column][1] as [input][out]. */
const denseWeights = (weight: typeof golden.dense.weight): Float32Array => {
  const rows = weight.map((channels) => channelsLast(channels).flat())
  return Float32Array.from((rows[0] ?? []).flatMap((_, index) => rows.map((row) => row[index] ?? 0)))
}

const goldenNetwork = (kernels: KernelSet): LayeredNetwork => {
  const network = createLayeredNetwork(networkPlan(input, 16, [conv, pool, dense]), kernels, golden.input.length, 1)
  network.restore({
    ...network.parameters(),
    'c1.weights': { shape: [3, 3, 1, 2], values: convWeights(golden.c1.weight) },
    'c1.delays': { shape: [2], values: Float32Array.from(golden.c1.delay) },
    'dense.weights': { shape: [18, 4], values: denseWeights(golden.dense.weight) },
  })
  const events = golden.input.map(([channel = []]) => {
    const trains = channel.flat()
    const places = Array.from({ length: 16 * 64 }, (_, place) => place)
    const spiking = places.filter((place) => trains[place % 64]?.[Math.floor(place / 64)] === 1)
    return {
      steps: Uint16Array.from(spiking, (place) => Math.floor(place / 64)),
      inputs: Uint32Array.from(spiking, (place) => place % 64),
      values: null,
    }
  })
  network.forward(events, null)
  return network
}

/** Spikes as lava-dl's outputs have them, a step late: a recording is of the spikes themselves. [steps][batch][neurons] */
const arrived = (network: LayeredNetwork, layer: string, neurons: number): number[] => {
  const output = new Float32Array(16 * 2 * neurons)
  for (const sample of [0, 1]) {
    const { spikes } = network.record(layer, sample, [])
    for (const [index, step] of spikes.steps.entries()) {
      if (step < 15) output[((step + 1) * 2 + sample) * neurons + (spikes.neurons[index] ?? 0)] = 1
    }
  }
  return [...output]
}

/** Each measured against its own largest entry, as some are a million times smaller than others. */
const expectGradients = (network: LayeredNetwork, expected: Readonly<Record<string, ArrayLike<number>>>): void => {
  const gradients = network.gradients()
  for (const [name, values] of Object.entries(expected)) {
    const largest = Math.max(...Array.from(values, Math.abs))
    const scaled = (entries: ArrayLike<number>): number[] =>
      Array.from(entries, (entry) => (largest > 0 ? entry / largest : entry))
    expectClose(scaled(gradients[name]?.values ?? []), scaled(values), 1e-4)
  }
}
