import { expect, it } from 'vitest'
import { evaluateLoss } from '../../../../src-core/layered/losses.ts'
import { createLayeredNetwork } from '../../../../src-worker/engines/layered/createLayeredNetwork.ts'
import type { LayeredNetwork } from '../../../../src-worker/engines/layered/layeredNetwork.ts'
import { createReferenceKernels } from '../../../../src-worker/engines/layered/reference/createReferenceKernels.ts'
import { expectClose } from './contract/support.ts'
import { layerPlan, networkPlan } from './networks.ts'
import { channelsLast, neuronOf, placesFirst, slayer } from '../../../support/slayerCases.ts'

const [golden] = slayer.blocks
const input = { channels: 1, rows: 8, columns: 8 }
const neuron = neuronOf(golden.params, 'alif')
const conv = layerPlan('c1', { type: 'conv', kernel: 3, stride: 1, padding: 0 }, input, 2, { neuron, delays: true })
const pool = layerPlan('pool', { type: 'pool', kernel: 2, stride: 2, weight: 1 }, conv.output, 2, { neuron })
const dense = layerPlan('dense', { type: 'dense' }, pool.output, 4, { neuron })
const plan = networkPlan(input, 16, [conv, pool, dense])

/** [out][in][row][column][1] as [row][column][in][out]. */
function convWeights(weight: typeof golden.c1.weight): Float32Array {
  return Float32Array.from(channelsLast(weight.map((channels) => channelsLast(channels))).flat())
}

/** [out][channel][row][column][1] as [input][out]. */
function denseWeights(weight: typeof golden.dense.weight): Float32Array {
  const rows = weight.map((channels) => channelsLast(channels).flat())
  return Float32Array.from((rows[0] ?? []).flatMap((_, index) => rows.map((row) => row[index] ?? 0)))
}

function goldenNetwork(): LayeredNetwork {
  const network = createLayeredNetwork(plan, createReferenceKernels(), golden.input.length, 1)
  const parameters = network.parameters()
  network.restore({
    ...parameters,
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

it('spikes as lava-dl does: conv with delays, pool, dense', () => {
  const network = goldenNetwork()
  // lava-dl's outputs are shifted and delayed, here one step, a network's recording is of the spikes themselves
  const arrived = (layer: string, neurons: number): number[] => {
    const output = new Float32Array(16 * 2 * neurons)
    for (const sample of [0, 1]) {
      const { spikes } = network.record(layer, sample, [])
      for (const [index, step] of spikes.steps.entries()) {
        if (step < 15) output[((step + 1) * 2 + sample) * neurons + (spikes.neurons[index] ?? 0)] = 1
      }
    }
    return [...output]
  }
  expect(arrived('c1', 72)).toEqual([...placesFirst(golden.c1.output)])
  expect(arrived('pool', 18)).toEqual([...placesFirst(golden.pool.output)])
  expect(arrived('dense', 4)).toEqual([...placesFirst(golden.dense.output)])
})

it('has the loss and every gradient of lava-dl', () => {
  const network = goldenNetwork()
  const loss = { type: 'rate', trueRate: 0.2, falseRate: 0.03 } as const
  const { value, gradient } = evaluateLoss(loss, network.outputRates(), golden.labels, 4)
  expect(Math.abs(value - golden.loss)).toBeLessThan(1e-5)
  network.backward(gradient, 0)
  const gradients = network.gradients()
  const expected = {
    'c1.weights': convWeights(golden.gradients['c1.weight']),
    'c1.delays': golden.gradients['c1.delay'],
    'c1.currentDecay': golden.gradients['c1.currentDecay'],
    'c1.voltageDecay': golden.gradients['c1.voltageDecay'],
    'dense.weights': denseWeights(golden.gradients['dense.weight']),
    'dense.currentDecay': golden.gradients['dense.currentDecay'],
    'dense.voltageDecay': golden.gradients['dense.voltageDecay'],
  }
  for (const [name, values] of Object.entries(expected)) {
    // expectClose measures against at least 1e-3: gradients here are as small as 1e-6
    const unit = 1 / Math.max(...Array.from(values, Math.abs))
    expectClose(
      Array.from(gradients[name]?.values ?? [], (entry) => entry * unit),
      Array.from(values, (entry) => entry * unit),
      1e-4,
    )
  }
})
