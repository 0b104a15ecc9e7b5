import { describe, expect, it } from 'vitest'
import { summarise } from '../../support/summarise.ts'
import { waitsForText } from '../../../src-core/progress/waitsFor.ts'
import { complete, definition, input, row, running } from './fixtures.ts'

describe('what a study waits for', () => {
  const trials = [complete(0, 0.5), running(2, 0, 0.5, 2000), running(1, 0, 0.25, 1000)]
  const of = (rest: Parameters<typeof input>[0], rows = trials) => summarise({ ...input(rest), trials: rows }).waitsFor

  it('is nothing while trials are asked for, and when none runs', () => {
    expect(of({})).toBeNull()
    expect(of({ state: { kind: 'paused' } })).toBeNull()
    expect(of({ state: { kind: 'draining' } }, [complete(0, 0.5)])).toBeNull()
  })

  it('is its running trials, when it drains and when its time is up', () => {
    expect(of({ state: { kind: 'draining' } })).toEqual({ because: 'draining', trials: [1, 2] })
    const over = { definition: definition({ wallTimeMinutes: 1 }), elapsedMs: 60_000 }
    expect(of(over)).toEqual({ because: 'time-budget', trials: [1, 2] })
    expect(of({ ...over, elapsedMs: 59_999 })).toBeNull()
    // A trial that a person asked for still begins.
    expect(of(over, [...trials, row(3)])).toBeNull()
  })

  it('is said with the time that it takes', () => {
    const minutes = (durationMs: number): string => `${durationMs / 60_000} min`
    expect(waitsForText({ because: 'draining', trials: [4] }, null, minutes)).toBe('Waiting for trial 4.')
    expect(waitsForText({ because: 'draining', trials: [4, 7] }, 180_000, minutes)).toBe(
      'Waiting for trials 4 and 7, about 3 min.',
    )
    const many = [...Array(20).keys()]
    expect(waitsForText({ because: 'time-budget', trials: many }, null, minutes)).toBe(
      'The time is up: waiting for trials 0, 1, 2, 3, 4, 5 and 14 more.',
    )
  })
})
