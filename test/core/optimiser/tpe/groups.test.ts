import { describe, expect, it } from 'vitest'
import { type Observation, observationOf, splitTrials } from '../../../../src-core/optimiser/tpe/groups.ts'
import { finishedTrial } from '../contract.ts'

const observation = (x: number, objective: number | null, violation: number): Observation => ({
  configuration: { x },
  objective,
  violation,
})
const goodOf = (observations: readonly Observation[]) =>
  splitTrials(observations).good.map(({ configuration: { x } }) => x)

describe('the groups of TPE', () => {
  it('are a tenth of the trials, rounded up and 25 at most, and the others', () => {
    for (const [trials, good] of [
      [1, 1],
      [10, 1],
      [11, 2],
      [100, 10],
      [250, 25],
      [1000, 25],
    ] as const) {
      const groups = splitTrials(Array.from({ length: trials }, (_, index) => observation(index, index, 0)))
      expect([groups.good.length, groups.bad.length]).toEqual([good, trials - good])
    }
  })

  it('go by the objective among the feasible, by violation among the others, the feasible first', () => {
    const bad = Array.from({ length: 25 }, (_, index) => observation(100 + index, 1e9, 5 + index))
    expect(goodOf([observation(1, 0.2, 0), observation(2, 0.9, 0), observation(3, 99, 0.1), ...bad])).toEqual([2, 1, 3])
  })

  it('never call good what failed or whose constraints are not known', () => {
    const failed = Array.from({ length: 30 }, (_, index) => observation(index, null, Infinity))
    expect(goodOf(failed)).toEqual([])
    expect(goodOf([...failed, observation(77, -5, 3)])).toEqual([77])
  })

  it('keep the order of telling among equals', () => {
    expect(goodOf(Array.from({ length: 30 }, (_, index) => observation(index, 0.5, 0)))).toEqual([0, 1, 2])
  })
})

describe('an observation', () => {
  const trial = finishedTrial(1, { x: 1 }, 0)
  if (trial.state !== 'complete') throw new Error('the trial was to succeed')
  const withValues = (objective: number, values: Readonly<Record<string, number>>) => {
    const constraints = Object.entries(values).map(([name, value]) => ({ name, value }))
    return observationOf(['a', 'b'], { ...trial, measurement: { ...trial.measurement, objective, constraints } })
  }

  it('sums the positive parts of its constraints', () => {
    expect(withValues(0.5, { a: -3, b: 0.25 })).toMatchObject({ objective: 0.5, violation: 0.25 })
    expect(withValues(0.5, { a: -3, b: 0 })).toMatchObject({ objective: 0.5, violation: 0 })
  })

  it('is violated beyond measure where a constraint is missing or no number', () => {
    expect(withValues(0.5, { a: -3 })).toMatchObject({ violation: Infinity })
    expect(withValues(0.5, { a: -3, b: NaN })).toMatchObject({ violation: Infinity })
  })

  it('failed where the objective is no finite number', () => {
    for (const objective of [NaN, Infinity, -Infinity]) {
      expect(withValues(objective, { a: -1, b: -1 })).toMatchObject({ objective: null, violation: Infinity })
    }
  })
})
