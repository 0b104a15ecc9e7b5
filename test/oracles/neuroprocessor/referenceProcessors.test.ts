import { describe, expect, it } from 'vitest'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { processorSchema } from '../../../src-core/neuroprocessor/processor.ts'
import { caspianLeaks, classifyCase, rispCases, sameCharges } from './goldenNetworks.ts'
import { leaked, ReferenceCaspian } from './referenceCaspian.ts'
import { ReferenceRisp } from './referenceRisp.ts'

describe('the plain RISP', () => {
  it.each(rispCases())('does what the original did: $name', ({ network, settings, actions, results }) => {
    const processor = new ReferenceRisp(network, settings)
    const expected = [...results]
    for (const action of actions) {
      if (action.op === 'clear') processor.clear()
      else if (action.op === 'spikes') {
        for (const [input, step, value] of action.spikes) {
          if (action.normalized) processor.applyValue(input, step, value)
          else processor.apply(input, step, value)
        }
      } else {
        const { fireTimes, charges, accumulates } = processor.run(action.duration)
        const result = expected.shift()
        expect(fireTimes).toEqual(result?.fire_times)
        expect(accumulates).toBe(result?.accumulates_in_run)
        expect(fireTimes.flat().length).toBe(result?.fires_in_run)
        expect(processor.time).toBe(result?.time)
        expect(sameCharges(settings, charges, result?.charges)).toBe(true)
      }
    }
    expect(expected).toEqual([])
  })

  it.each(['Iris', 'Wine'] as const)('classifies %s as the original', (name) => {
    const { network, settings, inputCounts, outputCounts, interval, steps } = classifyCase(name)
    const processor = new ReferenceRisp(network, settings)
    const places = network.outputs.map((id) => network.neurons.findIndex((neuron) => neuron.id === id))
    const found = inputCounts.map((counts) => {
      processor.clear()
      for (const [input, count] of counts.entries())
        for (let spike = 0; spike < count; spike++) processor.applyValue(input, spike * interval, 1)
      const { fireTimes } = processor.run(steps)
      return places.map((place) => fireTimes[place]?.length)
    })
    expect(found).toEqual(outputCounts)
  })
})

describe('the plain Caspian', () => {
  it('leaks by the published rule', () => {
    const rows = caspianLeaks()
    expect(rows.length).toBeGreaterThan(100)
    for (const { charge, leak, dt, result } of rows)
      expect(leaked(charge, leak, dt), `${charge} ${leak} ${dt}`).toBe(result)
  })

  const chain: NeuroNetwork = {
    neurons: [
      { id: 0, threshold: 100, leak: -1, axonalDelay: 2 },
      { id: 1, threshold: 50, leak: 0, axonalDelay: 0 },
    ],
    inputs: [0],
    outputs: [1],
    synapses: [
      { from: 0, to: 1, weight: 60, delay: 3 },
      { from: 1, to: 1, weight: 60, delay: 0 },
    ],
  }
  const settings = processorSchema.parse({ type: 'caspian', maxAxonalDelay: 15 })
  if (settings.type !== 'caspian') throw new Error('these are the settings of Caspian')

  it('fires a step after it was charged, above its threshold only, and sends by both delays', () => {
    const processor = new ReferenceCaspian(chain, settings)
    processor.apply(0, 0, 100)
    processor.apply(0, 4, 1)
    // Charged above 100 in step 4, fires in 5; arrives in 5 + 3 + 2, fires in 11 and, without delay, in every step from there.
    expect(processor.run(14)).toEqual({ fireTimes: [[5], [11, 12, 13]], charges: [0, 60], accumulates: 6 })
  })

  it('keeps what is above the threshold where it resets softly', () => {
    const processor = new ReferenceCaspian(chain, { ...settings, softReset: true })
    processor.apply(0, 0, 250)
    expect(processor.run(3)).toEqual({ fireTimes: [[1], []], charges: [150, 0], accumulates: 1 })
  })
})
