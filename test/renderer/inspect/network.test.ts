import { describe, expect, it } from 'vitest'
import type { Evolved } from '../../../src-core/contracts/evolvedInspection.ts'
import {
  geometryOf,
  kept,
  pointedAt,
  pointOn,
  wholeNetwork,
  zoomedAt,
} from '../../../src-renderer/inspect/network/networkGeometry.ts'
import { layoutNetwork } from '../../../src-renderer/inspect/network/networkLayout.ts'
import { SpikesOnTheWay } from '../../../src-renderer/inspect/network/networkSpikes.ts'
import { networkGist, spikesOf, wordsOf } from '../../../src-renderer/inspect/network/networkWords.ts'
import { classifyCase } from '../../oracles/neuroprocessor/goldenNetworks.ts'

const neuron = (id: number, axonalDelay = 0) => ({ id, threshold: id / 2, leak: 0, axonalDelay })
const synapse = (from: number, to: number, weight = 1, delay = 2) => ({ from, to, weight, delay })

/** Two inputs, 0 and 1; two outputs, 2 and 3; 10 behind the inputs, 11 behind 10, 12 reached by nothing. */
const evolved: Evolved = {
  neurons: [neuron(0), neuron(1), neuron(2), neuron(3), neuron(10, 3), neuron(11), neuron(12)],
  synapses: [synapse(0, 10), synapse(1, 10, -4, 5), synapse(10, 11), synapse(11, 2), synapse(2, 11), synapse(12, 12)],
  inputs: [0, 1],
  outputs: [2, 3],
  processor: 'risp',
  generations: [],
  acting: null,
}

describe('the layout of a network', () => {
  it('has inputs on the left, outputs on the right, the others between by their distance from an input', () => {
    const { neurons, columns, tallest } = layoutNetwork(evolved)
    expect(neurons.map(({ kind }) => kind)).toEqual([
      'input',
      'input',
      'output',
      'output',
      'hidden',
      'hidden',
      'hidden',
    ])
    expect(neurons.map(({ x }) => x * 4)).toEqual([0, 0, 4, 4, 1, 2, 3])
    expect([columns, tallest]).toEqual([5, 2])
  })

  it('is the same each time, keeps the order of inputs and outputs, and has no two neurons at one place', () => {
    const { network } = classifyCase('Iris')
    const golden = { ...evolved, ...network, synapses: [...network.synapses], neurons: [...network.neurons] } as Evolved
    const layout = layoutNetwork(golden)
    expect(layoutNetwork(golden)).toEqual(layout)
    const heights = golden.inputs.map((id) => layout.neurons.find((one) => one.id === id)?.y ?? NaN)
    expect([...heights].sort((one, other) => one - other)).toEqual(heights)
    expect(new Set(layout.neurons.map(({ x, y }) => `${x} ${y}`)).size).toBe(network.neurons.length)
  })

  it('shares out what would be a column too tall', () => {
    const many = Array.from({ length: 300 }, (_, place) => neuron(place))
    const inputs = many.slice(0, 100).map(({ id }) => id)
    const { tallest, columns } = layoutNetwork({ ...evolved, neurons: many, synapses: [], inputs, outputs: [299] })
    expect(tallest).toBeLessThanOrEqual(40)
    expect(columns).toBe(3 + 5 + 1)
  })
})

describe('a network in a picture', () => {
  const size = { width: 800, height: 600 }
  const layout = layoutNetwork(evolved)

  it('is found by the pointer: neurons, and synapses on their curve', () => {
    const geometry = geometryOf(layout, size, wholeNetwork)
    expect(pointedAt(geometry, geometry.x[4] ?? NaN, geometry.y[4] ?? NaN)).toEqual({ kind: 'neuron', place: 4 })
    const curve = geometry.curves[1]
    if (curve === undefined) throw new Error('no curve')
    expect(pointedAt(geometry, ...pointOn(curve, 0.5))).toEqual({ kind: 'synapse', place: 1 })
    expect(pointedAt(geometry, 400, 2)).toBeNull()
    // There and back are beside each other.
    const [there, back] = [geometry.curves[3], geometry.curves[4]]
    if (there === undefined || back === undefined) throw new Error('no curves')
    const [one, other] = [pointOn(there, 0.5), pointOn(back, 0.5)]
    expect(Math.hypot(one[0] - other[0], one[1] - other[1])).toBeGreaterThan(8)
  })

  it('is zoomed about a pixel, which stays where it is, and never moved out of view', () => {
    const before = geometryOf(layout, size, wholeNetwork)
    const at = { x: before.x[4] ?? NaN, y: before.y[4] ?? NaN }
    const after = geometryOf(layout, size, zoomedAt(wholeNetwork, 3, at, size))
    expect(after.x[4]).toBeCloseTo(at.x, 6)
    expect(after.y[4]).toBeCloseTo(at.y, 6)
    expect((after.x[2] ?? 0) - (after.x[4] ?? 0)).toBeCloseTo(3 * ((before.x[2] ?? 0) - (before.x[4] ?? 0)), 6)
    expect(kept({ scale: 3, x: 0.4, y: -2 })).toEqual({ scale: 3, x: 0.4, y: -1 })
    expect(zoomedAt(wholeNetwork, 0.2, at, size).scale).toBe(1)
  })
})

describe('spikes on their way', () => {
  const { synapses } = layoutNetwork(evolved)
  const way = new SpikesOnTheWay(synapses)

  it('leave with their step and arrive a delay later, with that of the axon', () => {
    const spikes = { neurons: [1, 4], steps: [0, 6] }
    expect(way.at(spikes, 0)).toEqual({ running: [{ synapse: 1, share: 0 }], fired: new Set([1]) })
    expect(way.at(spikes, 2.5)).toEqual({ running: [{ synapse: 1, share: 0.5 }], fired: new Set() })
    expect(way.at(spikes, 5).running).toEqual([])
    // A delay of 2 and an axonal one of 3.
    expect(way.at(spikes, 8.5).running).toEqual([{ synapse: 2, share: 0.5 }])
    expect(way.at(spikes, 11).running).toEqual([])
  })

  it('are those of the layers of a recording, each once', () => {
    const both: Evolved = { ...evolved, outputs: [2, 0] }
    const layer = (name: string, neurons: number[], steps: number[]) => ({
      layer: name,
      neurons: Uint32Array.from(neurons),
      steps: Uint32Array.from(steps),
    })
    const recording = {
      spikes: [layer('input', [0, 1], [1, 4]), layer('hidden', [1, 2], [3, 5]), layer('output', [1, 0], [1, 2])],
    }
    const { neurons, steps } = spikesOf(both, recording)
    expect([...(steps as number[])]).toEqual([1, 2, 3, 4, 5])
    // Hidden are 3, 10, 11 and 12 here.
    expect(spikesOf(both, { spikes: [layer('hidden', [1], [0])] }).neurons).toEqual([4])
    expect((neurons as number[])[0]).toBe(0)
  })
})

describe('what is said of a network', () => {
  const layout = layoutNetwork(evolved)

  it('are thresholds, leaks, weights and delays', () => {
    expect(wordsOf(evolved, layout, { kind: 'neuron', place: 4 })).toEqual([
      'Neuron 10, hidden',
      'threshold 5',
      'keeps its charge',
      'axonal delay 3\u00a0steps',
    ])
    expect(wordsOf(evolved, layout, { kind: 'synapse', place: 1 })).toEqual([
      '1 → 10',
      'weight -4, inhibits',
      'delay 5\u00a0steps',
    ])
    const acting = { task: 'cart', stateNames: [], actions: ['left', 'right'], stepLimit: 5, episodes: 1 }
    expect(wordsOf({ ...evolved, acting }, layout, { kind: 'neuron', place: 3 })[0]).toBe('Neuron 3, output 1: right')
    const leaking = { ...evolved, processor: 'caspian' as const, neurons: [{ ...neuron(0), leak: 3 }] }
    expect(wordsOf(leaking, layout, { kind: 'neuron', place: 0 })[2]).toBe('leaks with a time constant of 8\u00a0steps')
    expect(networkGist(evolved).replaceAll('\u00a0', ' ')).toBe(
      '7 neurons, 2 of them input and 2 output, and 6 synapses, of which 1 inhibit.',
    )
  })
})
