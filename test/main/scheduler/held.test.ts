import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { patiently } from '../../../src-main/storage/held.ts'
import { ManualClock } from './manualClock.ts'
import { Bench, complete, definitionOf, settle, space } from './schedulerBench.ts'

const started = async (trials: number, workers = 2): Promise<Bench> => {
  const bench = new Bench(definitionOf(`${space}optimiser: { type: random }\nbudget: { trials: ${trials} }`))
  bench.scheduler.start(workers)
  await settle()
  return bench
}

const release = async (bench: Bench): Promise<void> => {
  bench.journal.held = false
  bench.clock.advance(500)
  await settle()
}

describe('while another program holds the database', () => {
  it('what happens waits, in its order, and is stored with the times at which it happened', async () => {
    const bench = await started(3)
    bench.clock.advance(1000)
    bench.journal.held = true
    const endedAtMs = bench.clock.now()
    bench.workers.finish(1)
    expect([bench.state.kind, bench.scheduler.isHeld]).toEqual(['running', true])
    bench.clock.advance(3_600_000)
    bench.workers.finish(0)
    await settle()
    // Nothing that is not stored was told to anybody, and nothing new was begun.
    expect(bench.optimiser.told).toEqual([])
    expect([...bench.seen.values()].map(({ state }) => state)).toEqual(['running', 'running'])
    expect(bench.workers.trials()).toEqual([])

    await release(bench)
    expect(bench.scheduler.isHeld).toBe(false)
    expect(bench.log.slice(-6)).toEqual(
      ['finished 1', 'told 1', 'finished 0', 'told 0', 'asked 2', 'claimed 2', 'evaluate 2'].slice(-6),
    )
    expect(bench.journal.trials.get(1)).toMatchObject({ endedAtMs, durationMs: 1000, toldOrder: 0 })
    bench.workers.finish(2)
    await settle()
    expect(bench.state).toMatchObject({ kind: 'finished', reason: 'trial-budget' })
  })

  it('a study can be stopped at once, and goes on later', async () => {
    const bench = await started(2)
    bench.journal.held = true
    bench.workers.finish(0)
    await bench.scheduler.stop()
    expect([bench.state.kind, bench.scheduler.isHeld]).toEqual(['paused', false])
    expect(() => {
      bench.scheduler.start(2)
    }).toThrow(expect.objectContaining({ code: 'database-locked' }))
    expect(bench.state.kind).toBe('paused')
    await release(bench)
    bench.scheduler.start(2)
    await settle()
    expect(bench.workers.trials()).toEqual([0, 1])
    bench.workers.finish(0)
    bench.workers.finish(1)
    await settle()
    expect(bench.state.kind).toBe('finished')
  })

  it('a pause waits too, and no trial begins after it', async () => {
    const bench = await started(4)
    bench.journal.held = true
    bench.scheduler.pause()
    bench.workers.finish(0)
    bench.workers.finish(1)
    await release(bench)
    expect(bench.state.kind).toBe('paused')
    expect([...bench.journal.trials.values()].map(({ state }) => state)).toEqual(['complete', 'complete'])
  })

  it('a disk that fails when it is let go ends the study in an error', async () => {
    const bench = await started(2)
    bench.journal.held = true
    bench.workers.finish(0)
    bench.journal.broken = true
    await release(bench)
    expect(bench.state).toMatchObject({ kind: 'error', message: 'the disk is full' })
    expect(bench.scheduler.isHeld).toBe(false)
  })

  it.each([1, 2, 3, 4, 5])('at any moments, a study comes to what it comes to undisturbed; seed %i', async (seed) => {
    const random = createGenerator(seed)
    const run = async (disturbed: boolean): Promise<unknown> => {
      const bench = await started(12, 3)
      while (bench.state.kind === 'running') {
        if (disturbed && random.next() < 0.5) bench.journal.held = !bench.journal.held
        const trial = bench.workers.trials()[0]
        if (trial === undefined) await release(bench)
        else bench.workers.finish(trial, complete(trial / 100))
        await settle()
        if (disturbed && random.next() < 0.3) bench.clock.advance(700)
        await settle()
      }
      expect(bench.state.kind).toBe('finished')
      const trials = [...bench.journal.trials.values()].sort((a, b) => a.number - b.number)
      const told = trials.map((trial) => ('toldOrder' in trial ? trial.toldOrder : NaN)).sort((a, b) => a - b)
      expect(told).toEqual([...trials.keys()])
      return trials.map(({ number, state, configuration }) => ({ number, state, configuration }))
    }
    expect(await run(true)).toEqual(await run(false))
  })
})

describe('what a person asks for', () => {
  const locked = new SpiketuneError('database-locked', 'held')

  it('is done as soon as the database is free, and is told once to wait', async () => {
    const clock = new ManualClock()
    let left = 3
    let told = 0
    const asked = patiently(
      clock,
      () => {
        if (left-- > 0) throw locked
        return 'done'
      },
      () => told++,
    )
    for (let turn = 0; turn < 4; turn++) {
      await settle()
      clock.advance(500)
    }
    expect(await asked).toBe('done')
    expect(told).toBe(1)
  })

  it('is given up after a minute', async () => {
    const clock = new ManualClock()
    const asked = patiently(
      clock,
      () => Promise.reject(locked),
      () => undefined,
    )
    const given = expect(asked).rejects.toBe(locked)
    for (let turn = 0; turn < 125; turn++) {
      await settle()
      clock.advance(500)
    }
    await given
  })
})
