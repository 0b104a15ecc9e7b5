import { describe, expect, it } from 'vitest'
import type { TrialProgress } from '../../../src-core/contracts/worker.ts'
import { Bench, definitionOf, failed, settle } from './schedulerBench.ts'

const minute = 60_000

const progress = (phase: TrialProgress['phase'], samplesDone = 0): TrialProgress => ({
  phase,
  epoch: 0,
  epochs: 2,
  epochSamples: 100,
  samplesDone,
  samplesPlanned: 200,
  samplesPerSecond: 1,
  lastInterval: { epoch: 0, sample: 50, trainAccuracy: 0.25, nonSpiking: [] },
})

/** A study of one worker that has begun. */
const begun = async (rest: string): Promise<Bench> => {
  const bench = new Bench(definitionOf(`space: { mapSize: { type: integer, low: 10, high: 1000 } }\n${rest}`))
  bench.scheduler.start(1)
  await settle()
  return bench
}

describe('the time limit of a trial', () => {
  const limited = 'budget: { trials: 3 }\ntimeLimitMinutes: 30'

  it('counts from when it trains, and fails it with what it had reached, never to be tried again', async () => {
    const bench = await begun(limited)
    bench.clock.advance(5 * 60 * minute)
    bench.workers.listener.progress(0, progress('loading'))
    bench.clock.advance(5 * 60 * minute)
    bench.workers.listener.progress(0, progress('training'))
    bench.clock.advance(29 * minute)
    bench.workers.listener.progress(0, progress('training', 60))
    expect(bench.log).not.toContain('cancel 0')
    bench.clock.advance(minute)
    expect(bench.log).toContain('cancel 0')
    bench.workers.finish(0, failed('cancelled'))
    await settle()
    expect(bench.journal.trials.get(0)).toMatchObject({
      state: 'failed',
      attempt: 1,
      failure: {
        reason: 'time-limit',
        message:
          'It was ended after 30 min, the `timeLimitMinutes` of the study, in epoch 1 of 2, at sample 60 of 200, train accuracy 0.2500.',
      },
    })
    expect(bench.optimiser.told.map(({ number, state }) => [number, state])).toEqual([[0, 'failed']])
    expect(bench.workers.trials()).toEqual([1])
  })

  it('holds for a worker that does not answer, and leaves a trial alone that ends in time', async () => {
    const bench = await begun(limited)
    bench.workers.listener.progress(0, progress('training'))
    bench.clock.advance(30 * minute)
    bench.workers.die(0, 'not-responding')
    await settle()
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'failed', failure: { reason: 'time-limit' } })
    bench.workers.listener.progress(1, progress('testing'))
    bench.clock.advance(29 * minute)
    bench.workers.finish(1)
    await settle()
    bench.clock.advance(29 * minute)
    expect(bench.journal.trials.get(1)).toMatchObject({ state: 'complete' })
    expect(bench.log.filter((line) => line.startsWith('cancel'))).toEqual(['cancel 0'])
  })
})

describe('a worker that does not respond', () => {
  it('loses the trial as one that died does: tried again, then failed as not-responding', async () => {
    const bench = await begun('budget: { trials: 2 }\nattempts: 2')
    bench.workers.die(0, 'not-responding')
    await settle()
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'running', attempt: 2 })
    expect(bench.log).toContain('not-responding 0')
    bench.workers.die(0, 'not-responding')
    await settle()
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'failed', failure: { reason: 'not-responding' } })
  })

  it('ends a trial that a person had called off', async () => {
    const bench = await begun('budget: { trials: 2 }')
    bench.scheduler.cancel(0)
    bench.workers.die(0, 'not-responding')
    await settle()
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'failed', attempt: 1, failure: { reason: 'cancelled' } })
  })
})

describe('a machine that sleeps', () => {
  it('is noticed once, soon after it wakes, while the study runs; no date that is set is taken for it', async () => {
    const bench = await begun('budget: { trials: 2 }')
    const slept = (): string[] => bench.log.filter((line) => line.startsWith('slept'))
    bench.clock.setForward(2 * 60 * minute)
    bench.clock.advance(minute)
    expect(slept()).toEqual([])
    bench.clock.sleep(2 * 60 * minute)
    bench.clock.advance(minute)
    expect(slept()).toEqual([`slept ${2 * 60 * minute}`])
    await bench.scheduler.stop()
    bench.clock.sleep(2 * 60 * minute)
    bench.clock.advance(minute)
    bench.scheduler.start(1)
    bench.clock.advance(minute)
    expect(slept()).toHaveLength(1)
    expect(bench.scheduler.elapsedMs()).toBe(3 * minute)
  })
})
