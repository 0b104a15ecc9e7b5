import { describe, expect, it } from 'vitest'
import { sizeOf } from '../../../../src-core/encoding/inputEvents.ts'
import type { NeuronPlan, Surrogate } from '../../../../src-core/layered/networkPlan.ts'
import { surrogateWidth } from '../../../../src-core/layered/neuronConstants.ts'
import { surrogates } from '../../../oracles/layered/surrogateGradients.ts'
import type { Block } from '../../../../src-worker/engines/layered/kernelSet.ts'
import { createReferenceKernels } from '../../../oracles/layered/createReferenceKernels.ts'
import { blockOf, numbers, value } from './contract/support.ts'
import { neuron } from './networks.ts'

const kernels = createReferenceKernels()

const dot = (left: ArrayLike<number>, right: ArrayLike<number>): number =>
  Array.from(left).reduce((sum, entry, index) => sum + entry * value(right, index), 0)

const close = (actual: number, expected: number, tolerance: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)))
}

interface LinearMap {
  readonly from: number[]
  readonly to: number[]
  forward(input: Block, output: Block): void
  adjoint(gradient: Block, inputGradient: Block): void
}

const input = { channels: 3, rows: 7, columns: 6 }
/** The output has (7 + 2 - 3) / 2 + 1 = 4 rows and, rounded down, (6 + 2 - 3) / 2 + 1 = 3 columns. */
const conv = {
  steps: 4,
  batch: 2,
  input,
  output: { channels: 5, rows: 4, columns: 3 },
  kernel: 3,
  stride: 2,
  padding: 1,
  gradient: 'direct' as const,
}
const pool = { ...conv, output: { channels: 3, rows: 3, columns: 3 }, kernel: 2, padding: 0, weight: 0.5 }
const dense = { steps: 4, batch: 2, inputs: 126, neurons: 5 }
const activity = { steps: 9, batch: 2, neurons: 6, channels: 3 }
const all = { from: 0, to: 4 }
const convWeights = blockOf(kernels, [3, 3, 3, 5], numbers(135, 1))
const denseWeights = blockOf(kernels, [126, 5], numbers(630, 2))
const delays = blockOf(kernels, [3], [0, 2.7, 5])
const places = { from: [4, 2, 126] }

const maps: Readonly<Record<string, LinearMap>> = {
  conv: {
    ...places,
    to: [4, 2, sizeOf(conv.output)],
    forward(spikes, currents) {
      kernels.conv.forward(conv, spikes, convWeights, currents)
    },
    adjoint(gradient, inputGradient) {
      kernels.conv.inputGradient(conv, gradient, convWeights, inputGradient)
    },
  },
  pool: {
    ...places,
    to: [4, 2, 27],
    forward(spikes, currents) {
      kernels.pool.forward(pool, spikes, currents)
    },
    adjoint(gradient, inputGradient) {
      kernels.pool.inputGradient(pool, gradient, inputGradient)
    },
  },
  dense: {
    ...places,
    to: [4, 2, 5],
    forward(spikes, currents) {
      kernels.dense.forward(dense, all, spikes, denseWeights, currents, false, 1)
    },
    adjoint(gradient, inputGradient) {
      kernels.dense.inputGradient(dense, all, gradient, denseWeights, inputGradient, false, 1)
    },
  },
  delay: {
    from: [9, 2, 6],
    to: [9, 2, 6],
    forward(spikes, delayed) {
      kernels.delay.forward(activity, spikes, delays, delayed)
    },
    adjoint(gradient, spikeGradient) {
      kernels.delay.backward(activity, gradient, delays, kernels.block([9, 2, 6]), spikeGradient, null)
    },
  },
}

describe('linear parts', () => {
  it.each(Object.entries(maps))('%s: <A x, y> = <x, A* y>', (_, map) => {
    const [x, y] = [kernels.block(map.from), kernels.block(map.to)]
    const [forward, adjoint] = [kernels.block(map.to), kernels.block(map.from)]
    kernels.write(x, numbers(x.size, 5))
    kernels.write(y, numbers(y.size, 6))
    map.forward(x, forward)
    map.adjoint(y, adjoint)
    const expected = dot(kernels.read(forward), kernels.read(y))
    expect(Math.abs(expected)).toBeGreaterThan(1e-3)
    close(dot(kernels.read(x), kernels.read(adjoint)), expected, 1e-5)
  })

  it('conv and dense: <A x, y> is <W, gradient of W> too', () => {
    const cases = [
      [conv, 'conv', convWeights, sizeOf(conv.output)],
      [dense, 'dense', denseWeights, 5],
    ] as const
    for (const [size, type, weights, outputs] of cases) {
      const x = blockOf(kernels, [4, 2, 126], numbers(1008, 7))
      const y = blockOf(kernels, [4, 2, outputs], numbers(8 * outputs, 8))
      const [currents, gradient] = [kernels.block([4, 2, outputs]), kernels.block(weights.shape)]
      if (type === 'conv') {
        kernels.conv.forward(size, x, weights, currents)
        kernels.conv.weightGradient(size, x, y, gradient)
      } else {
        kernels.dense.forward(size, all, x, weights, currents, false, 0)
        kernels.dense.weightGradient(size, x, y, gradient, 0)
      }
      close(dot(kernels.read(weights), kernels.read(gradient)), dot(kernels.read(currents), kernels.read(y)), 1e-5)
    }
  })
})

const size = { steps: 12, batch: 1, neurons: 1, channels: 1 }
const range = { from: 0, to: 12 }
const currents = numbers(12, 21).map((current) => 0.4 * current + 0.15)
const slopes = numbers(12, 22)

/** sum_t g[t] S(v[t] - limit[t]), S the surrogate's smooth step: what the backward pass is the gradient of. */
const smoothed = (
  plan: NeuronPlan,
  inputs: ArrayLike<number>,
  limits: readonly number[],
  currentDecay: number,
  voltageDecay: number,
): number => {
  const { tau, scale } = surrogateWidth(plan)
  let [u, v, sum] = [0, 0, 0]
  for (const [step, limit] of limits.entries()) {
    u = plan.model === 'lif' ? value(inputs, step) : (1 - currentDecay) * u + value(inputs, step)
    v = (1 - voltageDecay) * v + u
    sum += value(slopes, step) * surrogates[plan.surrogate].value(v - limit, tau, scale)
  }
  return sum
}

describe.each(['exponential', 'fast-sigmoid', 'arctan', 'superspike', 'triangle'] satisfies Surrogate[])(
  'the way back through a neuron, %s',
  (surrogate) => {
    const cases = [
      ['alif that spikes', { model: 'alif', threshold: 0.3, refractoryDecay: 0.9 }],
      // a reset carries no gradient: below the threshold there is none
      ['cuba below its threshold', { model: 'cuba', threshold: 4 }],
      ['lif below its threshold', { model: 'lif', threshold: 4 }],
    ] as const
    it.each(cases)('is the gradient of the smoothed recurrences: %s', (_, settings) => {
      const plan: NeuronPlan = {
        ...neuron,
        surrogate,
        quantised: false,
        ...settings,
        tauGradient: 0.008,
        scaleGradient: 5,
      }
      const { currentDecay, voltageDecay } = plan
      const decays = {
        current: blockOf(kernels, [1], [4096 * currentDecay]),
        voltage: blockOf(kernels, [1], [4096 * voltageDecay]),
      }
      const shape = [12, 1, 1]
      const record = {
        spikes: kernels.block(shape),
        voltage: kernels.block(shape),
        margin: kernels.block(shape),
        current: kernels.block(shape),
      }
      kernels.neurons.forward(size, range, plan, decays, blockOf(kernels, shape, currents), null, record)
      const margins = kernels.read(record.margin)
      const limits = [...kernels.read(record.voltage)].map((voltage, step) => voltage - value(margins, step))
      expect(kernels.read(record.spikes).includes(1)).toBe(plan.model === 'alif')
      const gradient = kernels.block(shape)
      const sums = { current: kernels.block([1]), voltage: kernels.block([1]) }
      kernels.neurons.backward(size, range, plan, decays, record, blockOf(kernels, shape, slopes), null, gradient, sums)
      const h = 1e-5
      for (const [step, slope] of kernels.read(gradient).entries()) {
        const at = (change: number): number => {
          const inputs = Array.from(currents, (current, index) => (index === step ? current + change : current))
          return smoothed(plan, inputs, limits, currentDecay, voltageDecay)
        }
        close(slope, (at(h) - at(-h)) / (2 * h), 1e-4)
      }
      // the derivative by a decay from 0 to 1 is minus lava-dl's sum
      const byVoltage = (change: number): number =>
        smoothed(plan, currents, limits, currentDecay, voltageDecay + change)
      const byCurrent = (change: number): number =>
        smoothed(plan, currents, limits, currentDecay + change, voltageDecay)
      close(-value(kernels.read(sums.voltage), 0), (byVoltage(h) - byVoltage(-h)) / (2 * h), 1e-3)
      close(-value(kernels.read(sums.current), 0), (byCurrent(h) - byCurrent(-h)) / (2 * h), 1e-3)
    })
  },
)
