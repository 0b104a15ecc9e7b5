import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivitySize, KernelSet } from '../../../../../src-worker/engines/layered/kernelSet.ts'
import { slayer, stepsFirst } from '../../../../support/slayerCases.ts'
import { anySize } from './neuronSupport.ts'
import {
  activity,
  type ActivityKind,
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

export const describeDelays: ContractPart = (subject) => {
  describe('delays', () => {
    it('are those of lava-dl, and the shift by a step', () => {
      const kernels = subject()
      const [golden] = slayer.delay
      const [batch, neurons, given] = [golden.input.length, golden.delay.length, golden.input[0]?.[0]?.length ?? 0]
      // lava-dl shifts by a step elsewhere: with a step more, ours come one later
      const size = { steps: given + 1, batch, neurons, channels: neurons }
      const shape = [size.steps, batch, neurons]
      const first = new Float32Array(batch * neurons)
      const delays = blockOf(kernels, [neurons], golden.delay)
      const spikes = blockOf(kernels, shape, [...stepsFirst(golden.input), ...first])
      const delayed = unwritten(kernels, shape)
      kernels.delay.forward(size, spikes, delays, delayed)
      expect([...kernels.read(delayed)]).toEqual([...first, ...stepsFirst(golden.output)])
      const gradient = blockOf(kernels, shape, [...first, ...stepsFirst(golden.g)])
      const [spikeGradient, delayGradient] = [unwritten(kernels, shape), unwritten(kernels, [neurons])]
      kernels.delay.backward(size, gradient, delays, delayed, spikeGradient, delayGradient)
      expectClose(kernels.read(spikeGradient), [...stepsFirst(golden.gradInput), ...first], 1e-4)
      expectClose(kernels.read(delayGradient), golden.gradDelay, 1e-4)
    })

    it('shift, with the adjoint and the gradient of the delays', () => {
      fc.assert(
        fc.property(anySize, anyActivity, fc.constantFrom(null, 1, 9, 62), anySeed, (size, kind, longest, seed) => {
          const delays =
            longest === null ? null : numbers(size.channels, seed + 5, longest / 2).map((d) => d + longest / 2)
          checkDelays(subject(), size, kind, delays, seed)
        }),
        runs,
      )
    })

    it('take whole, fractional and longest delays', () => {
      const size = { steps: 70, batch: 1, neurons: 6, channels: 6 }
      checkDelays(subject(), size, 'half', Float32Array.of(0, 0.999, 1, 3.5, 61.99, 62), 2)
    })
  })
}

const checkDelays = (
  kernels: KernelSet,
  size: ActivitySize,
  kind: ActivityKind,
  delays: Float32Array | null,
  seed: number,
): void => {
  const { steps, batch, neurons, channels } = size
  const width = batch * neurons
  const shape = [steps, batch, neurons]
  const spikes = activity(kind, steps * width, seed)
  const gradient = numbers(steps * width, seed + 1)
  const shift = (place: number): number =>
    1 + (delays === null ? 0 : Math.floor(value(delays, (place % width) % channels)))
  const expected = spikes.map((_, place) => spikes[place - shift(place) * width] ?? 0)
  const adjoint = gradient.map((_, place) => gradient[place + shift(place) * width] ?? 0)
  const slopes = new Float64Array(channels)
  for (const [place, delayed] of expected.entries()) {
    const channel = (place % width) % channels
    slopes[channel] = value(slopes, channel) - value(gradient, place) * (delayed - (expected[place - width] ?? 0))
  }
  const delayBlock = delays === null ? null : blockOf(kernels, [channels], delays)
  const [delayed, spikeGradient, delayGradient] = [
    unwritten(kernels, shape),
    unwritten(kernels, shape),
    unwritten(kernels, [channels]),
  ]
  const gradientBlock = blockOf(kernels, shape, gradient)
  kernels.delay.forward(size, blockOf(kernels, shape, spikes), delayBlock, delayed)
  expect(kernels.read(delayed)).toEqual(expected)
  kernels.delay.backward(
    size,
    gradientBlock,
    delayBlock,
    delayed,
    spikeGradient,
    delays === null ? null : delayGradient,
  )
  expect(kernels.read(spikeGradient)).toEqual(adjoint)
  if (delays !== null) expectClose(kernels.read(delayGradient), slopes, 1e-4)
}
