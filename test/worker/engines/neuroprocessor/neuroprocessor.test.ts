import { describe, expect, it } from 'vitest'
import { ImpossibleNetwork } from '../../../../src-core/diehlCook/networkFailure.ts'
import { evolutionSchema } from '../../../../src-core/evolution/parameters.ts'
import { createTemplate, randomNetwork } from '../../../../src-core/evolution/template.ts'
import type { NeuroNetwork } from '../../../../src-core/neuroprocessor/network.ts'
import { networkRanges, rispOf, standardProcessors } from '../../../../src-core/neuroprocessor/processor.ts'
import { createGenerator } from '../../../../src-core/random/generator.ts'
import { instantiateKernel } from '../../../../src-worker/engines/neuroprocessor/kernel.ts'
import { Neuroprocessor } from '../../../../src-worker/engines/neuroprocessor/neuroprocessor.ts'
import { kernel, referenceOf } from './support.ts'

const risp7 = standardProcessors['RISP-7']
/** Neuron 0 fires with each input of 7 and, 3 steps later, charges neuron 2, which needs two of them. */
const pair: NeuroNetwork = {
  neurons: [
    { id: 0, threshold: 7, leak: 0, axonalDelay: 0 },
    { id: 2, threshold: 5, leak: 0, axonalDelay: 0 },
  ],
  inputs: [0],
  outputs: [2],
  synapses: [{ from: 0, to: 2, weight: 4, delay: 3 }],
}
const loaded = (network: NeuroNetwork = pair, settings = risp7): Neuroprocessor => {
  const processor = new Neuroprocessor(kernel, settings)
  processor.load(network)
  return processor
}
const oneSample = { offsets: [0, 1], steps: [0], inputs: [0], values: [1] }

describe('the processor', () => {
  it('writes down spikes and charges of a run', () => {
    const processor = loaded()
    for (const step of [0, 1]) processor.apply(0, step, 1)
    const { spikeNeurons, spikeSteps, charges } = processor.record(6, [1])
    expect([...spikeNeurons]).toEqual([0, 0, 1])
    expect([...spikeSteps]).toEqual([0, 1, 4])
    expect(charges.map((row) => [...row])).toEqual([[0, 0, 0, 4, 0, 0]])
    expect([...processor.outputFirsts()]).toEqual([4])
  })

  it('has an input spike and a spike under way wait for the run of their step, but not past a clearing', () => {
    const processor = loaded()
    processor.apply(0, 2, 1)
    processor.apply(0, 9, 1)
    expect(processor.run(4)).toEqual({ spikes: 1, accumulates: 1 })
    expect(processor.run(4)).toEqual({ spikes: 0, accumulates: 1 })
    expect([...processor.neuronStates().charges]).toEqual([0, 4])
    processor.clear()
    expect(processor.run(20)).toEqual({ spikes: 0, accumulates: 0 })
  })

  it('takes more input spikes than it had room for', () => {
    const processor = loaded()
    for (let spike = 0; spike < 1000; spike++) processor.apply(0, 999 - spike, 1)
    expect(processor.run(1000)).toEqual({ spikes: 1000 + 498, accumulates: 1997 })
    expect(processor.neuronStates().counts).toEqual(Uint32Array.of(1000, 498))
  })

  it('keeps samples from network to network, and nothing else', () => {
    const processor = new Neuroprocessor(kernel, risp7)
    processor.setSamples(oneSample)
    processor.load(pair)
    expect(processor.runSamples({ from: 0, to: 1, steps: 10 })).toMatchObject({ spikes: 1, accumulates: 2 })
    processor.load({ ...pair, neurons: pair.neurons.map((neuron) => ({ ...neuron, threshold: 0 })) })
    expect(processor.runSamples({ from: 0, to: 1, steps: 10 })).toMatchObject({ spikes: 2, accumulates: 2 })
    processor.setSamples({ offsets: [0, 0, 1], steps: [8], inputs: [0], values: [1] })
    const { outputFirsts } = processor.runSamples({ from: 0, to: 2, steps: 12 })
    expect([...outputFirsts]).toEqual([-1, 11])
  })

  it('does thousands of neurons as the plain model does', () => {
    const settings = rispOf(15, 'signed')
    const parameters = evolutionSchema.parse({ startingNeurons: 3000, startingSynapses: 12_000 })
    const generator = createGenerator(20261130)
    const network = randomNetwork(createTemplate(40, 10), parameters, networkRanges(settings), generator)
    const processor = loaded(network, settings)
    const reference = referenceOf(network, settings)
    for (let spike = 0; spike < 400; spike++) {
      const [input, step] = [generator.below(40), generator.below(20)]
      processor.apply(input, step, 1)
      reference.applyValue(input, step, 1)
    }
    const totals = processor.run(60)
    const { fireTimes, charges, accumulates } = reference.run(60)
    expect(totals).toEqual({ spikes: fireTimes.flat().length, accumulates })
    expect(accumulates).toBeGreaterThan(2000)
    expect([...processor.neuronStates().charges]).toEqual(charges)
  })

  it('shows samples one by one where eight at a time would leave 16 bits', () => {
    const wide = rispOf(20_000, 'signed')
    const strong = { ...pair, synapses: [{ from: 0, to: 2, weight: 20_000, delay: 3 }] }
    const two = { ...oneSample, offsets: [0, 3], steps: [0, 0, 40_000], inputs: [0, 0, 0], values: [1, 1, 1] }
    const processor = loaded(strong, wide)
    processor.setSamples(two)
    expect(processor.runSamples({ from: 0, to: 1, steps: 10 })).toMatchObject({ spikes: 2, accumulates: 3 })
    const long = loaded()
    long.setSamples(two)
    expect(long.runSamples({ from: 0, to: 1, steps: 50_000 })).toMatchObject({ spikes: 3, accumulates: 5 })
  })

  it('shows samples one by one where the queue of eight would be large, and the next network has them still', () => {
    const ids = Array.from({ length: 3000 }, (_, id) => id)
    const large: NeuroNetwork = {
      neurons: ids.map((id) => ({ id, threshold: 4, leak: 0, axonalDelay: 0 })),
      inputs: [0],
      outputs: [2999],
      synapses: [{ from: 0, to: 2999, weight: 4, delay: 4000 }],
    }
    const processor = new Neuroprocessor(kernel, { ...risp7, maxDelay: 4095 } as typeof risp7)
    processor.setSamples(oneSample)
    const shown = [large, pair, large].map((network) => {
      processor.load(network)
      return processor.runSamples({ from: 0, to: 1, steps: 4001 })
    })
    expect(shown.map(({ spikes }) => spikes)).toEqual([2, 1, 2])
    expect(shown.map(({ outputFirsts }) => outputFirsts[0])).toEqual([4000, -1, 4000])
  })

  it('is done at once where nothing is under way, and with the last spike of a network that goes round', () => {
    const processor = loaded()
    processor.apply(0, 2 ** 30 - 2, 1)
    expect(processor.run(2 ** 30 - 1)).toEqual({ spikes: 1, accumulates: 1 })
    const ring = { ...pair, synapses: [{ from: 0, to: 0, weight: 7, delay: 15 }] }
    const rounds = loaded(ring)
    rounds.apply(0, 0, 1)
    expect(rounds.run(15_000).spikes).toBe(1000)
  })

  it('refuses what cannot be, and says what', () => {
    const doubled = { ...pair, synapses: [...pair.synapses, ...pair.synapses] }
    expect(() => loaded(doubled)).toThrow(ImpossibleNetwork)
    expect(() => loaded(doubled)).toThrow('there are two synapses from 0 to 2')
    const processor = loaded()
    expect(() => processor.load(doubled)).toThrow(ImpossibleNetwork)
    expect(() => processor.run(1)).toThrow('load one first')
    processor.load(pair)
    expect(() => processor.apply(1, 0, 1)).toThrow('there is no input 1: the network has 1')
    expect(() => processor.apply(0, -1, 1)).toThrow('whole number from 0, not -1')
    expect(() => processor.apply(0, 0, 1.5)).toThrow('from 0 to 1, not 1.5')
    expect(() => processor.applyAmount(0, 0, NaN)).toThrow('cannot add NaN')
    expect(() => processor.run(1.5)).toThrow('whole number of steps from 0, not 1.5')
    expect(() => processor.record(5, [2])).toThrow('no place 2 to trace')
    expect(() => processor.runSamples({ from: 0, to: 1, steps: 5 })).toThrow('there are 0')
    expect(() => processor.setSamples({ ...oneSample, values: [] })).toThrow('0 values')
    expect(() => processor.setSamples({ ...oneSample, values: [NaN] })).toThrow('not NaN')
    processor.setSamples({ ...oneSample, inputs: [1] })
    expect(() => processor.runSamples({ from: 0, to: 1, steps: 5 })).toThrow('the samples have 2 inputs, the network 1')
    expect(() => instantiateKernel(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))).toThrow('npm run build:kernels')
  })
})
