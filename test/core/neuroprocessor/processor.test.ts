import { describe, expect, it } from 'vitest'
import { createTemplate, randomNetwork } from '../../../src-core/evolution/template.ts'
import { evolutionSchema } from '../../../src-core/evolution/parameters.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { networkProblem } from '../../../src-core/neuroprocessor/networkProblem.ts'
import {
  networkRanges,
  processorSchema,
  rispOf,
  standardProcessors,
  type StandardProcessor,
} from '../../../src-core/neuroprocessor/processor.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'

const risp7 = standardProcessors['RISP-7']
const caspian = standardProcessors.Caspian
const sound: NeuroNetwork = {
  neurons: [
    { id: 0, threshold: 2, leak: 0, axonalDelay: 0 },
    { id: 4, threshold: 7, leak: 0, axonalDelay: 0 },
  ],
  inputs: [0],
  outputs: [4],
  synapses: [{ from: 0, to: 4, weight: -7, delay: 15 }],
}
const [neuron, other] = sound.neurons as [NeuroNetwork['neurons'][number], NeuroNetwork['neurons'][number]]
const [synapse] = sound.synapses as [NeuroNetwork['synapses'][number]]

const messagesOf = (settings: unknown): string =>
  JSON.stringify(processorSchema.safeParse(settings).error?.issues ?? [])

describe('the settings of processors', () => {
  it('has those that are known by a name', () => {
    expect(risp7).toMatchObject({ minWeight: -7, maxWeight: 7, minThreshold: 0, minPotential: -7, maxDelay: 15 })
    expect(standardProcessors['RISP-127']).toMatchObject({ maxThreshold: 127, minPotential: -127, maxDelay: 127 })
    expect(standardProcessors['RISP-15+']).toMatchObject({
      minWeight: 1,
      minThreshold: 1,
      minPotential: 0,
      maxDelay: 15,
    })
    expect(standardProcessors['RISP-255+']).toMatchObject({ maxWeight: 255, maxDelay: 255 })
    expect(standardProcessors['RISP-F']).toMatchObject({ discrete: false, minThreshold: -1, maxDelay: 5 })
    expect(caspian).toMatchObject({ leakEnable: true, minLeak: 0, maxLeak: 4, softReset: false, maxAxonalDelay: 0 })
    expect(rispOf(31, 'positive')).toMatchObject({ minWeight: 1, maxWeight: 31, maxDelay: 31 })
  })

  it('says what cannot be', () => {
    const base = { type: 'risp', discrete: true, minThreshold: 0, maxThreshold: 7, minPotential: -7, maxDelay: 15 }
    expect(messagesOf({ ...base, minWeight: -7, maxWeight: 7 })).toBe('[]')
    expect(messagesOf({ ...base, weights: [-1, 3] })).toBe('[]')
    expect(messagesOf(base)).toContain('either minWeight and maxWeight, or a table of weights')
    expect(messagesOf({ ...base, weights: [1], minWeight: 0 })).toContain('or a table of weights')
    expect(messagesOf({ ...base, minWeight: 5, maxWeight: -2 })).toContain('minWeight is above maxWeight')
    expect(messagesOf({ ...base, minWeight: 5, maxWeight: 7, inputsFromWeights: true })).toContain('add weights')
    expect(messagesOf({ ...base, minWeight: 0.5, maxWeight: 7 })).toContain('must be integers')
    expect(messagesOf({ ...base, minWeight: 0, maxWeight: 7, minThreshold: 8 })).toContain('above maxThreshold')
    expect(messagesOf({ type: 'caspian', minLeak: 3, maxLeak: 1 })).toContain('minLeak is above maxLeak')
    expect(messagesOf({ type: 'danna' })).not.toBe('[]')
  })

  it('gives evolution its ranges', () => {
    expect(networkRanges(risp7)).toEqual({
      threshold: { low: 0, high: 7, integer: true },
      leak: { low: 0, high: 0, integer: true },
      axonalDelay: { low: 0, high: 0, integer: true },
      weight: { low: -7, high: 7, integer: true },
      delay: { low: 1, high: 15, integer: true },
    })
    const { minWeight: _, maxWeight: __, ...rest } = risp7 as typeof risp7 & { minWeight: number; maxWeight: number }
    const table = processorSchema.parse({ ...rest, weights: [-4, 1, 4], leakMode: 'configurable' })
    expect(networkRanges(table)).toMatchObject({ weight: { low: 0, high: 2 }, leak: { low: 0, high: 1 } })
    expect(networkRanges(caspian)).toMatchObject({ leak: { low: 0, high: 4 }, delay: { low: 1, high: 15 } })
    const still = processorSchema.parse({ type: 'caspian', leakEnable: false, maxAxonalDelay: 9 })
    expect(networkRanges(still)).toMatchObject({ leak: { low: -1, high: -1 }, axonalDelay: { low: 0, high: 9 } })
  })
})

describe('networkProblem', () => {
  it.each(Object.keys(standardProcessors) as StandardProcessor[])('takes networks that evolve for %s', (name) => {
    const settings = standardProcessors[name]
    const network = randomNetwork(
      createTemplate(4, 3),
      evolutionSchema.parse({}),
      networkRanges(settings),
      createGenerator(20261130),
    )
    expect(networkProblem(network, settings)).toBeUndefined()
  })

  it.each<[string, Partial<NeuroNetwork>]>([
    ['there are two neurons 0', { neurons: [neuron, other, neuron] }],
    ['a whole number from 0 to 67108863, not -1', { neurons: [neuron, other, { ...neuron, id: -1 }] }],
    ['the network has no inputs', { inputs: [] }],
    ['the network has no outputs', { outputs: [] }],
    ['there is no neuron 3, which is an output', { outputs: [3] }],
    ['neuron 0 stands among the inputs twice', { inputs: [0, 0] }],
    ['there is no neuron 9, which a synapse from 0 to 9 needs', { synapses: [{ ...synapse, to: 9 }] }],
    ['there are two synapses from 0 to 4', { synapses: [synapse, synapse] }],
    ['0 is no delay here: this processor has whole numbers from 1 to 15', { synapses: [{ ...synapse, delay: 0 }] }],
    ['16 is no delay here', { synapses: [{ ...synapse, delay: 16 }] }],
    ['the synapse from 0 to 4: 8 is no weight here', { synapses: [{ ...synapse, weight: 8 }] }],
    ['0.5 is no weight here', { synapses: [{ ...synapse, weight: 0.5 }] }],
    ['NaN is no weight here', { synapses: [{ ...synapse, weight: NaN }] }],
    ['neuron 4: -1 is no threshold here', { neurons: [neuron, { ...other, threshold: -1 }] }],
    ['1 is no leak here: this processor has only 0', { neurons: [neuron, { ...other, leak: 1 }] }],
    ['2 is no axonal delay here', { neurons: [neuron, { ...other, axonalDelay: 2 }] }],
  ])('says: %s', (sentence, change) => {
    expect(networkProblem(sound, risp7)).toBeUndefined()
    expect(networkProblem({ ...sound, ...change }, risp7)).toContain(sentence)
  })

  it('lets a synapse of Caspian have no delay, as a neuron fires a step after it was charged', () => {
    expect(networkProblem({ ...sound, synapses: [{ ...synapse, delay: 0 }] }, caspian)).toBeUndefined()
    expect(networkProblem({ ...sound, synapses: [{ ...synapse, delay: 16 }] }, caspian)).toContain('from 0 to 15')
  })
})
