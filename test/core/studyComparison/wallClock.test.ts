import { describe, expect, it } from 'vitest'
import { type JournalStep, wallClock } from '../../../src-core/studyComparison/wallClock.ts'

const step = (atMs: number, kind: JournalStep['kind'], rest: Partial<JournalStep> = {}): JournalStep => ({
  atMs,
  kind,
  sleptMs: 0,
  lastMoveAtMs: null,
  afterDeath: false,
  ...rest,
})

describe('wall time', () => {
  it('leaves out pauses and the time before the start', () => {
    const at = wallClock([step(1000, 'running'), step(3000, 'resting'), step(10_000, 'running')], 5000)
    expect([500, 1000, 2000, 3000, 9000, 10_000, 12_000].map(at)).toEqual([0, 0, 1000, 2000, 2000, 2000, 4000])
  })

  it('goes on while running trials are waited for', () => {
    const at = wallClock([step(0, 'running'), step(1000, 'draining'), step(4000, 'resting')], 4000)
    expect([500, 2000, 4000, 9000].map(at)).toEqual([500, 2000, 4000, 4000])
    expect(wallClock([step(0, 'running'), step(1000, 'draining'), step(2000, 'running')], 9000)(5000)).toBe(5000)
  })

  it('leaves out the sleep of the machine', () => {
    const at = wallClock([step(0, 'running'), step(60_000, 'slept', { sleptMs: 50_000 })], 20_000)
    expect([5000, 60_000, 65_000].map(at)).toEqual([5000, 10_000, 15_000])
  })

  it('forgets what an application ran after its last change of a trial, when it was killed', () => {
    const at = wallClock([step(0, 'running'), step(50_000, 'running', { lastMoveAtMs: 3000, afterDeath: true })], 8000)
    expect([3000, 40_000, 52_000].map(at)).toEqual([3000, 3000, 5000])
    const drained = [
      step(0, 'running'),
      step(1000, 'draining'),
      step(50_000, 'running', { lastMoveAtMs: 3000, afterDeath: true }),
    ]
    expect(wallClock(drained, 8000)(51_000)).toBe(4000)
  })

  it('is never more than the study has run, whatever the dates say', () => {
    expect(wallClock([step(0, 'running')], 2000)(1e12)).toBe(2000)
    expect(wallClock([], 2000)(5000)).toBe(0)
  })
})
