import { describe, expect, it } from 'vitest'
import { isFinished } from '../../../src-core/trial/trial.ts'
import { Bench, complete, definitionOf, failed, settle, space } from './schedulerBench.ts'

const started = async (rest = 'budget: { trials: 4 }', workers = 2): Promise<Bench> => {
  const bench = new Bench(definitionOf(`${space}${rest}`))
  bench.scheduler.start(workers)
  await settle()
  return bench
}

describe('a trial', () => {
  it('is durable before its worker hears of it, and its outcome before the optimiser does', async () => {
    const bench = await started('budget: { trials: 1 }', 1)
    bench.workers.finish(0)
    await settle()
    expect(bench.log).toEqual([
      'state running',
      'asked 0',
      'claimed 0',
      'evaluate 0',
      'finished 0',
      'told 0',
      'state finished',
    ])
  })

  it('is told in the order of finishing, not of asking', async () => {
    const bench = await started()
    expect(bench.workers.trials()).toEqual([0, 1])
    bench.workers.finish(1)
    bench.workers.finish(0)
    await settle()
    expect(bench.optimiser.told.map(({ number, toldOrder }) => [number, toldOrder])).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  it('has its next attempt before anything new when its worker dies, and has failed after the last', async () => {
    const bench = await started('budget: { trials: 2 }\nattempts: 2', 1)
    bench.workers.die(0)
    await settle()
    expect(bench.workers.trials()).toEqual([0])
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'running', attempt: 2 })
    bench.workers.die(0)
    await settle()
    expect(bench.journal.trials.get(0)).toMatchObject({
      state: 'failed',
      failure: { reason: 'worker-died', details: 'last words' },
    })
    expect(bench.workers.trials()).toEqual([1])
  })

  it('that fails is told like any other, and counts in the budget', async () => {
    const bench = await started('budget: { trials: 1 }', 1)
    bench.workers.finish(0, failed('non-finite'))
    await settle()
    expect(bench.optimiser.told).toHaveLength(1)
    expect(bench.state).toMatchObject({ kind: 'finished', reason: 'trial-budget' })
  })
})

describe('the budget', () => {
  it('of trials is exact with more workers than trials are left', async () => {
    const bench = await started('budget: { trials: 3 }', 8)
    expect(bench.workers.trials()).toEqual([0, 1, 2])
    for (const trial of [2, 0, 1]) bench.workers.finish(trial)
    await settle()
    expect(bench.state).toMatchObject({ kind: 'finished', reason: 'trial-budget' })
    expect(bench.journal.trials.size).toBe(3)
    expect(bench.workers.closed).toBe(true)
  })

  it('of wall time leaves out pauses, and lets running trials end', async () => {
    const bench = await started('budget: { wallTimeMinutes: 10 }', 1)
    bench.clock.advance(4 * 60_000)
    await bench.scheduler.stop()
    expect(bench.journal.elapsedMs).toBe(4 * 60_000)
    bench.clock.advance(60 * 60_000)
    bench.scheduler.start(1)
    await settle()
    bench.clock.advance(6 * 60_000 - 1)
    bench.workers.finish(0)
    await settle()
    expect(bench.workers.trials()).toEqual([1])
    bench.clock.advance(5000)
    bench.workers.finish(1)
    await settle()
    expect(bench.state).toMatchObject({ kind: 'finished', reason: 'time-budget' })
    expect(bench.journal.elapsedMs).toBe(10 * 60_000 + 4999)
  })

  const hour = 60 * 60_000
  it.each([
    ['set back', (bench: Bench) => bench.clock.setForward(-2 * hour)],
    ['set forward', (bench: Bench) => bench.clock.setForward(2 * hour)],
    ['put an hour ahead for the summer', (bench: Bench) => bench.clock.setForward(hour)],
    ['right, and the machine sleeps', (bench: Bench) => bench.clock.sleep(8 * hour)],
  ])('of wall time is used up by running alone when the clock is %s', async (_, happens) => {
    const bench = await started('budget: { wallTimeMinutes: 10 }', 1)
    bench.clock.advance(4 * 60_000)
    happens(bench)
    expect(bench.scheduler.elapsedMs()).toBe(4 * 60_000)
    bench.workers.finish(0)
    await settle()
    // It took what it took, and ended after it began.
    const ended = bench.seen.get(0)
    if (ended?.state !== 'complete') throw new Error('the trial is complete')
    expect(ended.durationMs).toBe(4 * 60_000)
    expect(ended.endedAtMs - ended.startedAtMs).toBeGreaterThanOrEqual(ended.durationMs ?? 0)
    expect(bench.workers.trials()).toEqual([1])
    bench.clock.advance(6 * 60_000)
    bench.workers.finish(1)
    await settle()
    expect(bench.state).toMatchObject({ kind: 'finished', reason: 'time-budget' })
    expect(bench.journal.elapsedMs).toBe(10 * 60_000)
  })

  it('ends when every point of a finite space was tried', async () => {
    const decoders = 'space:\n  decoder: { type: categorical, choices: [all, vote] }\nbudget: { trials: 5 }'
    const bench = new Bench(definitionOf(decoders))
    bench.scheduler.start(2)
    await settle()
    for (const trial of bench.workers.trials()) bench.workers.finish(trial)
    await settle()
    expect(bench.state).toMatchObject({ kind: 'finished', reason: 'space-exhausted' })
    expect(bench.optimiser.told).toHaveLength(2)
  })
})

describe('pause, stop, start', () => {
  it('a pause lets running trials end, begins nothing, and can be taken back', async () => {
    const bench = await started()
    bench.scheduler.pause()
    expect(bench.state.kind).toBe('draining')
    bench.workers.finish(0)
    await settle()
    expect(bench.workers.trials()).toEqual([1])
    bench.workers.finish(1)
    await settle()
    expect(bench.state.kind).toBe('paused')
    bench.scheduler.start(2)
    await settle()
    expect(bench.workers.trials()).toEqual([2, 3])
    expect(bench.pools).toHaveLength(1)
  })

  it('an answer that comes after a pause is asked for again, and is the same', async () => {
    const bench = new Bench(definitionOf(`${space}budget: { trials: 2 }`))
    bench.optimiser.hold = true
    bench.scheduler.start(1)
    await settle()
    expect(bench.optimiser.asking).toBe(true)
    bench.scheduler.pause()
    bench.optimiser.release()
    await settle()
    expect(bench.journal.trials.size).toBe(0)
    bench.optimiser.hold = false
    bench.scheduler.start(1)
    await settle()
    const undisturbed = await started('budget: { trials: 2 }', 1)
    expect(bench.journal.trials.get(0)?.configuration).toEqual(undisturbed.journal.trials.get(0)?.configuration)
  })

  it('a stop lets running trials wait with their seed and no attempt counted; they begin first', async () => {
    const bench = await started('budget: { trials: 4 }')
    const before = [0, 1].map((number) => bench.journal.trials.get(number))
    await bench.scheduler.stop()
    expect(bench.state.kind).toBe('paused')
    for (const trial of before) {
      expect(bench.journal.trials.get(trial?.number ?? -1)).toMatchObject({
        state: 'waiting',
        attempt: 0,
        seed: trial?.seed,
        configuration: trial?.configuration,
      })
    }
    bench.scheduler.start(2)
    await settle()
    expect(bench.pools).toHaveLength(2)
    expect(bench.workers.trials()).toEqual([0, 1])
  })

  it('a stop resolves when the workers are gone, also those that an error had ended', async () => {
    const bench = await started()
    let letGo: () => void = () => undefined
    bench.workers.lingering = new Promise((resolve) => (letGo = resolve))
    bench.workers.finish(0, failed('dataset'))
    let stopped = false
    const stop = bench.scheduler.stop().then(() => (stopped = true))
    await settle()
    expect(stopped).toBe(false)
    letGo()
    await stop
    expect(bench.state.kind).toBe('error')
  })

  it('two stops at once are one', async () => {
    const bench = await started()
    await Promise.all([bench.scheduler.stop(), bench.scheduler.stop()])
    expect(bench.journal.states.map(({ kind }) => kind)).toEqual(['running', 'paused'])
  })

  it('a stop while the optimiser thinks does not wait for it; after the next start another is asked', async () => {
    const bench = new Bench(definitionOf(`${space}budget: { trials: 2 }`))
    bench.optimiser.hold = true
    bench.scheduler.start(1)
    await settle()
    expect(bench.optimiser.asking).toBe(true)
    await bench.scheduler.stop()
    expect(bench.state.kind).toBe('paused')
    expect(bench.optimiser.closed).toBe(1)
    bench.optimiser.release()
    await settle()
    expect(bench.journal.trials.size).toBe(0)
    bench.optimiser.hold = false
    bench.scheduler.start(1)
    await settle()
    expect(bench.optimiser.begun).toBe(2)
    expect(bench.workers.trials()).toEqual([0])
  })

  it('an optimiser thinks from the first start on, through pauses, until the end', async () => {
    const bench = new Bench(definitionOf(`${space}budget: { trials: 1 }`))
    expect(bench.optimiser.begun).toBe(0)
    bench.scheduler.start(1)
    await settle()
    bench.scheduler.pause()
    bench.scheduler.start(1)
    expect([bench.optimiser.begun, bench.optimiser.closed]).toEqual([1, 0])
    bench.workers.finish(0)
    await settle()
    expect(bench.state.kind).toBe('finished')
    expect([bench.optimiser.begun, bench.optimiser.closed]).toEqual([1, 1])
  })

  it('an error while a stop waits for the workers stays an error', async () => {
    const bench = await started('budget: { trials: 2 }', 1)
    let letGo: () => void = () => undefined
    bench.workers.lingering = new Promise((resolve) => (letGo = resolve))
    const stop = bench.scheduler.stop()
    bench.workers.listener.unavailable('the worker cpu-0 died (exit code 1)', '')
    letGo()
    await stop
    expect(bench.state).toHaveProperty('message', expect.stringContaining('No worker can be started'))
  })

  it('more workers begin more trials, fewer let theirs end', async () => {
    const bench = await started('budget: { trials: 9 }', 1)
    bench.scheduler.setWorkers(3)
    await settle()
    expect(bench.workers.trials()).toEqual([0, 1, 2])
    bench.scheduler.setWorkers(1)
    bench.workers.finish(0)
    await settle()
    expect(bench.workers.trials()).not.toContain(0)
    expect(bench.workers.trials().length).toBeLessThanOrEqual(3)
  })
})

describe('an error', () => {
  it.each(['dataset', 'disk-full'] as const)('%s ends the study; its running trials wait', async (reason) => {
    const bench = await started()
    bench.workers.finish(1, failed(reason))
    await settle()
    expect(bench.state).toEqual({ kind: 'error', message: `it is ${reason}`, reason })
    expect([...bench.journal.trials.values()].map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    expect(bench.optimiser.told).toHaveLength(0)
    expect(bench.workers.closed).toBe(true)
  })

  it('of the storage ends the study; what was stored stays, and it can go on', async () => {
    const bench = await started()
    bench.workers.finish(0, complete(0.7))
    await settle()
    bench.journal.failAfter = 0
    bench.workers.finish(1)
    await settle()
    expect(bench.state).toEqual({ kind: 'error', message: 'the disk is full', reason: 'other' })
    expect(bench.optimiser.told.map(({ number }) => number)).toEqual([0])
    bench.scheduler.start(2)
    await settle()
    while (bench.workers.busy.size > 0) {
      for (const trial of bench.workers.trials()) bench.workers.finish(trial)
      await settle()
    }
    expect(bench.state.kind).toBe('finished')
    const all = [...bench.journal.trials.values()]
    expect(all.every(isFinished)).toBe(true)
    expect(all).toHaveLength(4)
  })

  it('of the storage at a claim loses no trial', async () => {
    const bench = await started('budget: { trials: 2 }')
    await bench.scheduler.stop()
    // One transaction for the state, the next for the first claim.
    bench.journal.failAfter = 1
    bench.scheduler.start(2)
    await settle()
    expect(bench.state).toEqual({ kind: 'error', message: 'the disk is full', reason: 'other' })
    bench.scheduler.start(2)
    await settle()
    expect(bench.workers.trials()).toEqual([0, 1])
    for (const trial of [0, 1]) bench.workers.finish(trial)
    await settle()
    expect(bench.state.kind).toBe('finished')
    expect(bench.journal.trials.size).toBe(2)
  })

  it('of a storage that takes nothing any more shows its trials waiting; they begin again in their order', async () => {
    const bench = await started('budget: { trials: 9 }', 3)
    bench.journal.broken = true
    bench.workers.finish(1)
    expect(bench.state.kind).toBe('error')
    expect([...bench.seen.values()].map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
    bench.journal.broken = false
    bench.scheduler.start(2)
    await settle()
    expect(bench.workers.trials()).toEqual([0, 1])
  })

  it('of the optimiser ends the study', async () => {
    const bench = new Bench(definitionOf(`${space}budget: { trials: 2 }`))
    bench.optimiser.answer = () => Promise.reject(new Error('no more ideas'))
    bench.scheduler.start(1)
    await settle()
    expect(bench.state).toEqual({
      kind: 'error',
      message: 'The optimiser failed: no more ideas',
      reason: 'optimiser-failed',
    })
    expect(bench.workers.closed).toBe(true)
  })

  it('of the optimiser between asks ends the study; nothing is lost, and the next start tells a new one', async () => {
    const bench = await started('budget: { trials: 3 }', 2)
    bench.workers.finish(1)
    await settle()
    bench.optimiser.listener.failed('not positive definite')
    expect(bench.state).toEqual({
      kind: 'error',
      message: 'The optimiser failed: not positive definite',
      reason: 'optimiser-failed',
    })
    expect([...bench.journal.trials.values()].map(({ state }) => state)).toEqual(['waiting', 'complete', 'waiting'])
    expect([bench.optimiser.begun, bench.optimiser.closed]).toEqual([1, 1])
    bench.scheduler.start(2)
    await settle()
    expect(bench.optimiser.begun).toBe(2)
    expect(bench.optimiser.told.map(({ number }) => number)).toEqual([1])
    for (const trial of [2, 0]) bench.workers.finish(trial)
    await settle()
    expect(bench.state.kind).toBe('finished')
    expect(bench.optimiser.told.map(({ number, toldOrder }) => [number, toldOrder])).toEqual([
      [1, 0],
      [2, 1],
      [0, 2],
    ])
  })

  it('of an optimiser that was closed is heard no more', async () => {
    const bench = new Bench(definitionOf(`${space}budget: { trials: 2 }`))
    bench.optimiser.hold = true
    bench.optimiser.answer = () => Promise.reject(new Error('the optimiser was closed'))
    bench.scheduler.start(1)
    await settle()
    await bench.scheduler.stop()
    bench.optimiser.release()
    await settle()
    expect(bench.state.kind).toBe('paused')
  })

  it('of the workers ends the study with their last words', async () => {
    const bench = await started()
    bench.workers.listener.unavailable('the worker cpu-0 died (exit code 1)', 'no such file')
    await settle()
    expect(bench.state).toHaveProperty('message', expect.stringContaining('no such file'))
  })
})
