import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Neuroprocessor } from '../../../../src-worker/engines/neuroprocessor/neuroprocessor.ts'
import type { ReferenceRun } from '../../../oracles/neuroprocessor/referenceProcessor.ts'
import { anyActions, anyNetwork, anySettings, anySpike, kernel, referenceOf } from './support.ts'

const anyCase = anySettings.chain((settings) =>
  fc.record({ settings: fc.constant(settings), network: anyNetwork(settings) }),
)

const expectSame = (
  processor: Neuroprocessor,
  totals: { spikes: number; accumulates: number },
  run: ReferenceRun,
): void => {
  const { counts, firsts, lasts, charges } = processor.neuronStates()
  expect([...counts]).toEqual(run.fireTimes.map((times) => times.length))
  expect([...firsts]).toEqual(run.fireTimes.map((times) => times[0] ?? -1))
  expect([...lasts]).toEqual(run.fireTimes.map((times) => times.at(-1) ?? -1))
  expect(totals).toMatchObject({ spikes: run.fireTimes.flat().length, accumulates: run.accumulates })
  for (const [place, charge] of run.charges.entries()) expect(charges[place]).toBeCloseTo(charge, 9)
}

describe('the processor', () => {
  it('does what the plain models do, run after run', () => {
    fc.assert(
      fc.property(anyCase, anyActions, fc.boolean(), ({ settings, network }, actions, records) => {
        const processor = new Neuroprocessor(kernel, settings)
        processor.load(network)
        const reference = referenceOf(network, settings)
        for (const action of actions) {
          if (action.kind === 'clear') {
            processor.clear()
            reference.clear()
          } else if (action.kind === 'apply') {
            processor.apply(action.input, action.step, action.value)
            reference.applyValue(action.input, action.step, action.value)
          } else if (records) {
            const { spikeNeurons, spikeSteps, ...totals } = processor.record(action.steps, [0])
            const run = reference.run(action.steps)
            expectSame(processor, totals, run)
            const times = run.fireTimes.map((_, place) =>
              [...spikeSteps].filter((__, at) => spikeNeurons[at] === place),
            )
            expect(times).toEqual(run.fireTimes)
          } else expectSame(processor, processor.run(action.steps), reference.run(action.steps))
        }
      }),
      { numRuns: 600 },
    )
  })

  it('shows samples as if each were the first, in any range of them', () => {
    const anySamples = fc.array(fc.array(anySpike, { maxLength: 12 }), { minLength: 1, maxLength: 20 })
    const anyRange = fc.tuple(fc.nat(), fc.nat())
    fc.assert(
      fc.property(anyCase, anySamples, anyRange, fc.integer({ min: 1, max: 40 }), (...drawn) => {
        const [{ settings, network }, samples, bounds, steps] = drawn
        const [from = 0, to = 0] = bounds.map((bound) => bound % (samples.length + 1)).sort((one, other) => one - other)
        const processor = new Neuroprocessor(kernel, settings)
        const spikes = samples.flat()
        processor.setSamples({
          offsets: samples.map((_, sample) => samples.slice(0, sample).flat().length).concat(spikes.length),
          steps: spikes.map(({ step }) => step),
          inputs: spikes.map(({ input }) => input),
          values: spikes.map(({ value }) => value),
        })
        processor.load(network)
        const places = network.outputs.map((id) => network.neurons.findIndex((neuron) => neuron.id === id))
        const runs = samples.slice(from, to).map((sample) => {
          const reference = referenceOf(network, settings)
          for (const { input, step, value } of sample) reference.applyValue(input, step, value)
          return reference.run(steps)
        })
        const ofOutputs = runs.flatMap(({ fireTimes }) => places.map((place) => fireTimes[place] ?? []))
        // Twice: nothing is left of the first time.
        for (const _ of [1, 2]) {
          const found = processor.runSamples({ from, to, steps })
          expect([...found.outputCounts]).toEqual(ofOutputs.map((times) => times.length))
          expect([...found.outputFirsts]).toEqual(ofOutputs.map((times) => times[0] ?? -1))
          expect(found.spikes).toBe(runs.reduce((sum, { fireTimes }) => sum + fireTimes.flat().length, 0))
          expect(found.accumulates).toBe(runs.reduce((sum, { accumulates }) => sum + accumulates, 0))
        }
      }),
      { numRuns: 500 },
    )
  })
})
