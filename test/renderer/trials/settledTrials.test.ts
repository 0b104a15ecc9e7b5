import { describe, expect, it } from 'vitest'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { SettledTrials } from '../../../src-renderer/trials/settledTrials.ts'
import { complete, running } from '../../core/progress/fixtures.ts'

/** A clock that is set, and what is called later. */
const setUp = () => {
  const clock = { nowMs: 0 }
  const planned: { call: () => void; afterMs: number }[] = []
  let asked = 0
  const settled = new SettledTrials(() => (asked += 1), {
    now: () => clock.nowMs,
    later: (call, afterMs) => planned.push({ call, afterMs }),
  })
  return { clock, planned, settled, asked: () => asked }
}

const many = Array.from({ length: 20_000 }, (_, number) => complete(number, 0.5))
const live = [running(30_000, 0, 0.5)]
const numbersOf = (trials: readonly TrialRow[]): number[] => trials.map(({ number }) => number)

describe('SettledTrials', () => {
  it('takes few trials over with each that ends', () => {
    const { settled, planned } = setUp()
    const few = many.slice(0, 100)
    expect(settled.of({ ended: few, live }).ended).toBe(few)
    const more = many.slice(0, 101)
    expect(settled.of({ ended: more, live })).toEqual({ ended: more, live })
    expect(planned).toEqual([])
  })

  it('keeps many for a while; those that ended since are among the live ones until they are taken over', () => {
    const between = [...many.slice(0, 5), ...many.slice(6)]
    const { settled: other } = setUp()
    other.of({ ended: between, live })
    const after = other.of({ ended: many, live })
    expect(after.ended).toBe(between)
    expect(numbersOf(after.live)).toEqual([5, 30_000])

    const { settled, planned, clock, asked } = setUp()
    settled.of({ ended: many, live })
    clock.nowMs = 100
    const more = [...many, complete(20_000, 0.5)]
    const waits = settled.of({ ended: more, live })
    expect(waits.ended).toBe(many)
    expect(numbersOf(waits.live)).toEqual([20_000, 30_000])
    settled.of({ ended: more, live })
    expect(planned.map(({ afterMs }) => Math.round(afterMs))).toEqual([300])
    clock.nowMs = 401
    planned[0]?.call()
    expect(asked()).toBe(1)
    expect(settled.of({ ended: more, live })).toEqual({ ended: more, live })
  })

  it('takes them over at once where one is another, or gone', () => {
    const { settled } = setUp()
    settled.of({ ended: many, live })
    const starred = many.map((trial, at) => (at === 7 ? complete(7, 0.9) : trial))
    expect(settled.of({ ended: starred, live })).toEqual({ ended: starred, live })
    const fewer = starred.slice(0, -1)
    expect(settled.of({ ended: fewer, live }).ended).toBe(fewer)
  })
})
