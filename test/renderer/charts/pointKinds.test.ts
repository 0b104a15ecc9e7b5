import { describe, expect, it } from 'vitest'
import { KindCounter, niceCeiling } from '../../../src-renderer/charts/pointKinds.ts'
import { byEnd } from '../../../src-renderer/trials/studyView.ts'
import { complete, row, running, stopped } from '../../core/progress/fixtures.ts'

describe('KindCounter', () => {
  it('counts as anew, whatever came before', () => {
    const counter = new KindCounter()
    const lists = [
      [running(0, 0, 0.5)],
      [complete(0, 0.8), row(1)],
      [complete(0, 0.8), stopped(1, 0.2), complete(2, 0.9, 0.1)],
      [stopped(1, 0.2)],
      [],
    ]
    for (const trials of lists) expect(counter.of(byEnd(trials))).toEqual(new KindCounter().of(byEnd(trials)))
    expect(counter.of(byEnd([]))).toMatchObject({ feasible: 0, stopped: 0 })
  })
})

describe('kinds of trials', () => {
  it('counts what the legend shows', () => {
    expect(
      new KindCounter().of(
        byEnd([complete(0, 0.8), complete(1, 0.9, 0.1), stopped(2, 0.2), running(3, 0, 0.5), row(4)]),
      ),
    ).toEqual({
      feasible: 1,
      infeasible: 1,
      stopped: 1,
      failed: 0,
      running: 1,
    })
  })
})

describe('niceCeiling', () => {
  it.each([
    [0.1, 0.1],
    [0.101, 0.12],
    [0.0523, 0.06],
    [0.99, 1],
    [3, 3],
    [0, 1],
  ])('rounds %d up to %d', (value, expected) => {
    expect(niceCeiling(value)).toBe(expected)
  })
})
