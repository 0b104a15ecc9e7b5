import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { Bench, complete, definitionOf, settle, space } from './schedulerBench.ts'

const started = async (rest = 'budget: { trials: 4 }', workers = 2): Promise<Bench> => {
  const bench = new Bench(definitionOf(`${space}${rest}`))
  bench.scheduler.start(workers)
  await settle()
  return bench
}

const place = (samplesDone: number, spentMs = 1000) => ({ samplesDone, samplesPlanned: 1000, spentMs })

describe('a pause now', () => {
  it('has running trials end where they can go on, and they are the first to do so, no attempt counted', async () => {
    const bench = await started()
    bench.scheduler.pauseNow()
    expect(bench.state.kind).toBe('draining')
    expect(bench.log.filter((entry) => entry.startsWith('pause'))).toEqual(['pause 0', 'pause 1'])
    bench.workers.listener.checkpoint?.(1, place(630))
    bench.workers.endPaused(1)
    await settle()
    expect(bench.state.kind).toBe('draining')
    expect(bench.workers.trials()).toEqual([0])
    bench.workers.endPaused(0)
    await settle()
    expect(bench.state.kind).toBe('paused')
    expect(bench.journal.trials.get(1)).toMatchObject({ state: 'waiting', attempt: 0 })
    expect(bench.log).toContain('paused 1')
    expect(bench.checkpoints.placeOf(1)).toEqual(place(630))

    bench.scheduler.start(2)
    await settle()
    expect(bench.workers.trials()).toEqual([0, 1])
    bench.workers.listener.resumed?.(1, place(630), [0.5])
    expect(bench.log.at(-1)).toBe('resumed 1: 63 %')
    expect(bench.journal.trials.get(1)).toMatchObject({ state: 'running', attempt: 1 })
  })

  it('follows a pause that lets trials end, when somebody has no more patience, and asks each once', async () => {
    const bench = await started()
    bench.scheduler.pause()
    bench.scheduler.pauseNow()
    bench.scheduler.pauseNow()
    expect(bench.log.filter((entry) => entry.startsWith('pause '))).toEqual(['pause 0', 'pause 1'])
    // One that ends in the meantime has ended.
    bench.workers.finish(0)
    bench.workers.endPaused(1)
    await settle()
    expect(bench.state.kind).toBe('paused')
    expect(bench.journal.trials.get(0)?.state).toBe('complete')
    expect(bench.journal.trials.get(1)?.state).toBe('waiting')
  })

  it('is taken back by a start: what has ended goes on at once', async () => {
    const bench = await started()
    bench.scheduler.pauseNow()
    bench.scheduler.start(2)
    bench.workers.endPaused(0)
    await settle()
    expect(bench.state.kind).toBe('running')
    expect(bench.workers.trials()).toEqual([0, 1])
  })

  it('counts no attempt of a trial whose worker had to be ended for it', async () => {
    const bench = await started('budget: { trials: 4 }\nattempts: 1')
    bench.scheduler.pauseNow()
    bench.workers.die(0, 'not-responding')
    bench.workers.endPaused(1)
    await settle()
    expect(bench.state.kind).toBe('paused')
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'waiting', attempt: 0 })
  })

  it('is at its end at once when nothing runs', async () => {
    const bench = await started('budget: { trials: 4 }', 0)
    bench.scheduler.pauseNow()
    expect(bench.state.kind).toBe('paused')
    bench.scheduler.pauseNow()
    expect(bench.state.kind).toBe('paused')
  })
})

describe('the checkpoint of a trial', () => {
  it('is kept when its worker dies, and gone when it has an outcome', async () => {
    const bench = await started('budget: { trials: 1 }', 1)
    bench.workers.listener.checkpoint?.(0, place(400))
    bench.workers.die(0)
    await settle()
    expect(bench.workers.trials()).toEqual([0])
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'running', attempt: 2 })
    expect(bench.checkpoints.placeOf(0)).toEqual(place(400))
    bench.workers.finish(0)
    await settle()
    expect(bench.checkpoints.placeOf(0)).toBeNull()
  })

  it('is gone with a trial that is called off while it waits', async () => {
    const bench = await started('budget: { trials: 2 }', 1)
    bench.workers.listener.checkpoint?.(0, place(400))
    await bench.scheduler.stop()
    expect(bench.checkpoints.placeOf(0)).toEqual(place(400))
    bench.scheduler.cancel(0)
    expect(bench.checkpoints.placeOf(0)).toBeNull()
  })

  it('that is of no use is gone and told, and its trial has all of its time again', async () => {
    const bench = await started('budget: { trials: 1 }\ntimeLimitMinutes: 10', 1)
    bench.workers.listener.checkpoint?.(0, place(400, 9 * 60_000))
    await bench.scheduler.stop()
    bench.scheduler.start(1)
    await settle()
    bench.workers.listener.beginsAnew?.(0, 'The checkpoint is of no use: it is torn.')
    expect(bench.checkpoints.placeOf(0)).toBeNull()
    expect(bench.log).toContain('begins-anew 0: The checkpoint is of no use: it is torn.')
    expect(bench.checkpoints.problem).toBe('Trial 0 begins anew. The checkpoint is of no use: it is torn.')
    progressOf(bench, 0)
    bench.clock.advance(10 * 60_000 - 1)
    expect(bench.log).not.toContain('cancel 0')
    bench.clock.advance(1)
    expect(bench.log).toContain('cancel 0')
  })

  it('says how long it has trained already: its limit and its duration are of all of that', async () => {
    const bench = await started('budget: { trials: 1 }\ntimeLimitMinutes: 10', 1)
    bench.workers.listener.checkpoint?.(0, place(400, 9 * 60_000))
    await bench.scheduler.stop()
    bench.scheduler.start(1)
    await settle()
    bench.workers.listener.resumed?.(0, place(400, 9 * 60_000), [])
    progressOf(bench, 0)
    bench.clock.advance(59_000)
    expect(bench.log).not.toContain('cancel 0')
    bench.workers.finish(0)
    await settle()
    expect(bench.seen.get(0)).toMatchObject({ state: 'complete', durationMs: 9 * 60_000 + 59_000 })
  })

  it('that cannot be written is told once, and training goes on, even where there is no room for a word on it', async () => {
    const bench = await started('budget: { trials: 2 }', 2)
    bench.workers.listener.checkpoint?.(0, 'the disk is full')
    bench.workers.listener.checkpoint?.(0, 'the disk is full')
    expect(bench.log.filter((entry) => entry.startsWith('checkpoint-failed'))).toEqual([
      'checkpoint-failed 0: the disk is full',
    ])
    expect(bench.checkpoints.problem).toMatch(/^the disk is full Training goes on/)
    bench.journal.checkpointNoted = () => {
      throw new SpiketuneError('disk-full', 'The disk is full.')
    }
    bench.workers.listener.checkpoint?.(1, 'the disk is full')
    expect(bench.state.kind).toBe('running')
    bench.workers.listener.checkpoint?.(0, place(100))
    expect(bench.checkpoints.problem).toMatch(/^the disk is full Training goes on/)
    bench.workers.listener.checkpoint?.(1, place(100))
    expect(bench.checkpoints.problem).toBeNull()
  })

  it('of a trial that is not under way is none of ours', async () => {
    const bench = await started('budget: { trials: 1 }', 1)
    bench.workers.finish(0, complete(0.5))
    await settle()
    bench.pools[0]?.listener.checkpoint?.(0, place(100))
    bench.pools[0]?.listener.resumed?.(0, place(100), [])
    bench.pools[0]?.listener.beginsAnew?.(0, 'it is torn')
    bench.pools[0]?.listener.paused?.(0)
    expect(bench.checkpoints.placeOf(0)).toBeNull()
    expect(bench.log.at(-1)).toBe('state finished')
  })
})

describe('pruning', () => {
  const pruned = 'budget: { trials: 3 }\npruning: { rule: median, warmupEpochs: 1, minimumTrials: 1 }'

  it('judges a trial that goes on by all that it has learned', async () => {
    const [undisturbed, interrupted] = await Promise.all([1, 2].map(() => started(pruned, 1)))
    if (undisturbed === undefined || interrupted === undefined) throw new Error('there are two')
    const first = [0.5, 0.6, 0.7]
    const second = [0.55, 0.5, 0.2]
    for (const bench of [undisturbed, interrupted]) {
      for (const [epoch, accuracy] of first.entries()) bench.workers.endEpoch(0, epoch, accuracy)
      bench.workers.finish(0, curveOf(first))
      await settle()
      expect(bench.workers.trials()).toEqual([1])
    }
    const verdicts = second.map((accuracy, epoch) => undisturbed.workers.endEpoch(1, epoch, accuracy))

    const [one = 0, two = 0, three = 0] = second
    const again = [interrupted.workers.endEpoch(1, 0, one), interrupted.workers.endEpoch(1, 1, two)]
    interrupted.workers.listener.checkpoint?.(1, place(600))
    // It had gone on since; an epoch that it goes through again counts once.
    interrupted.workers.endEpoch(1, 2, 0.9)
    await interrupted.scheduler.stop()
    interrupted.scheduler.start(1)
    await settle()
    interrupted.workers.listener.resumed?.(1, place(600), [one, two])
    again.push(interrupted.workers.endEpoch(1, 2, three))
    expect(again).toEqual(verdicts)
    expect(verdicts.at(-1)).toMatchObject({ kind: 'pruned', epoch: 2 })
  })
})

/** Its limit counts from here on. */
const progressOf = (bench: Bench, trial: number): void => {
  bench.workers.listener.progress(trial, {
    phase: 'training',
    epoch: 0,
    epochs: 1,
    epochSamples: 1000,
    samplesDone: 400,
    samplesPlanned: 1000,
    samplesPerSecond: 1,
    lastInterval: null,
  })
}

const curveOf = (accuracies: readonly number[]) => {
  const outcome = complete(0.5)
  if (outcome.kind !== 'complete') throw new Error('it is complete')
  const intervals = accuracies.map((trainAccuracy, epoch) => ({ epoch, sample: 100, trainAccuracy, nonSpiking: [] }))
  return { ...outcome, measurement: { ...outcome.measurement, intervals } }
}
