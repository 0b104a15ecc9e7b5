import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { studySummarySchema, type TrialRow } from '../../../src-core/progress/readModel.ts'
import { createSummaryAccumulator } from '../../../src-core/progress/summarise.ts'
import { summarise } from '../../support/summarise.ts'
import { complete, definition, input, row, running, stopped } from './fixtures.ts'

const failed = (number: number): TrialRow =>
  row(number, {
    state: 'failed',
    startedAtMs: 0,
    endedAtMs: 10,
    durationMs: 10,
    failure: { reason: 'internal', message: 'x' },
  })

describe('summarise', () => {
  it('counts trials, names the best one and adds up the time saved', () => {
    const trials = [complete(0, 0.7), stopped(1, 0.9), stopped(2, 0.1), failed(3), row(4)]
    const summary = summarise({ ...input(), trials })
    expect(studySummarySchema.parse(summary)).toEqual(summary)
    expect(summary.counts).toEqual({ waiting: 1, running: 0, complete: 1, stopped: 2, failed: 1 })
    expect(summary.best).toEqual({ number: 0, objective: 0.7, violation: 0, feasible: true })
    expect(summary.timeSavedMs).toBe(1800)
    expect(summary.trialBudget).toBe(10)
  })

  it('says so when the best trial is infeasible', () => {
    expect(summarise({ ...input(), trials: [stopped(1, 0.9)] }).best).toMatchObject({ number: 1, feasible: false })
  })
})

describe('time left', () => {
  const timeLeft = (trials: TrialRow[], rest: Parameters<typeof input>[0] = {}): number | null =>
    summarise({ ...input(rest), trials }).timeLeftMs

  it('spreads the mean duration of finished trials over the workers', () => {
    // 8 trials of 1 s are left for 2 workers.
    expect(timeLeft([complete(0, 0.5), complete(1, 0.5)])).toBe(4000)
  })

  it('takes what running trials have left from their own speed', () => {
    // Half done after 2 s: 2 s are left, and 8 trials of 1 s.
    expect(timeLeft([complete(0, 0.5), running(1, 0, 0.5, 2000)])).toBe((2000 + 8 * 1000) / 2)
  })

  it('leaves out trials whose duration is not known', () => {
    const unknown = { ...complete(1, 0.5), durationMs: null }
    expect(timeLeft([complete(0, 0.5), unknown])).toBe(4000)
    expect(timeLeft([unknown])).toBeNull()
  })

  it('is never shorter than the longest running trial needs', () => {
    const trials = [...Array(9).keys()].map((number) => complete(number, 0.5))
    expect(timeLeft([...trials, running(9, 0, 0.1, 1000)], { workers: 16 })).toBe(9000)
  })

  it('is unknown before anything was seen, and while the study does not run', () => {
    expect(timeLeft([])).toBeNull()
    expect(timeLeft([running(0, 0, 0, 100)])).toBeNull()
    expect(timeLeft([complete(0, 0.5)], { state: { kind: 'paused' } })).toBeNull()
    expect(timeLeft([complete(0, 0.5)], { workers: 0 })).toBeNull()
  })

  it('projects from running trials while none has finished', () => {
    // A quarter after 1 s: 4 s a trial; 3 s are left of this one, and 9 more trials.
    expect(timeLeft([running(0, 0, 0.25, 1000)])).toBe((3000 + 9 * 4000) / 2)
  })

  it('is the smaller one of what the two budgets leave', () => {
    const both = { definition: definition({ trials: 10, wallTimeMinutes: 1 }) }
    expect(timeLeft([complete(0, 0.5)], { ...both, elapsedMs: 58_000 })).toBe(2000)
    expect(timeLeft([complete(0, 0.5)], { ...both, elapsedMs: 0 })).toBe(4500)
    const wallTime = { definition: definition({ wallTimeMinutes: 1 }) }
    expect(timeLeft([], { ...wallTime, elapsedMs: 20_000 })).toBe(40_000)
  })

  it('is what the running trials need once the time is up or the study drains', () => {
    const trials = [complete(0, 0.5), running(1, 0, 0.5, 2000)]
    const over = { definition: definition({ wallTimeMinutes: 1 }), elapsedMs: 61_000 }
    expect(timeLeft(trials, over)).toBe(2000)
    expect(timeLeft(trials, { state: { kind: 'draining' } })).toBe(2000)
  })
})

describe('time left while running trials are at their end', () => {
  const timeLeft = (trials: TrialRow[], rest: Parameters<typeof input>[0] = {}): number | null =>
    summarise({ ...input(rest), trials }).timeLeftMs
  const draining = { state: { kind: 'draining' as const } }
  const testing = (durationMs: number): TrialRow => {
    const trial = running(1, 0, 1, durationMs)
    if (trial.progress === null) throw new Error('a running trial has progress')
    return { ...trial, progress: { ...trial.progress, phase: 'testing' } }
  }

  it('is what a finished trial took longer, and unknown beyond that: never no time at all', () => {
    expect(timeLeft([complete(0, 0.5, 0, 5000), testing(4000)], draining)).toBe(1000)
    expect(timeLeft([complete(0, 0.5, 0, 5000), testing(6000)], draining)).toBeNull()
    expect(timeLeft([testing(4000)], draining)).toBeNull()
    expect(timeLeft([complete(0, 0.5)], draining)).toBe(0)
  })
})

describe('createSummaryAccumulator', () => {
  it('equals a summary from all rows after any history of changes (seed 2)', () => {
    const change = fc.tuple(
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(0, 0.25, 0.5),
    )
    const toRow = ([number, kind, value]: [number, number, number]): TrialRow =>
      [
        () => row(number),
        () => running(number, 0, value),
        () => complete(number, value),
        () => complete(number, value, 0.5 - value),
        () => stopped(number, value),
        () => failed(number),
      ][kind]?.() ?? row(number)
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const accumulator = createSummaryAccumulator()
        const latest = new Map<number, TrialRow>()
        for (const next of changes.map(toRow)) {
          accumulator.set(next)
          latest.set(next.number, next)
        }
        expect(accumulator.summary(input())).toEqual(summarise({ ...input(), trials: latest.values() }))
      }),
      { seed: 2 },
    )
  })
})
