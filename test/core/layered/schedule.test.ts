import { describe, expect, it } from 'vitest'
import { learningRateFactor, type Schedule } from '../../../src-core/layered/schedule.ts'

const factors = (schedule: Schedule, steps: number): number[] =>
  Array.from({ length: steps }, (_, step) => learningRateFactor(schedule, step, steps))

describe('the factor of the learning rate', () => {
  it('is always 1 when constant', () => {
    expect(factors('constant', 3)).toEqual([1, 1, 1])
  })

  it('falls along a cosine', () => {
    const found = factors('cosine', 4)
    const expected = [1, (1 + Math.SQRT1_2) / 2, 0.5, (1 - Math.SQRT1_2) / 2]
    for (const [step, value] of expected.entries()) expect(found[step]).toBeCloseTo(value, 12)
  })

  it('is a tenth after half and a hundredth after three quarters', () => {
    expect(factors('step', 8)).toEqual([1, 1, 1, 1, 0.1, 0.1, 0.01, 0.01])
  })

  it('rises and falls once as PyTorch OneCycleLR does', () => {
    // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10): rises to step 2, falls to step 9.
    const found = factors('one-cycle', 10)
    const fall = (share: number): number => 4e-6 + ((1 - 4e-6) * (1 + Math.cos(Math.PI * share))) / 2
    const expected = [0.04, 0.52, 1, ...[1, 2, 3, 4, 5, 6, 7].map((step) => fall(step / 7))]
    for (const [step, value] of expected.entries()) expect(found[step]).toBeCloseTo(value, 12)
    expect(found[9]).toBeCloseTo(4e-6, 12)
  })

  it.each<Schedule>(['constant', 'cosine', 'step', 'one-cycle'])(
    'of %s is above 0 and at most 1, however few steps',
    (schedule) => {
      for (const steps of [1, 2, 3, 4, 7, 100]) {
        for (const factor of factors(schedule, steps)) {
          expect(factor).toBeGreaterThan(0)
          expect(factor).toBeLessThanOrEqual(1)
        }
      }
    },
  )
})
