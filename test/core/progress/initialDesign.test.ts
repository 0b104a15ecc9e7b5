import { describe, expect, it } from 'vitest'
import { initialDesignReport, isInitialDesign } from '../../../src-core/progress/initialDesign.ts'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { complete, row, running, stopped } from './fixtures.ts'

const initial = (trial: TrialRow): TrialRow => ({ ...trial, initialDesign: true })
const after = (trial: TrialRow): TrialRow => ({ ...trial, initialDesign: false })

describe('isInitialDesign', () => {
  it.each([
    [{ optimiser: 'scbo', phase: 'initial', told: 0, life: 0, point: 0 }, true],
    [{ optimiser: 'ei', phase: 'initial', told: 0, point: 0 }, true],
    [{ optimiser: 'tpe', phase: 'startup' }, true],
    [{ optimiser: 'scbo', phase: 'region', life: 0 }, false],
    [{ optimiser: 'scbo', phase: 'initial', told: 90, life: 1, point: 90 }, false],
    [{ optimiser: 'tpe', phase: 'model' }, false],
    [{ optimiser: 'sobol', point: 3 }, null],
    [{}, null],
  ])('of %o is %s', (explanation, expected) => {
    expect(isInitialDesign(explanation)).toBe(expected)
  })
})

describe('initialDesignReport', () => {
  it('has the best feasible trial and the shares of the initial design, and of what came after it', () => {
    const rows = [
      initial(complete(0, 0.6)),
      initial(complete(1, 0.9, 0.2)),
      initial(stopped(2, 0.95)),
      initial(row(3, { state: 'failed' })),
      after(complete(4, 0.7)),
      after(complete(5, 0.8)),
      after(stopped(6, 0.99)),
    ]
    expect(initialDesignReport(rows)).toEqual({
      initial: { finished: 4, feasibleShare: 0.25, stoppedShare: 0.25, best: { number: 0, objective: 0.6 } },
      after: { finished: 3, feasibleShare: 2 / 3, stoppedShare: 1 / 3, best: { number: 5, objective: 0.8 } },
    })
  })

  it('has no best trial where none is feasible, and counts no trial that has not ended', () => {
    const rows = [initial(stopped(0, 0.3)), initial(running(1, 0, 0.5)), after(row(2))]
    expect(initialDesignReport(rows)).toEqual({
      initial: { finished: 1, feasibleShare: 0, stoppedShare: 1, best: null },
      after: { finished: 0, feasibleShare: 0, stoppedShare: 0, best: null },
    })
  })

  it('is nothing for an optimiser without an initial design', () => {
    expect(initialDesignReport([complete(0, 0.6), stopped(1, 0.2)])).toBeNull()
  })
})
