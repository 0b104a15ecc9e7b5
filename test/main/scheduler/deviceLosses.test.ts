import { describe, expect, it } from 'vitest'
import { DeviceLosses } from '../../../src-main/scheduler/deviceLosses.ts'
import { Bench, definitionOf, settle, space } from './schedulerBench.ts'

const started = async (devices: readonly string[], rest = 'budget: { trials: 4 }'): Promise<Bench> => {
  const bench = new Bench(definitionOf(`${space}${rest}`))
  bench.devices = devices
  bench.scheduler.start(devices.length)
  await settle()
  return bench
}

describe('where a trial may run', () => {
  it('is rather a device that has not lost it, and never the last that did while there is another', () => {
    const losses = new DeviceLosses()
    const where = (alive: readonly string[]) => alive.filter((device) => losses.mayRun(7, device, new Set(alive)))
    expect(where(['gpu0', 'gpu1', 'cpu'])).toEqual(['gpu0', 'gpu1', 'cpu'])
    losses.lost(7, 'gpu0')
    expect(where(['gpu0', 'gpu1', 'cpu'])).toEqual(['gpu1', 'cpu'])
    losses.lost(7, 'gpu1')
    expect(where(['gpu0', 'gpu1', 'cpu'])).toEqual(['cpu'])
    expect(where(['gpu0', 'gpu1'])).toEqual(['gpu0'])
    expect(where(['gpu1'])).toEqual(['gpu1'])
    losses.forget(7)
    expect(where(['gpu0', 'gpu1'])).toEqual(['gpu0', 'gpu1'])
  })
})

describe('a trial whose device was lost', () => {
  it('waits for another device, while its own gets something new', async () => {
    const bench = await started(['gpu0', 'gpu1'])
    const { workers } = bench
    expect([workers.workerOf(0), workers.workerOf(1)]).toEqual(['cpu-0', 'cpu-1'])
    workers.die(0)
    await settle()
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'waiting', attempt: 1 })
    expect(workers.workerOf(2)).toBe('cpu-0')
    workers.finish(1)
    await settle()
    expect(workers.workerOf(0)).toBe('cpu-1')
  })

  it('leaves its device idle rather than to be tried there again, when nothing else is to be done', async () => {
    const bench = await started(['gpu0', 'cpu'], 'budget: { trials: 2 }')
    const { workers } = bench
    workers.die(0)
    await settle()
    expect(workers.trials()).toEqual([1])
    expect(bench.state.kind).toBe('running')
    workers.finish(1)
    await settle()
    expect(workers.workerOf(0)).toBe('cpu-1')
    workers.finish(0)
    await settle()
    expect(bench.state).toMatchObject({ kind: 'finished', reason: 'trial-budget' })
  })

  it('is tried on its device again when there is no other, or none any more', async () => {
    const alone = await started(['gpu0'], 'budget: { trials: 1 }')
    alone.workers.die(0)
    await settle()
    expect(alone.workers.workerOf(0)).toBe('cpu-0')

    const bench = await started(['gpu0', 'gpu1'], 'budget: { trials: 2 }')
    bench.workers.die(0)
    await settle()
    bench.workers.finish(1)
    await settle()
    bench.workers.die(0)
    await settle()
    expect(bench.workers.workerOf(0)).toBe('cpu-0')
    bench.workers.finish(0)

    const left = await started(['gpu0', 'gpu1'], 'budget: { trials: 2 }')
    left.workers.die(0)
    await settle()
    expect(left.workers.trials()).toEqual([1])
    left.workers.die(1)
    await settle()
    expect(left.workers.workerOf(1)).toBe('cpu-0')
    left.workers.finish(1)
    left.workers.loseDevice('gpu1')
    await settle()
    expect(left.workers.trials()).toContain(0)
  })

  it('waits when its device was the last: the study ends with the reason, and goes on from there', async () => {
    const bench = await started(['gpu0'], 'budget: { trials: 1 }')
    bench.workers.die(0)
    bench.workers.listener.unavailable('gpu0 does not answer', 'CUDA_ERROR_UNKNOWN')
    await settle()
    expect(bench.state).toMatchObject({ kind: 'error', reason: 'workers-failed' })
    expect(bench.state).toMatchObject({ message: expect.stringContaining('gpu0 does not answer') as string })
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'waiting' })
    bench.scheduler.start(1)
    await settle()
    expect(bench.workers.trials()).toEqual([0])
    bench.workers.finish(0)
    await settle()
    expect(bench.state).toMatchObject({ kind: 'finished' })
  })
})
