import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import { planNetwork } from '../../../src-core/layered/planNetwork.ts'
import { ImpossibleNetwork } from '../../../src-core/diehlCook/networkFailure.ts'
import type { Configuration } from '../../../src-core/space/parameter.ts'
import { layeredSchema } from '../../../src-core/study/networkSchema.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'

const mnist = { channels: 1, rows: 28, columns: 28 }
const published = layeredSchema.parse({
  type: 'layered',
  layers: [
    { name: 'conv1', type: 'conv', delays: true, dropout: true },
    { name: 'pool1', type: 'pool' },
    { name: 'conv2', type: 'conv', delays: true, dropout: true },
    { name: 'pool2', type: 'pool' },
    { name: 'output', type: 'dense', neuron: 'cuba' },
  ],
})
const plan = (fixed: Configuration, network = published, input = mnist) =>
  planNetwork(network, resolveHyperparameters({ network, space: {}, fixed }, {}), {
    shape: input,
    steps: 25,
    classes: 10,
  })

describe('planNetwork', () => {
  it('plans the network of experiment 3', () => {
    const { layers, ...rest } = plan({
      'conv1.filters': 12,
      'conv1.kernel': 5,
      'conv2.filters': 64,
      'conv2.kernel': 4,
      threshold: 2,
      'conv2.threshold': 3,
      dropout: 0.2,
    })
    expect(rest).toEqual({ input: mnist, steps: 25, classes: 10 })
    expect(layers.map(({ output }) => [output.channels, output.rows, output.columns])).toEqual([
      [12, 24, 24],
      [12, 12, 12],
      [64, 9, 9],
      [64, 5, 5],
      [10, 1, 1],
    ])
    expect(layers.map(({ neuron }) => neuron.threshold)).toEqual([2, 2, 3, 2, 2])
    expect(layers.map(({ dropout }) => dropout)).toEqual([0.2, 0, 0.2, 0, 0])
    expect(layers.map(({ delays }) => delays)).toEqual([true, false, true, false, false])
    expect(layers.map(({ neuron }) => neuron.thresholdStep)).toEqual([0.02, 0.02, 0.02, 0.02, 0])
    expect(layers[1]?.synapse).toEqual({ type: 'pool', kernel: 2, stride: 2, weight: 1 })
  })

  it('completes the last windows of a pool, or leaves out what fills none; windows may overlap', () => {
    const pooled = (fixed: Configuration, padding: 'zero' | 'drop', rows = 7, columns = 5): number[] => {
      const layers = [
        { name: 'pool1', type: 'pool', padding },
        { name: 'output', type: 'dense' },
      ]
      const network = layeredSchema.parse({ type: 'layered', layers })
      const [pool] = plan(fixed, network, { channels: 2, rows, columns }).layers
      return [pool?.output.rows ?? 0, pool?.output.columns ?? 0]
    }
    // as lava-dl has it, and as the authors of experiments 3 and 4 do
    expect(pooled({ 'pool1.kernel': 2 }, 'zero')).toEqual([4, 3])
    expect(pooled({ 'pool1.kernel': 2 }, 'drop')).toEqual([3, 2])
    for (const padding of ['zero', 'drop'] as const) {
      expect(pooled({ 'pool1.kernel': 2, 'pool1.stride': 1 }, padding)).toEqual([6, 4])
      expect(pooled({ 'pool1.kernel': 4, 'pool1.stride': 4 }, padding, 128, 128)).toEqual([32, 32])
    }
    expect(pooled({ 'pool1.kernel': 3, 'pool1.stride': 2 }, 'zero', 8, 9)).toEqual([4, 4])
    expect(pooled({ 'pool1.kernel': 3, 'pool1.stride': 2 }, 'drop', 8, 9)).toEqual([3, 4])
    // no window without any of the input
    expect(pooled({ 'pool1.kernel': 1, 'pool1.stride': 4 }, 'zero', 6, 9)).toEqual([2, 3])
  })

  it.each([
    [{ 'conv1.kernel': 12, 'conv2.kernel': 10 }, 'conv2: a kernel of 10 x 10 does not fit its input of 9 x 9'],
    [
      { 'conv1.kernel': 34, 'conv1.padding': 2 },
      'conv1: a kernel of 34 x 34 does not fit its input of 28 x 28, padded by 2 on each side',
    ],
    [{ 'conv1.kernel': 28 }, 'pool1: a kernel of 2 x 2 does not fit its input of 1 x 1'],
    [
      { 'conv1.filters': 4096, 'conv1.kernel': 1, 'conv1.padding': 1000 },
      'conv1: 16845963264 neurons are more than the 67108864 of a layer',
    ],
  ])('says why %j cannot be', (fixed, why) => {
    expect(() => plan(fixed)).toThrow(new ImpossibleNetwork(why))
  })

  it('asks for a step more than layers, each of which passes spikes on a step later', () => {
    const of = (steps: number, layers: number) =>
      planNetwork(
        layeredSchema.parse({
          type: 'layered',
          layers: Array.from({ length: layers }, (_, index) => ({ name: `l${index}`, type: 'dense' })),
        }),
        resolveHyperparameters({ network: published, space: {}, fixed: { 'l0.neurons': 2 } }, {}),
        { shape: mnist, steps, classes: 10 },
      )
    expect(of(2, 1).steps).toBe(2)
    expect(() => of(1, 1)).toThrow(
      new ImpossibleNetwork('1 step is too few for 1 layer: each passes spikes on a step later, so 2 are needed'),
    )
    expect(() => of(2, 2)).toThrow(/^2 steps are too few for 2 layers: .* so 3 are needed$/)
  })

  it('chains shapes, or says which layer cannot be (seed 5)', () => {
    const size = fc.integer({ min: 1, max: 20 })
    const layer = fc.oneof(
      fc.record({
        type: fc.constant('conv'),
        filters: size,
        kernel: size,
        stride: fc.integer({ min: 1, max: 4 }),
        padding: fc.nat(4),
      }),
      fc.record({
        type: fc.constant('pool'),
        padding: fc.constantFrom('zero', 'drop'),
        kernel: fc.integer({ min: 1, max: 4 }),
        stride: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({ type: fc.constantFrom('dense', 'recurrent'), neurons: size }),
    )
    const shape = fc.record({ channels: fc.integer({ min: 1, max: 3 }), rows: size, columns: size })
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 5 }), shape, (hidden, input) => {
        const named = hidden.map(({ type, ...values }, index) => ({ name: `layer${index}`, type, values }))
        const ends = (values: object): object =>
          'padding' in values && typeof values.padding === 'string' ? { padding: values.padding } : {}
        const network = layeredSchema.parse({
          type: 'layered',
          layers: [
            ...named.map(({ name, type, values }) => ({ name, type, ...ends(values) })),
            { name: 'output', type: 'dense' },
          ],
        })
        const fixed = Object.fromEntries(
          named.flatMap(({ name, values }) =>
            Object.entries(values).flatMap(([key, value]) =>
              typeof value === 'number' ? [[`${name}.${key}`, value] as const] : [],
            ),
          ),
        )
        try {
          const { layers } = plan(fixed, network, input)
          expect(layers.map((one) => one.input)).toEqual([input, ...layers.slice(0, -1).map(({ output }) => output)])
          expect(layers.at(-1)?.output).toEqual({ channels: 10, rows: 1, columns: 1 })
          for (const [index, { synapse, input: from, output }] of layers.entries()) {
            expect(sizeOf(output)).toBeGreaterThan(0)
            if (synapse.type !== 'conv' && synapse.type !== 'pool') continue
            const padding = synapse.type === 'conv' ? synapse.padding : 0
            const end = (output.rows - 1) * synapse.stride + synapse.kernel
            if (synapse.type === 'pool' && network.layers[index]?.padding === 'zero') {
              // The last window begins within the input, and another would have nothing new.
              expect(end - synapse.kernel).toBeLessThan(from.rows)
              expect(Math.max(end, end - synapse.kernel + synapse.stride)).toBeGreaterThanOrEqual(from.rows)
              continue
            }
            // The last window ends within the padded input, and another would not.
            expect(end).toBeLessThanOrEqual(from.rows + 2 * padding)
            expect(end + synapse.stride).toBeGreaterThan(from.rows + 2 * padding)
          }
        } catch (error) {
          if (!(error instanceof ImpossibleNetwork)) throw error
          expect(error.message).toMatch(/^layer\d: a kernel of \d+ x \d+ does not fit its input of \d+ x \d+/)
        }
      }),
      { seed: 5, numRuns: 500 },
    )
  })
})
