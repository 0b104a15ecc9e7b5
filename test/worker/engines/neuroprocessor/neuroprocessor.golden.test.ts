import { describe, expect, it } from 'vitest'
import { instantiateKernel } from '../../../../src-worker/engines/neuroprocessor/kernel.ts'
import { Neuroprocessor } from '../../../../src-worker/engines/neuroprocessor/neuroprocessor.ts'
import {
  caspianLeaks,
  classifyCase,
  rispCases,
  sameCharges,
  samplesOf,
} from '../../../oracles/neuroprocessor/goldenNetworks.ts'
import { kernel } from './support.ts'

describe('the processor', () => {
  it.each(rispCases())('does what the original did: $name', ({ network, settings, actions, results }) => {
    const processor = new Neuroprocessor(kernel, settings)
    processor.load(network)
    const expected = [...results]
    for (const action of actions) {
      if (action.op === 'clear') processor.clear()
      else if (action.op === 'spikes') {
        for (const [input, step, value] of action.spikes) {
          if (action.normalized) processor.apply(input, step, value)
          else processor.applyAmount(input, step, value)
        }
      } else {
        const { spikeNeurons, spikeSteps, spikes, accumulates } = processor.record(action.duration, [])
        const result = expected.shift()
        const times = network.neurons.map((_, place) => [...spikeSteps].filter((__, at) => spikeNeurons[at] === place))
        expect(times).toEqual(result?.fire_times)
        expect(spikes).toBe(result?.fires_in_run)
        expect(accumulates).toBe(result?.accumulates_in_run)
        expect([...processor.outputCounts()]).toEqual(result?.output_counts)
        const charges = [...processor.neuronStates().charges]
        expect(sameCharges(settings, charges, result?.charges)).toBe(true)
      }
    }
    expect(expected).toEqual([])
  })

  it.each(['Iris', 'Wine'] as const)('classifies %s as the original', (name) => {
    const golden = classifyCase(name)
    const processor = new Neuroprocessor(kernel, golden.settings)
    processor.setSamples(samplesOf(golden))
    processor.load(golden.network)
    const { outputCounts } = processor.runSamples({ from: 0, to: golden.inputCounts.length, steps: golden.steps })
    expect([...outputCounts]).toEqual(golden.outputCounts.flat())
    const some = processor.runSamples({ from: 7, to: 11, steps: golden.steps })
    expect([...some.outputCounts]).toEqual(golden.outputCounts.slice(7, 11).flat())
  })

  it("leaks as Caspian's table says", () => {
    const { leaked } = instantiateKernel(kernel)
    for (const { charge, leak, dt, result } of caspianLeaks()) expect(leaked(charge, leak, dt)).toBe(result)
  })
})
