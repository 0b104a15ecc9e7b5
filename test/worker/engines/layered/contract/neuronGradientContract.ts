import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Surrogate } from '../../../../../src-core/layered/networkPlan.ts'
import type { KernelSet } from '../../../../../src-worker/engines/layered/kernelSet.ts'
import { slayer, stepsFirst } from '../../../../support/slayerCases.ts'
import { surrogateWidth } from '../../../../../src-core/layered/neuronConstants.ts'
import { neuron as goldenNeuron } from '../networks.ts'
import { goldenCase } from './neuronContract.ts'
import { anyNeuronCase, type NeuronBlocks, type NeuronCase, rangesOf, runForward } from './neuronSupport.ts'
import { blockOf, type ContractPart, expectClose, numbers, runs, unwritten, value } from './support.ts'

interface Gradients {
  readonly currents: Float32Array
  readonly currentDecay: Float32Array
  readonly voltageDecay: Float32Array
}

const derivatives: Readonly<Record<Surrogate, (x: number, tau: number) => number>> = {
  exponential: (x, tau) => Math.exp(-x) / (2 * tau),
  'fast-sigmoid': (x, tau) => 1 / (2 * tau * (1 + x) ** 2),
  arctan: (x, tau) => 1 / (2 * tau * (1 + ((Math.PI / 2) * x) ** 2)),
  superspike: (x) => 1 / (1 + x) ** 2,
  triangle: (x, tau) => Math.max(0, 1 - x / 2) / (2 * tau),
}

export const describeNeuronGradients: ContractPart = (subject) => {
  describe('gradients of neurons', () => {
    it.each(slayer.neurons)('$model $name are those of lava-dl', (golden) => {
      const kernels = subject()
      const given = goldenCase(golden)
      const gradients = runBackward(kernels, given, runForward(kernels, given), stepsFirst(golden.g))
      expectClose(gradients.currents, stepsFirst(golden.gradInput), 1e-4)
      expectClose(gradients.currentDecay, golden.gradCurrentDecay, 1e-4)
      expectClose(gradients.voltageDecay, golden.gradVoltageDecay, 1e-4)
    })

    it('are the adjoint of the linear recurrences, with the surrogate for the spike', () => {
      fc.assert(
        fc.property(anyNeuronCase, (given) => {
          checkBackward(subject(), given)
        }),
        { ...runs, numRuns: 150 },
      )
    })

    it.each([
      { model: 'alif', subtract: false, bound: 1.5 },
      { model: 'cuba', subtract: true, bound: 1.5 },
      { model: 'lif', subtract: true, bound: 4 },
      { model: 'cuba', subtract: false, bound: 0.03 },
    ] as const)('of decays are what differences come to: $model, subtract $subtract', ({ bound, ...model }) => {
      const kernels = subject()
      const size = { steps: 12, batch: 2, neurons: 3, channels: 3 }
      const neuron = { ...goldenNeuron, ...model, quantised: false, decayGradient: 'exact' as const, tauGradient: 0.02 }
      const given = (currentDecay: number, voltageDecay: number): NeuronCase => ({
        size,
        neuron,
        currentDecays: Float32Array.of(4096 * currentDecay),
        voltageDecays: Float32Array.of(4096 * voltageDecay),
        currents: numbers(72, 5, bound).map((current) => current + bound / 2),
        mask: null,
        cut: 5,
        seed: 1,
      })
      const weights = numbers(72, 6)
      /** What the gradients are of: the spikes with their surrogate, whose derivative is taken for theirs. */
      const loss = (currentDecay: number, voltageDecay: number): number => {
        const margins = kernels.read(runForward(kernels, given(currentDecay, voltageDecay)).record.margin)
        const { tau, scale } = surrogateWidth(neuron)
        return weights.reduce((sum, weight, place) => {
          const z = value(margins, place)
          const below = (scale / 2) * Math.exp(-Math.abs(z) / tau)
          return sum + weight * (z < 0 ? below : scale - below)
        }, 0)
      }
      const at = given(0.4, 0.1)
      const blocks = runForward(kernels, at)
      const spikes = kernels.read(blocks.record.spikes).reduce((sum, spike) => sum + spike, 0)
      // a reset to 0 carries no gradient, where differences see it: it is compared without spikes
      if (bound < 1) expect(spikes).toBe(0)
      else expect(spikes).toBeGreaterThan(10)
      const gradients = runBackward(kernels, at, blocks, weights)
      const step = 1 / 1024
      const expectDifference = (actual: number, difference: number): void => {
        expect(Math.abs(actual - difference)).toBeLessThan(0.01 * Math.abs(difference) + 1e-4)
      }
      if (model.model !== 'lif') {
        expectDifference(value(gradients.currentDecay, 0), (loss(0.4 + step, 0.1) - loss(0.4 - step, 0.1)) / (2 * step))
      }
      expectDifference(value(gradients.voltageDecay, 0), (loss(0.4, 0.1 + step) - loss(0.4, 0.1 - step)) / (2 * step))
    })

    it('are added to those of the decays', () => {
      const kernels = subject()
      const [golden] = slayer.neurons
      if (golden === undefined) throw new Error('There is no golden neuron.')
      const given = goldenCase(golden)
      const blocks = runForward(kernels, given)
      const gradients = runBackward(kernels, given, blocks, stepsFirst(golden.g), 1)
      expectClose(
        gradients.currentDecay.map((sum) => sum - 1),
        golden.gradCurrentDecay,
        1e-3,
      )
      expectClose(
        gradients.voltageDecay.map((sum) => sum - 1),
        golden.gradVoltageDecay,
        1e-3,
      )
    })

    it('need no gradient of the decays', () => {
      const kernels = subject()
      const [golden] = slayer.neurons
      if (golden === undefined) throw new Error('There is no golden neuron.')
      const given = goldenCase(golden)
      const { decays, record } = runForward(kernels, given)
      const gradient = blockOf(kernels, record.spikes.shape, stepsFirst(golden.g))
      const currents = unwritten(kernels, record.spikes.shape)
      const range = { from: 0, to: given.size.steps }
      const withoutCurrent = { ...record, current: null }
      kernels.neurons.backward(given.size, range, given.neuron, decays, withoutCurrent, gradient, null, currents, null)
      expectClose(kernels.read(currents), stepsFirst(golden.gradInput), 1e-4)
    })

    it('leave neurons alone that are masked', () => {
      const kernels = subject()
      const [golden] = slayer.neurons
      if (golden === undefined) throw new Error('There is no golden neuron.')
      const given = { ...goldenCase(golden), mask: Float32Array.of(0, 1, 0, 1, 0, 1) }
      const { currents } = runBackward(kernels, given, runForward(kernels, given), stepsFirst(golden.g))
      expect(currents.filter((gradient, place) => place % 2 === 0 && gradient !== 0)).toHaveLength(0)
      expect(currents.some((gradient) => gradient !== 0)).toBe(true)
    })
  })
}

/** Backward in the case's two ranges, the later first. */
const runBackward = (
  kernels: KernelSet,
  given: NeuronCase,
  { decays, record }: NeuronBlocks,
  spikeGradient: Float32Array,
  before = 0,
): Gradients => {
  const { size, neuron, mask } = given
  const gradient = blockOf(kernels, record.spikes.shape, spikeGradient)
  const maskBlock = mask === null ? null : blockOf(kernels, [size.batch, size.neurons], mask)
  const currents = unwritten(kernels, record.spikes.shape)
  const sums = { current: kernels.block(decays.current.shape), voltage: kernels.block(decays.voltage.shape) }
  kernels.fill(sums.current, before)
  kernels.fill(sums.voltage, before)
  for (const range of rangesOf(given).reverse()) {
    kernels.neurons.backward(size, range, neuron, decays, record, gradient, maskBlock, currents, sums)
  }
  return {
    currents: kernels.read(currents),
    currentDecay: kernels.read(sums.current),
    voltageDecay: kernels.read(sums.voltage),
  }
}

const checkBackward = (kernels: KernelSet, given: NeuronCase): void => {
  const { size, neuron, mask, currentDecays, voltageDecays } = given
  const blocks = runForward(kernels, given)
  const margins = kernels.read(blocks.record.margin)
  const voltages = kernels.read(blocks.record.voltage)
  const currents = blocks.record.current === null ? null : kernels.read(blocks.record.current)
  const width = size.batch * size.neurons
  const exact = neuron.decayGradient === 'exact'
  /** What a spike left of a membrane potential, where decays have their exact gradient. */
  const left = (place: number): number => {
    const margin = value(margins, place)
    return exact && neuron.model !== 'alif' && margin > 0 ? (neuron.subtract ? margin : 0) : value(voltages, place)
  }
  const sign = exact ? -1 : 1
  const spikeGradient = numbers(size.steps * width, given.seed + 9)
  const actual = runBackward(kernels, given, blocks, spikeGradient)
  const expected = new Float64Array(size.steps * width)
  const [currentSums, voltageSums] = [new Float64Array(currentDecays.length), new Float64Array(voltageDecays.length)]
  const threshold = neuron.quantised ? Math.trunc(neuron.threshold * 64) / 64 : neuron.threshold
  const tau = neuron.tauGradient * threshold * 100
  // what a decay's gradient is a sum of: its rounding is that of the largest terms
  let [currentTerms, voltageTerms] = [0, 0]
  for (let index = 0; index < width; index++) {
    const keep = (decays: Float32Array): number => {
      const decay = Math.min(Math.max(value(decays, (index % size.channels) % decays.length), 0), 4096)
      return 1 - (neuron.quantised ? nearest(decay) : decay) / 4096
    }
    let [voltage, current] = [0, 0]
    for (let step = size.steps - 1; step >= 0; step--) {
      const place = step * width + index
      const channel = index % size.channels
      const [voltageTerm, currentTerm] = [
        sign * voltage * left(place),
        currents === null ? 0 : sign * current * value(currents, place),
      ]
      voltageSums[channel % voltageSums.length] = value(voltageSums, channel % voltageSums.length) + voltageTerm
      currentSums[channel % currentSums.length] = value(currentSums, channel % currentSums.length) + currentTerm
      voltageTerms += Math.abs(voltageTerm)
      currentTerms += Math.abs(currentTerm)
      const slope =
        0.1 * neuron.scaleGradient * derivatives[neuron.surrogate](Math.abs(value(margins, place)) / tau, tau)
      voltage = keep(voltageDecays) * voltage + slope * value(spikeGradient, place)
      current = neuron.model === 'lif' ? voltage : keep(currentDecays) * current + voltage
      expected[place] = current * (mask === null ? 1 : value(mask, index))
    }
  }
  expectClose(actual.currents, expected, 1e-4)
  expectSums(actual.voltageDecay, voltageSums, voltageTerms)
  expectSums(actual.currentDecay, currentSums, currentTerms)
}

const nearest = (number: number): number => (number % 1 === 0.5 ? 2 * Math.round(number / 2) : Math.round(number))

const expectSums = (actual: Float32Array, expected: Float64Array, terms: number): void => {
  for (const [index, sum] of expected.entries()) {
    expect(Math.abs(value(actual, index) - sum)).toBeLessThanOrEqual(1e-4 * terms + 1e-12)
  }
}
