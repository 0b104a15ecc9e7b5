import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateLoss, type Loss, predictions } from '../../../src-core/layered/losses.ts'
import { slayer } from '../../support/slayerCases.ts'

const seed = 20261123
const losses: readonly Loss[] = [
  { type: 'rate', trueRate: 0.2, falseRate: 0.03 },
  { type: 'max' },
  { type: 'cross-entropy' },
]

describe(`losses (fast-check seed ${seed})`, () => {
  it.each(slayer.losses)('$loss is that of lava-dl, and so is its gradient', (golden) => {
    const trains = golden.output.map((sample) => sample.map((channel) => channel.flat(2)))
    const rates = Float32Array.from(
      trains.flat(),
      (train) => train.reduce((sum, spike) => sum + spike, 0) / train.length,
    )
    const loss: Loss = golden.loss === 'rate' ? { type: 'rate', ...golden } : { type: 'max' }
    const { value, gradient } = evaluateLoss({ ...loss, type: golden.loss } as Loss, rates, golden.labels, 4)
    expect(Math.abs(value - golden.value)).toBeLessThan(1e-4 * golden.value)
    const expected = golden.grad.flatMap((sample) => sample.map((channel) => channel.flat(2)))
    for (const [index, steps] of expected.entries()) {
      for (const slope of steps) expect(Math.abs((gradient[index] ?? 0) / steps.length - slope)).toBeLessThan(1e-5)
    }
  })

  it.each(losses)('$type has the gradient of its value', (loss) => {
    const anyRates = fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(anyRates, fc.integer({ min: 0, max: 4 }), (rates, label) => {
        const { gradient } = evaluateLoss(loss, Float32Array.from(rates), [label], 5)
        for (const [index, slope] of gradient.entries()) {
          const valueAt = (change: number): number =>
            evaluateLoss(
              loss,
              Float32Array.from(rates, (rate, c) => (c === index ? rate + change : rate)),
              [label],
              5,
            ).value
          const step = 2 ** -9
          expect(Math.abs((valueAt(step) - valueAt(-step)) / (2 * step) - slope)).toBeLessThan(
            0.02 + 0.02 * Math.abs(slope),
          )
        }
      }),
      { seed, numRuns: 50 },
    )
  })

  it.each(losses)('$type is a sum over the batch', (loss) => {
    const rates = Float32Array.of(0.1, 0.3, 0.2, 0.5, 0, 0.4)
    const whole = evaluateLoss(loss, rates, [2, 0], 3)
    const parts = [evaluateLoss(loss, rates.slice(0, 3), [2], 3), evaluateLoss(loss, rates.slice(3), [0], 3)]
    expect(whole.value).toBeCloseTo((parts[0]?.value ?? 0) + (parts[1]?.value ?? 0), 12)
    expect([...whole.gradient]).toEqual(parts.flatMap(({ gradient }) => [...gradient]))
  })

  it('keeps the value and gradient of max finite when a class is silent, or all are', () => {
    const silent = evaluateLoss({ type: 'max' }, Float32Array.of(0, 0.5), [0], 2)
    expect(silent.value).toBeCloseTo(Math.log(500), 6)
    expect(silent.gradient[0]).toBeCloseTo(2 - 1000, 3)
    const all = evaluateLoss({ type: 'max' }, new Float32Array(4), [1], 4)
    expect(all.value).toBeCloseTo(Math.log(4), 6)
    expect([...all.gradient]).toEqual([250, -750, 250, 250])
  })

  it('refuses a label that is no class, and rates of another number of samples', () => {
    const rates = new Float32Array(6)
    for (const labels of [[3, 0], [-1, 0], [0.5, 0], [0]]) {
      expect(() => evaluateLoss({ type: 'max' }, rates, labels, 3)).toThrow(RangeError)
    }
  })
})

describe('predictions', () => {
  it('are the classes of the highest rates, the lowest of equal ones', () => {
    expect([...predictions(Float32Array.of(0.1, 0.3, 0.2, 0, 0, 0, 0.2, 0.5, 0.5), 3)]).toEqual([1, 0, 1])
  })
})
