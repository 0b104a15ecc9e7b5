import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anySize } from './neuronSupport.ts'
import {
  activity,
  anyActivity,
  anySeed,
  blockOf,
  type ContractPart,
  expectClose,
  numbers,
  runs,
  unwritten,
  value,
} from './support.ts'

export const describeSpikes: ContractPart = (subject) => {
  describe('spikes', () => {
    it('are averaged and counted', () => {
      fc.assert(
        fc.property(anySize, anyActivity, anySeed, (size, kind, seed) => {
          const kernels = subject()
          const { steps, batch, neurons } = size
          const spikes = activity(kind, steps * batch * neurons, seed)
          const [rates, samples, each] = [
            new Float64Array(batch * neurons),
            new Float64Array(batch),
            new Float64Array(neurons),
          ]
          for (const [place, spike] of spikes.entries()) {
            const index = place % (batch * neurons)
            const [sample, neuron] = [Math.floor(index / neurons), index % neurons]
            rates[index] = value(rates, index) + spike / steps
            samples[sample] = value(samples, sample) + spike
            each[neuron] = value(each, neuron) + spike
          }
          const block = blockOf(kernels, [steps, batch, neurons], spikes)
          const rateBlock = unwritten(kernels, [batch, neurons])
          kernels.spikes.rates(size, block, rateBlock)
          expectClose(kernels.read(rateBlock), rates)
          expectClose(kernels.spikes.perSample(size, block), samples)
          expectClose(kernels.spikes.perNeuron(size, block), each)
        }),
        runs,
      )
    })

    it('are counted exactly, however many', () => {
      const kernels = subject()
      const size = { steps: 300, batch: 3, neurons: 1021, channels: 1021 }
      const block = blockOf(kernels, [300, 3, 1021], new Float32Array(300 * 3 * 1021).fill(1))
      expect([...kernels.spikes.perSample(size, block)]).toEqual([306_300, 306_300, 306_300])
      expect(kernels.spikes.perNeuron(size, block)).toEqual(new Float32Array(1021).fill(900))
    })

    it('are masked over a range of steps', () => {
      fc.assert(
        fc.property(anySize, anyActivity, anySeed, (size, kind, seed) => {
          const kernels = subject()
          const { steps, batch, neurons } = size
          const width = batch * neurons
          const spikes = activity(kind, steps * width, seed)
          const mask = activity('half', width, seed + 1).map((kept) => kept * 1.25)
          const range = { from: seed % steps, to: steps }
          const block = blockOf(kernels, [steps, batch, neurons], spikes)
          kernels.spikes.mask(size, range, block, blockOf(kernels, [batch, neurons], mask))
          const expected = spikes.map((spike, place) =>
            place < range.from * width ? spike : spike * value(mask, place % width),
          )
          expect(kernels.read(block)).toEqual(expected)
        }),
        runs,
      )
    })

    it('get the gradient of their rate in every step', () => {
      fc.assert(
        fc.property(anySize, anySeed, (size, seed) => {
          const kernels = subject()
          const { steps, batch, neurons } = size
          const rateGradient = numbers(batch * neurons, seed)
          const gradient = unwritten(kernels, [steps, batch, neurons])
          kernels.spikes.rateGradient(size, blockOf(kernels, [batch, neurons], rateGradient), gradient)
          const expected = Array.from({ length: steps }, () => [...rateGradient].map((entry) => entry / steps)).flat()
          expectClose(kernels.read(gradient), expected)
          kernels.spikes.addConstant(gradient, 0.125)
          expectClose(
            kernels.read(gradient),
            expected.map((entry) => entry + 0.125),
          )
        }),
        runs,
      )
    })
  })
}
