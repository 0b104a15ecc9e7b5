import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestTrial, bestTrials, isFeasible } from '../../../src-core/progress/best.ts'
import { complete, row, running, stopped } from './fixtures.ts'

describe('bestTrial', () => {
  it('is the feasible trial of highest objective, whatever an infeasible one reached', () => {
    expect(bestTrial([complete(0, 0.99, 0.2), complete(1, 0.4), complete(2, 0.6)])?.number).toBe(2)
  })

  it('is the trial of least violation while none is feasible, then that of the higher objective', () => {
    const rows = [complete(0, 0.9, 0.3), complete(1, 0.2, 0.1), complete(2, 0.3, 0.1)]
    expect(bestTrial(rows)?.number).toBe(2)
  })

  it('is the earlier one of equals', () => {
    expect(bestTrial([complete(7, 0.5), complete(3, 0.5)])?.number).toBe(3)
  })

  it('is never a failed, waiting or running trial, nor one without a finite objective', () => {
    const failure = { reason: 'non-finite', message: 'the weights are not finite' } as const
    const rows = [
      row(0, { state: 'failed', objective: 1, violation: 0, failure }),
      row(1),
      running(2, 0, 0.5),
      complete(3, Number.NaN),
    ]
    expect(bestTrial(rows)).toBeNull()
  })

  it('is infeasible only when no row is feasible, in any order of rows (seed 1)', () => {
    const violations = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.1, 0.5)), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(violations, (values) => {
        const rows = values.map(([objective, violation], number) => complete(number, objective, violation))
        const best = bestTrial(rows)
        const sameBackwards = bestTrial([...rows].reverse())
        return (
          best?.number === sameBackwards?.number && best?.violation === Math.min(...rows.map((r) => r.violation ?? 1))
        )
      }),
      { seed: 1 },
    )
  })
})

describe('bestTrials', () => {
  it('lists feasible trials by objective, then infeasible ones by violation', () => {
    const rows = [
      stopped(0, 0.9, { violation: 0.5 }),
      complete(1, 0.3),
      stopped(2, 0.1, { violation: 0.2 }),
      complete(3, 0.8),
    ]
    expect(bestTrials(rows, 3).map(({ number }) => number)).toEqual([3, 1, 2])
    expect(bestTrials(rows, 3).map(isFeasible)).toEqual([true, true, false])
  })
})
