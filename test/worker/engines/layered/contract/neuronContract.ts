import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KernelSet } from '../../../../../src-worker/engines/layered/kernelSet.ts'
import { neuronOf, slayer, stepsFirst } from '../../../../support/slayerCases.ts'
import { anyNeuronCase, type NeuronCase, runForward } from './neuronSupport.ts'
import { type ContractPart, numbers, runs, value } from './support.ts'

export const describeNeurons: ContractPart = (subject) => {
  describe('neurons', () => {
    it.each(slayer.neurons)('$model $name has the states and spikes of lava-dl, exactly', (golden) => {
      const kernels = subject()
      const { record } = runForward(kernels, goldenCase(golden))
      const margin = golden.threshold === undefined ? null : marginOf(golden)
      expect(kernels.read(record.spikes)).toEqual(stepsFirst(golden.spikes))
      expect(kernels.read(record.voltage)).toEqual(stepsFirst(golden.voltage))
      if (record.current !== null) expect(kernels.read(record.current)).toEqual(stepsFirst(golden.current))
      if (margin !== null) expect(kernels.read(record.margin)).toEqual(margin)
    })

    it('follow their equations, exactly in fixed point', () => {
      fc.assert(
        fc.property(anyNeuronCase, (given) => {
          checkForward(subject(), given)
        }),
        { ...runs, numRuns: 150 },
      )
    })

    it('keep fixed point up to states of 4,096', () => {
      for (const model of ['alif', 'cuba', 'lif'] as const) {
        const size = { steps: 40, batch: 1, neurons: 6, channels: 3 }
        const neuron = { ...neuronOf(firstParams(), 'alif'), model, subtract: true }
        const currents = numbers(240, 17, 260).map((current) => current + 40)
        const [currentDecays, voltageDecays] = [Float32Array.of(1800), Float32Array.of(900.5)]
        const given = { size, neuron, currents, currentDecays, voltageDecays, mask: null, cut: 7, seed: 0 }
        checkForward(subject(), given)
      }
    })

    it('count decays outside 0 to 1 as 0 or 1', () => {
      for (const quantised of [true, false]) {
        const size = { steps: 9, batch: 2, neurons: 2, channels: 2 }
        const neuron = { ...neuronOf(firstParams(), 'cuba'), quantised, decays: 'per-channel' as const }
        const given = { size, neuron, currents: numbers(36, 5, 1.5), mask: null, cut: 0, seed: 0 }
        const outside = {
          ...given,
          currentDecays: Float32Array.of(-30, 5000),
          voltageDecays: Float32Array.of(4097, -1),
        }
        const inside = { ...given, currentDecays: Float32Array.of(0, 4096), voltageDecays: Float32Array.of(4096, 0) }
        const kernels = subject()
        const [first, second] = [outside, inside].map((each) => kernels.read(runForward(kernels, each).record.voltage))
        expect(first).toEqual(second)
      }
    })

    it('do without a record of the current', () => {
      const kernels = subject()
      const [golden] = slayer.neurons
      if (golden === undefined) throw new Error('There is no golden neuron.')
      const given = goldenCase(golden)
      const { decays, record } = runForward(kernels, given)
      const expected = kernels.read(record.voltage)
      const [currents, shape] = [kernels.block(record.spikes.shape), { from: 0, to: given.size.steps }]
      kernels.write(currents, given.currents)
      kernels.neurons.forward(given.size, shape, given.neuron, decays, currents, null, { ...record, current: null })
      expect(kernels.read(record.voltage)).toEqual(expected)
    })
  })
}

export const goldenCase = (golden: (typeof slayer.neurons)[number]): NeuronCase => {
  const neuron = neuronOf(golden.params, golden.model === 'ALIF' ? 'alif' : 'cuba')
  const [batch, neurons, steps] = [golden.input.length, golden.input[0]?.length ?? 0, golden.input[0]?.[0]?.length ?? 0]
  return {
    size: { steps, batch, neurons, channels: neurons },
    neuron,
    currentDecays: Float32Array.of(4096 * neuron.currentDecay),
    voltageDecays: Float32Array.of(4096 * neuron.voltageDecay),
    currents: stepsFirst(golden.input),
    mask: null,
    cut: 11,
    seed: 0,
  }
}

const firstParams = (): (typeof slayer.neurons)[number]['params'] => {
  const [first] = slayer.neurons
  if (first === undefined) throw new Error('There is no golden neuron.')
  return first.params
}

const marginOf = ({ voltage, threshold, refractory }: (typeof slayer.neurons)[number]): Float32Array => {
  const [thresholds, refractories] = [stepsFirst(threshold ?? []), stepsFirst(refractory ?? [])]
  return stepsFirst(voltage).map((v, place) => v - (value(thresholds, place) + value(refractories, place)))
}

/**
 * Runs every neuron again with the spikes of the record: states agree, and a spike is where the margin says. In plain
 * float a margin that is 0 but for rounding may fall to either side.
 */
const checkForward = (kernels: KernelSet, given: NeuronCase): void => {
  const { size, neuron } = given
  const { record } = runForward(kernels, given)
  const [spikes, voltages, margins] = [record.spikes, record.voltage, record.margin].map((block) => kernels.read(block))
  const currents = record.current === null ? null : kernels.read(record.current)
  if (spikes === undefined || voltages === undefined || margins === undefined) throw new Error('Nothing was recorded.')
  const q = neuron.quantised
  const unit = q ? 4096 : 1
  const width = size.batch * size.neurons
  const near = (actual: number, expected: number): void => {
    const error = Math.abs(actual - expected / unit)
    if (!(error <= (q ? 0 : 1e-4 * (1 + Math.abs(expected))))) expect({ given, actual }).toEqual(expected / unit)
  }
  for (let index = 0; index < width; index++) {
    const channel = index % size.channels
    const decay = (scaled: number): number => {
      const clamped = Math.min(Math.max(scaled, 0), 4096)
      return q ? nearestEven(clamped) : clamped / 4096
    }
    const left = (state: number, lost: number): number =>
      q ? Math.trunc((state * (4096 - lost)) / 4096) : state * (1 - lost)
    const currentLoss = decay(value(given.currentDecays, channel % given.currentDecays.length))
    const voltageLoss = decay(value(given.voltageDecays, channel % given.voltageDecays.length))
    const rest = q ? Math.trunc(neuron.threshold * 64) * 64 : neuron.threshold
    const rise = q ? Math.trunc(neuron.thresholdStep * 64) * 64 : neuron.thresholdStep
    let [u, v, threshold, refractory] = [0, 0, rest, 0]
    for (let step = 0; step < size.steps; step++) {
      const place = step * width + index
      const x = Math.fround(value(given.currents, place) * (given.mask === null ? 1 : value(given.mask, index)))
      const input = q ? Math.trunc(x * 4096) : x
      u = neuron.model === 'lif' ? input : left(u, currentLoss) + input
      v = left(v, voltageLoss) + u
      threshold = rest + left(threshold - rest, decay(4096 * neuron.thresholdDecay))
      refractory = left(refractory, decay(4096 * neuron.refractoryDecay))
      const margin = neuron.model === 'alif' ? v - threshold - refractory : v - rest
      near(value(voltages, place), v)
      near(value(margins, place), margin)
      if (currents !== null) near(value(currents, place), u)
      const spike = value(spikes, place)
      const expected = neuron.model === 'alif' ? margin >= 0 : margin > 0
      if (spike !== Number(expected) && (q || Math.abs(margin) > 1e-4 * (1 + Math.abs(v)))) {
        expect({ given, index, step, spike }).toEqual({ spike: expected })
      }
      if (spike === 1 && neuron.model === 'alif')
        [refractory, threshold] = [refractory + 2 * threshold, threshold + rise]
      else if (spike === 1) v = neuron.subtract ? v - rest : 0
    }
  }
}

const nearestEven = (number: number): number => {
  const below = Math.floor(number)
  const rest = number - below
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1
}
