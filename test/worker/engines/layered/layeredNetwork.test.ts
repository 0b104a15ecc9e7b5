import { describe, expect, it } from 'vitest'
import { createGenerator } from '../../../../src-core/random/generator.ts'
import { ImpossibleNetwork, OutOfMemory } from '../../../../src-core/diehlCook/networkFailure.ts'
import { createLayeredNetwork } from '../../../../src-worker/engines/layered/createLayeredNetwork.ts'
import type { KernelSet } from '../../../../src-worker/engines/layered/kernelSet.ts'
import type { LayeredNetwork } from '../../../../src-worker/engines/layered/layeredNetwork.ts'
import { networkBytes, samplesAtOnce } from '../../../../src-worker/engines/layered/networkMemory.ts'
import { createReferenceKernels } from '../../../oracles/layered/createReferenceKernels.ts'
import type { Tensors } from '../../../../src-core/networkFile/tensor.ts'
import { expectClose } from './contract/support.ts'
import { layerPlan, mixedPlan, networkPlan, randomEvents } from './networks.ts'

const plan = mixedPlan()
const events = [1, 2, 3, 4, 5].map((seed) => randomEvents(plan, seed))
const settings = { learningRate: 0.02, weightDecay: 0, clipNorm: null }

const create = (batchSize: number, seed = 7, of = plan): LayeredNetwork =>
  createLayeredNetwork(of, createReferenceKernels(), batchSize, seed)

const randomGradient = (samples: number, seed = 1): Float32Array => {
  const { next } = createGenerator(seed)
  return Float32Array.from({ length: samples * 4 }, () => 2 * next() - 1)
}

/** Changes everything learned, delays among it. */
const shaken = (network: LayeredNetwork): Tensors => {
  const { next } = createGenerator(3)
  return Object.fromEntries(
    Object.entries(network.parameters()).map(([name, { shape, values }]) => {
      const change = (value: number): number =>
        name.endsWith('delays') ? 4 * next() : name.endsWith('Decay') ? next() : value * (0.5 + next())
      return [name, { shape, values: Float32Array.from(values, change) }]
    }),
  )
}

const train = (network: LayeredNetwork, steps: number): void => {
  for (let step = 0; step < steps; step++) {
    network.forward(events.slice(0, network.batchSize), 100 + step)
    network.backward(randomGradient(Math.min(events.length, network.batchSize), step), 1e-3)
    network.update(settings)
  }
}

describe('a layered network', () => {
  it('learns weights, lengths, decays and delays, by name', () => {
    expect(
      Object.fromEntries(Object.entries(create(1).parameters()).map(([name, { shape }]) => [name, shape])),
    ).toEqual({
      'conv1.weights': [3, 3, 2, 3],
      'conv1.currentDecay': [1],
      'conv1.voltageDecay': [1],
      'conv1.delays': [3],
      'pool1.currentDecay': [1],
      'pool1.voltageDecay': [1],
      'hidden.weights': [18, 7],
      'hidden.lengths': [7],
      'hidden.recurrentWeights': [7, 7],
      'hidden.recurrentLengths': [7],
      'hidden.currentDecay': [1],
      'hidden.voltageDecay': [1],
      'hidden.delays': [7],
      'output.weights': [7, 4],
      'output.currentDecay': [1],
      'output.voltageDecay': [1],
    })
  })

  it('begins with weights in +- gain / sqrt(inputs), delays of 0 and the decays of the plan', () => {
    const parameters = create(1).parameters()
    const bound = 2 / Math.sqrt(18)
    const weights = Array.from(parameters['hidden.weights']?.values ?? [])
    expect(Math.max(...weights)).toBeLessThanOrEqual(bound)
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(-bound)
    expect(Math.max(...weights) - Math.min(...weights)).toBeGreaterThan(1.8 * bound)
    expect(parameters['conv1.delays']?.values).toEqual(new Float32Array(3))
    expect(parameters['output.voltageDecay']?.values).toEqual(Float32Array.of(0.12))
  })

  it('has the same numbers again for one seed, and others for another', () => {
    const [first, second, third] = [create(5), create(5), create(5, 8)]
    for (const network of [first, second, third]) train(network, 4)
    expect(first.parameters()).toEqual(second.parameters())
    expect(first.parameters()).not.toEqual(third.parameters())
  })

  it('answers alike after its parameters are put into another', () => {
    const [trained, other] = [create(5), create(5, 9)]
    trained.restore(shaken(trained))
    train(trained, 3)
    other.restore(trained.parameters())
    for (const network of [trained, other]) {
      network.forward(events, null)
      network.backward(randomGradient(5), 0)
    }
    expect(other.outputRates()).toEqual(trained.outputRates())
    expect(other.gradients()).toEqual(trained.gradients())
    expect(other.synapticOperations()).toBe(trained.synapticOperations())
  })

  it('refuses the parameters of another network', () => {
    const network = create(1)
    const parameters = network.parameters()
    const wrong = { shape: [2], values: new Float32Array(2) }
    const { 'conv1.delays': delays, ...missing } = parameters
    expect(delays?.shape).toEqual([3])
    expect(() => {
      network.restore({ ...parameters, 'conv1.delays': wrong })
    }).toThrow('conv1.delays is 3, not 2.')
    expect(() => {
      network.restore(missing)
    }).toThrow('conv1.delays is missing')
    expect(() => {
      network.restore({ ...parameters, other: wrong })
    }).toThrow('no tensor other')
  })

  it('shows a batch as it shows each sample alone, and sums their gradients', () => {
    const together = create(5)
    together.restore(shaken(together))
    const alone = create(1)
    alone.restore(together.parameters())
    const gradient = randomGradient(5)
    together.forward(events, null)
    together.backward(gradient, 0.01)
    const sums: Record<string, Float64Array> = {}
    let operations = 0
    for (const [sample, event] of events.entries()) {
      alone.forward([event], null)
      expect(alone.outputRates()).toEqual(together.outputRates().slice(4 * sample, 4 * sample + 4))
      for (const layer of ['input', 'conv1', 'pool1', 'hidden', 'output']) {
        expect(alone.spikesPerSample(layer)[0]).toBe(together.spikesPerSample(layer)[sample])
        const { spikes } = together.record(layer, sample, [])
        expect(alone.record(layer, 0, []).spikes).toEqual(spikes)
      }
      operations += alone.synapticOperations()
      alone.backward(gradient.slice(4 * sample, 4 * sample + 4), 0.01)
      for (const [name, { values }] of Object.entries(alone.gradients())) {
        const sum = (sums[name] ??= new Float64Array(values.length))
        for (const [index, value] of values.entries()) sum[index] = (sum[index] ?? 0) + value
      }
    }
    expect(together.spikesPerSample('output').some((spikes) => spikes > 0)).toBe(true)
    expect(together.synapticOperations()).toBe(operations)
    for (const [name, { values }] of Object.entries(together.gradients())) {
      expectClose(values, sums[name] ?? [], 1e-4)
      if (!name.startsWith('pool1')) expect(values.some((value) => value !== 0)).toBe(true)
    }
  })

  it('adds the gradients of the pieces of a batch', () => {
    const [whole, pieces] = [create(5), create(2)]
    whole.restore(shaken(whole))
    pieces.restore(whole.parameters())
    const gradient = randomGradient(5)
    whole.forward(events, null)
    whole.backward(gradient, 0.01)
    for (const from of [0, 2, 4]) {
      pieces.forward(events.slice(from, from + 2), null)
      pieces.backward(gradient.slice(4 * from, 4 * (from + 2)), 0.01, from > 0)
    }
    for (const [name, { values }] of Object.entries(whole.gradients())) {
      expectClose(pieces.gradients()[name]?.values ?? [], values, 1e-4)
    }
  })

  it('is shown as much of a batch as a gibibyte holds', () => {
    const input = { channels: 2, rows: 100, columns: 100 }
    const large = networkPlan(input, 10, [layerPlan('output', { type: 'dense' }, input, 4)])
    const atOnce = samplesAtOnce(large, 10_000)
    expect(networkBytes(large, atOnce)).toBeLessThanOrEqual(2 ** 30)
    expect(networkBytes(large, atOnce + 1)).toBeGreaterThan(2 ** 30)
    expect(samplesAtOnce(large, 3)).toBe(3)
    expect(samplesAtOnce({ ...large, steps: 30_000 }, 3)).toBe(1)
  })

  it('shows a small batch as a full one would, whatever was shown before', () => {
    const [fitting, larger] = [create(2), create(5)]
    larger.forward(events, 3)
    larger.backward(randomGradient(5), 0.1)
    for (const network of [fitting, larger]) {
      network.forward(events.slice(0, 2), null)
      network.backward(randomGradient(2), 0.1)
    }
    expect(larger.outputRates()).toEqual(fitting.outputRates())
    for (const layer of ['input', 'conv1', 'hidden']) {
      expect(larger.spikesPerNeuron(layer)).toEqual(fitting.spikesPerNeuron(layer))
      expect(larger.spikesPerSample(layer)).toEqual(fitting.spikesPerSample(layer))
    }
    for (const [name, { values }] of Object.entries(larger.gradients())) {
      expectClose(values, fitting.gradients()[name]?.values ?? [], 1e-6)
    }
  })

  it('refuses batches and gradients of another size, and inputs it has not', () => {
    const network = create(2)
    const [first] = events
    if (first === undefined) throw new Error('There are no events.')
    const outside = { steps: Uint16Array.of(0), inputs: Uint32Array.of(60), values: null }
    const late = { steps: Uint16Array.of(14), inputs: Uint32Array.of(0), values: null }
    for (const batch of [[], events, [outside], [late], [{ ...first, values: Float32Array.of(1) }]]) {
      expect(() => {
        network.forward(batch, null)
      }).toThrow(RangeError)
    }
    network.forward([first], null)
    expect(() => {
      network.backward(new Float32Array(8), 0)
    }).toThrow(RangeError)
    expect(() => network.spikesPerSample('strange')).toThrow(RangeError)
    expect(() => network.record('conv1', 1, [])).toThrow(RangeError)
  })

  it('leaves neurons out for whole samples while training, and none in a test', () => {
    const half = mixedPlan({ threshold: 0.1, refractoryDecay: 1, thresholdStep: 0 }, 0.5)
    const network = create(5, 7, half)
    network.forward(events, null)
    const tested = network.spikesPerNeuron('conv1')
    network.forward(events, 5)
    const first = network.spikesPerNeuron('conv1')
    network.forward(events, 6)
    expect(network.spikesPerNeuron('conv1')).not.toEqual(first)
    network.forward(events, 5)
    expect(network.spikesPerNeuron('conv1')).toEqual(first)
    network.forward(events, null)
    expect(network.spikesPerNeuron('conv1')).toEqual(tested)
    const silent = (counts: Float32Array): number => counts.filter((count) => count === 0).length
    expect(silent(first)).toBeGreaterThanOrEqual(silent(tested))
  })

  it('keeps delays within 0 to 62 and decays within 0 to 1', () => {
    const network = create(5)
    for (let step = 0; step < 4; step++) {
      network.forward(events, null)
      network.backward(randomGradient(5, 2), 0)
      network.update({ learningRate: 20, weightDecay: 0, clipNorm: null })
    }
    const delays = Array.from(network.parameters()['hidden.delays']?.values ?? [])
    expect(delays.some((delay) => delay > 1)).toBe(true)
    expect(delays.every((delay) => delay >= 0 && delay <= 62)).toBe(true)
    network.update({ learningRate: 1e6, weightDecay: 0, clipNorm: null })
    for (const [name, { values }] of Object.entries(network.parameters())) {
      const highest = name.endsWith('delays') ? 62 : name.endsWith('Decay') ? 1 : Infinity
      expect(values.every((value) => value <= highest && (highest === Infinity || value >= 0))).toBe(true)
    }
    expect(network.isFinite()).toBe(true)
  })

  it('clips the gradient by the norm of everything learned', () => {
    const [free, clipped] = [create(5), create(5)]
    for (const network of [free, clipped]) {
      network.forward(events, null)
      network.backward(randomGradient(5), 0)
    }
    const norm = Math.hypot(...Object.values(free.gradients()).flatMap(({ values }) => Array.from(values)))
    free.update({ learningRate: 0.01, weightDecay: 0, clipNorm: 2 * norm })
    clipped.update({ learningRate: 0.01, weightDecay: 0, clipNorm: null })
    expect(free.parameters()).toEqual(clipped.parameters())
    // Adam's first step hardly knows the scale of a gradient, unless that is as small as its epsilon
    clipped.restore(create(5).parameters())
    clipped.update({ learningRate: 0.01, weightDecay: 0, clipNorm: 1e-12 })
    const moved = (name: string): number[] =>
      Array.from(create(5).parameters()[name]?.values ?? [], (value, index) =>
        Math.abs((clipped.parameters()[name]?.values[index] ?? 0) - value),
      )
    expect(Math.max(...moved('output.weights'))).toBeLessThan(1e-5)
  })

  it('shrinks weights by decay, but neither delays nor decays of the neurons', () => {
    const network = create(5)
    network.restore(shaken(network))
    const before = network.parameters()
    network.forward([{ steps: new Uint16Array(0), inputs: new Uint32Array(0), values: null }], null)
    network.backward(new Float32Array(4), 0)
    network.update({ learningRate: 0.1, weightDecay: 0.5, clipNorm: null })
    for (const [name, { values }] of Object.entries(network.parameters())) {
      const kept = /delays|Decay/.test(name) ? 1 : 0.95
      expectClose(
        values,
        Array.from(before[name]?.values ?? [], (value) => value * kept),
        1e-6,
      )
    }
  })

  it('finds numbers that are not finite', () => {
    const network = create(1)
    expect(network.isFinite()).toBe(true)
    const parameters = network.parameters()
    network.restore({ ...parameters, 'conv1.delays': { shape: [3], values: Float32Array.of(0, Number.NaN, 0) } })
    expect(network.isFinite()).toBe(false)
  })

  it('records voltages and thresholds', () => {
    const network = create(3)
    network.forward(events.slice(0, 3), null)
    const { spikes, voltage, threshold } = network.record('conv1', 2, [4, 17])
    expect(voltage.map(({ length }) => length)).toEqual([14, 14])
    for (const [index, neuron] of [4, 17].entries()) {
      const crossed = Array.from({ length: 14 }, (_, step) => step).filter(
        (step) => (voltage[index]?.[step] ?? 0) >= (threshold[index]?.[step] ?? 0),
      )
      expect(crossed).toEqual([...spikes.steps].filter((_, spike) => spikes.neurons[spike] === neuron))
    }
    expect(threshold[0]?.[0]).toBe(38 / 64)
    expect(network.record('input', 1, []).spikes.neurons).toEqual(events[1]?.inputs)
  })
})

describe('synaptic operations', () => {
  it('count the synapses that each spike reaches, at borders and between strides too', () => {
    const input = { channels: 2, rows: 5, columns: 5 }
    const conv = layerPlan('conv', { type: 'conv', kernel: 3, stride: 2, padding: 1, gradient: 'fourier' }, input, 4)
    const dense = layerPlan('output', { type: 'dense' }, conv.output, 3)
    const network = create(1, 1, networkPlan(input, 1, [conv, dense]))
    const operationsOf = (row: number, column: number): number => {
      const inputs = Uint32Array.of((row * 5 + column) * 2 + 1)
      network.forward([{ steps: Uint16Array.of(0), inputs, values: null }], null)
      return network.synapticOperations()
    }
    // windows begin at -1, 1 and 3: the corner lies in one, place 1 in two along each side
    expect([operationsOf(0, 0), operationsOf(0, 1), operationsOf(1, 1), operationsOf(2, 2)]).toEqual([4, 8, 16, 4])
  })

  it('count what arrives, of the layer before and of the layer itself', () => {
    const network = create(2)
    network.restore(shaken(network))
    network.forward(events.slice(0, 2), null)
    const count = (layer: string, arrives: (neuron: number, step: number) => boolean): number => {
      const recordings = [0, 1].map((sample) => network.record(layer, sample, []).spikes)
      return recordings.reduce(
        (sum, { neurons, steps }) =>
          sum + [...neurons].filter((neuron, index) => arrives(neuron, steps[index] ?? 0)).length,
        0,
      )
    }
    const delays = (layer: string): Float32Array =>
      Float32Array.from(network.parameters()[`${layer}.delays`]?.values ?? [])
    const inTime = (layer: string, channels: number) => (neuron: number, step: number) =>
      step + 1 + Math.floor(delays(layer)[neuron % channels] ?? 0) < 14
    const convFanOut = [0, 1].reduce((sum, sample) => {
      const { neurons } = network.record('input', sample, []).spikes
      const along = (place: number, places: number): number => (place === 0 || place === places - 1 ? 2 : 3)
      return [...neurons].reduce((total, neuron) => {
        const place = Math.floor(neuron / 2)
        return total + 3 * along(Math.floor(place / 5), 6) * along(place % 5, 5)
      }, sum)
    }, 0)
    // the pool leaves the last column out
    const pooled = count('conv1', (neuron, step) => inTime('conv1', 3)(neuron, step) && Math.floor(neuron / 3) % 5 < 4)
    const expected =
      convFanOut +
      pooled +
      7 * count('pool1', (_, step) => step < 13) +
      7 * count('hidden', (_, step) => step < 13) +
      4 * count('hidden', inTime('hidden', 7))
    expect(network.synapticOperations()).toBe(expected)
  })
})

describe('memory', () => {
  it.each([
    ['shared decays', mixedPlan(), 3],
    ['fixed decays and plain float', mixedPlan({ decays: 'fixed', quantised: false }, 0.2), 2],
    ['decays for each channel', mixedPlan({ decays: 'per-channel', model: 'lif' }), 1],
  ])('is what the blocks take: %s', (_, of, batchSize) => {
    let bytes = 0
    const kernels = createReferenceKernels()
    const counting: KernelSet = {
      ...kernels,
      block(shape) {
        const block = kernels.block(shape)
        bytes += 4 * block.size
        return block
      },
    }
    const network = createLayeredNetwork(of, counting, batchSize, 1)
    expect(bytes).toBe(networkBytes(of, batchSize))
    const allocated = bytes
    network.forward([randomEvents(of, 1)], 1)
    network.backward(randomGradient(1), 0.1)
    network.update({ ...settings, clipNorm: 1 })
    expect(network.synapticOperations()).toBeGreaterThan(0)
    expect(bytes).toBe(allocated)
  })

  it('is at most 4 GiB', () => {
    const input = { channels: 1, rows: 28, columns: 28 }
    const conv = layerPlan('conv', { type: 'conv', kernel: 5, stride: 1, padding: 2, gradient: 'fourier' }, input, 64)
    const large = networkPlan(input, 300, [conv, layerPlan('output', { type: 'dense' }, conv.output, 10)])
    expect(() => create(64, 1, large)).toThrow(ImpossibleNetwork)
    expect(() => create(64, 1, large)).toThrow('batches of 64 samples and 300 steps the network needs 25.2 GiB')
  })

  it('is given back when the network cannot be built', () => {
    let disposed = 0
    const kernels = createReferenceKernels()
    const full: KernelSet = {
      ...kernels,
      block(shape) {
        if (shape.includes(7)) throw new OutOfMemory('There is no memory.')
        return kernels.block(shape)
      },
      dispose() {
        disposed++
      },
    }
    expect(() => createLayeredNetwork(plan, full, 2, 1)).toThrow(OutOfMemory)
    expect(disposed).toBe(1)
  })

  it('is not asked for where neurons would spike without a cause', () => {
    expect(() => create(1, 1, mixedPlan({ threshold: 0.015 }))).toThrow('a threshold of 0.015 is 0')
  })
})
