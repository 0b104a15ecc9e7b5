import { describe, expect, it } from 'vitest'
import type { EvaluationRequest, HostMessage, WorkerMessage } from '../../../src-core/contracts/worker.ts'
import type { PrunedStop } from '../../../src-core/trial/measurement.ts'
import type { WorkerExit, WorkerHost, WorkerListener, WorkerProcess } from '../../../src-main/workers/workerHost.ts'
import type { WorkerLane } from '../../../src-main/devices/workerLanes.ts'
import { WorkerPool } from '../../../src-main/workers/workerPool.ts'
import { cardOf } from '../../core/datasets/cards.ts'
import { definition, running } from '../../core/progress/fixtures.ts'
import { ManualClock } from '../scheduler/manualClock.ts'
import { complete } from '../scheduler/schedulerBench.ts'

/** A process that does what the test says. */
class ScriptedProcess implements WorkerProcess {
  readonly pid = 1
  readonly name: string
  readonly posted: HostMessage[] = []
  killed = false
  readonly #listener: WorkerListener

  constructor(name: string, listener: WorkerListener) {
    this.name = name
    this.#listener = listener
  }

  post(message: HostMessage): void {
    this.posted.push(message)
  }

  kill(): void {
    this.killed = true
  }

  ready(): void {
    this.#listener.message({ type: 'ready', device: 'cpu', version: '0.1.0' })
  }

  read(): void {
    this.#listener.message({ type: 'dataset', card: cardOf() })
  }

  wrote(trial: number, path: string, problem: string | null = null): void {
    this.#listener.message({ type: 'snapshot', trial, path, problem })
  }

  endEpoch(trial: number, epoch: number): void {
    this.#listener.message({ type: 'epoch-ended', trial, epoch, trainAccuracy: 0.1 })
  }

  /** For another worker, which converts the dataset. */
  wait(trial: number): void {
    const { progress } = running(trial, 0, 0)
    if (progress !== null)
      this.#listener.message({ type: 'progress', trial, progress: { ...progress, phase: 'waiting' } })
  }

  /** Steps of its training, a second apart. */
  train(trial: number, steps: number, clock: ManualClock): void {
    const { progress } = running(trial, 0, 0.5)
    for (let step = 0; step < steps && progress !== null; step++) {
      clock.advance(1000)
      this.#listener.message({ type: 'progress', trial, progress })
    }
  }

  say(message: WorkerMessage): void {
    this.#listener.message(message)
  }

  finish(trial: number): void {
    this.#listener.message({ type: 'outcome', trial, outcome: complete(0.5) })
  }

  exit(exit: WorkerExit = { kind: 'crashed', code: null, signal: 'SIGKILL' }, lastWords = 'last words'): void {
    this.#listener.exit(exit, lastWords)
  }
}

const pruned: PrunedStop = { kind: 'pruned', rule: 'asha', epoch: 1, accuracy: 0.1, threshold: 0.2, trials: 3 }

/** A pool whose processes are all scripted, and what it reports. */
const scripted = (size: number, lanes: readonly WorkerLane[] = []) => {
  const clock = new ManualClock()
  const processes: ScriptedProcess[] = []
  const log: string[] = []
  const host: WorkerHost = {
    kind: 'child-process',
    start(name, listener) {
      const started = new ScriptedProcess(name, listener)
      processes.push(started)
      return started
    },
  }
  const pool = new WorkerPool(
    host,
    {
      free: () => log.push('free'),
      progress: () => log.push('progress'),
      dataset: ({ dataset }) => log.push(`dataset ${dataset}`),
      epochEnded: (trial, epoch, trainAccuracy) => {
        log.push(`epoch ${epoch} of ${trial} ended: ${trainAccuracy}`)
        return epoch === 1 ? pruned : null
      },
      outcome: (trial) => log.push(`outcome ${trial}`),
      resumed: (trial, { samplesDone }, accuracies) =>
        log.push(`resumed ${trial} at ${samplesDone}, ${accuracies.join()}`),
      beginsAnew: (trial, problem) => log.push(`anew ${trial}: ${problem}`),
      checkpoint: (trial, place) =>
        log.push(`checkpoint ${trial}: ${typeof place === 'string' ? place : place.samplesDone}`),
      paused: (trial) => log.push(`paused ${trial}`),
      died: (trial, { message, device }) =>
        log.push(`died ${trial}: ${message}${device === 'cpu' ? '' : ` on ${device}`}`),
      deviceLost: (device, reason) => log.push(`lost ${device}: ${reason}`),
      unavailable: (message) => log.push(`unavailable: ${message}`),
    },
    lanes,
    { clock },
  )
  pool.resize(size)
  const process = (index: number): ScriptedProcess => {
    const found = processes.at(index)
    if (found === undefined) throw new Error(`no process ${index} was started`)
    return found
  }
  return { pool, process, processes, log, clock }
}

const study = definition({ trials: 1 })
const asked = (trial: number) => ({ trial, attempt: 1, hyperparameters: {}, seed: 1, networkPath: null })
const request = (trial: number, of = study): EvaluationRequest => ({ ...asked(trial), definition: of })

describe('a pool of workers', () => {
  it('tells a worker of a study once, of another one when its trials come, and a new worker again', () => {
    const { pool, process } = scripted(1)
    const told = (index: number): unknown[] =>
      process(index).posted.map((message) =>
        message.type === 'study' ? message.definition.budget.trials : message.type,
      )
    process(0).ready()
    for (const [trial, of] of [study, study, definition({ trials: 9 })].entries()) {
      pool.evaluate('cpu-0', request(trial, of))
      process(0).finish(trial)
    }
    expect(told(0)).toEqual([1, 'evaluate', 'evaluate', 9, 'evaluate'])
    process(0).exit()
    process(1).ready()
    pool.evaluate('cpu-0', request(3))
    expect(told(1)).toEqual([1, 'evaluate'])
  })

  it('gives work to workers that are ready and have none, and to no others', () => {
    const { pool, process } = scripted(2)
    expect(pool.idle()).toEqual([])
    process(1).ready()
    expect(pool.idle()).toEqual(['cpu-1'])
    pool.evaluate('cpu-1', request(7))
    expect(process(1).posted).toEqual([
      { type: 'study', definition: study },
      { type: 'evaluate', request: asked(7) },
    ])
    expect(pool.idle()).toEqual([])
    expect(() => {
      pool.evaluate('cpu-1', request(8))
    }).toThrow('not idle')
    process(1).finish(7)
    expect(pool.idle()).toEqual(['cpu-1'])
  })

  it('replaces a worker that dies under its trial, under the same name, and says how it died', () => {
    const { pool, process, log } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(3))
    process(0).exit()
    expect(log).toEqual(['free', 'died 3: the worker cpu-0 died (SIGKILL)'])
    expect(process(1).name).toBe('cpu-0')
    process(1).ready()
    expect(pool.idle()).toEqual(['cpu-0'])
  })

  it('ends a worker that says nothing under its trial, says so, and replaces it', () => {
    const { pool, process, log, clock } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(3))
    process(0).train(3, 5, clock)
    clock.advance(119_000)
    expect(process(0).killed).toBe(false)
    clock.advance(20_000)
    expect(process(0).killed).toBe(true)
    process(0).exit({ kind: 'requested' })
    expect(log.at(-1)).toBe('died 3: the worker cpu-0 said nothing for 125 s, and was ended')
    process(1).ready()
    expect(pool.idle()).toEqual(['cpu-0'])
  })

  it('ends a worker that is never ready, and one that does not answer to a cancelled trial; not one that waits for work', () => {
    const { pool, process, clock } = scripted(2)
    process(0).ready()
    clock.advance(605_000)
    expect([process(0).killed, process(1).killed]).toEqual([false, true])
    pool.evaluate('cpu-0', request(3))
    pool.cancel(3)
    clock.advance(29_000)
    expect(process(0).killed).toBe(false)
    clock.advance(1000)
    expect(process(0).killed).toBe(true)
  })

  it('ends an evaluation where it can go on, and has its worker take the next', () => {
    const { pool, process, log, clock } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(3))
    pool.pause(2)
    pool.pause(3)
    expect(process(0).posted.slice(2)).toEqual([{ type: 'pause', trial: 3 }])
    const place = { samplesDone: 63, samplesPlanned: 100, spentMs: 1 }
    process(0).say({ type: 'checkpoint', trial: 3, place, problem: null })
    process(0).say({ type: 'paused', trial: 2 })
    expect(pool.idle()).toEqual([])
    process(0).say({ type: 'paused', trial: 3 })
    expect(log).toEqual(['free', 'checkpoint 3: 63', 'paused 3'])
    expect(pool.idle()).toEqual(['cpu-0'])
    clock.advance(60_000)
    expect(process(0).killed).toBe(false)
  })

  it('ends a worker that does not come to where its trial can go on', () => {
    const { pool, process, log, clock } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(3))
    pool.pause(3)
    process(0).train(3, 29, clock)
    expect(process(0).killed).toBe(false)
    clock.advance(1000)
    expect(process(0).killed).toBe(true)
    process(0).exit({ kind: 'requested' })
    expect(log.at(-1)).toMatch(/^died 3: the worker cpu-0 said nothing/)
  })

  it('passes on what a worker does with the checkpoints of its trial, and of no other', () => {
    const { pool, process, log } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(3))
    for (const trial of [2, 3]) {
      const from = { samplesDone: 50, samplesPlanned: 100, spentMs: 1 }
      process(0).say({ type: 'begins-anew', trial, problem: 'it is torn' })
      process(0).say({ type: 'resumed', trial, from, accuracies: [0.5, null] })
      process(0).say({ type: 'checkpoint', trial, place: null, problem: 'the disk is full' })
    }
    expect(log).toEqual(['free', 'anew 3: it is torn', 'resumed 3 at 50, 0.5,', 'checkpoint 3: the disk is full'])
  })

  it('leaves workers alone that wait for data for hours and say so', () => {
    const { pool, process, clock } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(3))
    for (let minute = 0; minute < 300; minute += 5) {
      clock.advance(5 * 60_000)
      process(0).wait(3)
    }
    expect(process(0).killed).toBe(false)
  })

  it('passes on what a worker says of its dataset', () => {
    const { process, log } = scripted(1)
    process(0).read()
    expect(log).toEqual(['dataset idx'])
  })

  it('takes no outcome of a trial that the worker does not have', () => {
    const { pool, process, log } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(3))
    process(0).finish(2)
    process(0).finish(3)
    process(0).finish(3)
    expect(log).toEqual(['free', 'outcome 3'])
  })

  it('brings the verdict on each epoch of the trial that a worker has, and of no other', () => {
    const { pool, process, log } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(3))
    process(0).endEpoch(2, 0)
    process(0).endEpoch(3, 0)
    process(0).endEpoch(3, 1)
    expect(log).toEqual(['free', 'epoch 0 of 3 ended: 0.1', 'epoch 1 of 3 ended: 0.1'])
    expect(process(0).posted.slice(2)).toEqual([
      { type: 'verdict', trial: 3, epoch: 0, stop: null },
      { type: 'verdict', trial: 3, epoch: 1, stop: pruned },
    ])
  })

  it('gives up a worker after five deaths in a row, and says so when it was the last', () => {
    const { pool, process, processes, log } = scripted(2)
    for (let death = 0; death < 5; death++) {
      expect(pool.size).toBe(2)
      process(death === 0 ? 0 : -1).exit({ kind: 'failed-to-start', message: 'ENOENT' })
    }
    expect(pool.size).toBe(1)
    // what waited for the worker that is gone may now go to the one that is left
    expect(log).toEqual(['free'])
    process(1).ready()
    for (let death = 0; death < 5; death++) process(death === 0 ? 1 : -1).exit()
    expect(pool.size).toBe(0)
    expect(log.at(-1)).toBe('unavailable: the worker cpu-1 died (SIGKILL)')
    expect(processes).toHaveLength(2 + 4 + 4)
    pool.resize(1)
    expect(processes).toHaveLength(11)
    expect(pool.size).toBe(1)
  })

  it('gives up a device whose workers die twice in a row, with the reason, while the others go on', () => {
    const launch = { environment: { CUDA_VISIBLE_DEVICES: 'GPU-1' }, device: { kernels: 'wasm' as const } }
    const { pool, process, processes, log } = scripted(3, [
      { name: 'gpu0-0', device: 'gpu0', launch },
      { name: 'gpu0-1', device: 'gpu0', launch },
      { name: 'cpu-0', device: 'cpu' },
    ])
    expect(processes.map(({ name }) => name)).toEqual(['gpu0-0', 'gpu0-1', 'cpu-0'])
    for (const index of [0, 1, 2]) process(index).ready()
    pool.evaluate('gpu0-0', request(7))
    process(0).exit({ kind: 'crashed', code: 1, signal: null }, 'The device does not answer any more')
    expect(log.at(-1)).toBe('died 7: the worker gpu0-0 died (exit code 1) on gpu0')
    process(3).ready()
    pool.evaluate('gpu0-0', request(8))
    process(3).finish(8)
    pool.evaluate('gpu0-0', request(9))
    process(3).exit()
    expect(pool.size).toBe(3)
    process(4).exit(
      { kind: 'crashed', code: 1, signal: null },
      'a note\nError: CUDA_ERROR_UNKNOWN\n    at load\nNode 20',
    )
    expect(log.slice(-2)).toEqual(['lost gpu0: Error: CUDA_ERROR_UNKNOWN', 'free'])
    expect(pool.size).toBe(1)
    expect([...pool.devices()]).toEqual(['cpu'])
    expect(pool.deviceOf('gpu0-1')).toBe('gpu0')
    expect(process(1).killed).toBe(true)
    process(1).exit({ kind: 'requested' })
    expect(pool.idle()).toEqual(['cpu-0'])
    expect(processes).toHaveLength(5)
  })

  it('that shrinks lets trials end, and ends idle workers at once', () => {
    const { pool, process, processes, log } = scripted(3)
    for (const index of [0, 1, 2]) process(index).ready()
    pool.evaluate('cpu-2', request(5))
    pool.resize(1)
    expect([0, 1, 2].map((index) => process(index).killed)).toEqual([false, true, false])
    expect(pool.idle()).toEqual(['cpu-0'])
    process(2).finish(5)
    expect(process(2).killed).toBe(true)
    expect(log.at(-1)).toBe('outcome 5')
    for (const index of [1, 2]) process(index).exit({ kind: 'requested' })
    expect(processes).toHaveLength(3)
  })

  it('that shrinks and grows again gives no work to a process that is ending, whatever it still says', () => {
    const { pool, process } = scripted(1)
    pool.resize(0)
    pool.resize(1)
    process(0).ready()
    expect(pool.idle()).toEqual([])
    process(0).exit({ kind: 'requested' })
    process(1).ready()
    expect(pool.idle()).toEqual(['cpu-0'])
  })

  it('is closed when every process is gone, and reports nothing more', async () => {
    const { pool, process, processes, log } = scripted(2)
    process(0).ready()
    pool.evaluate('cpu-0', request(1))
    let closed = false
    const closing = pool.close().then(() => (closed = true))
    process(0).finish(1)
    process(0).exit()
    process(1).ready()
    await Promise.resolve()
    expect(closed).toBe(false)
    process(1).exit()
    await closing
    expect(log).toEqual(['free'])
    expect(processes).toHaveLength(2)
    await pool.close()
  })
})

describe('a look at a network in training', () => {
  /** A pool whose only worker trains trial 7. */
  const training = () => {
    const { pool, process } = scripted(1)
    process(0).ready()
    pool.evaluate('cpu-0', request(7))
    return { pool, worker: process(0) }
  }

  it('is asked of its worker, and answered when the file is there', async () => {
    const { pool, worker } = training()
    const written = pool.snapshot(7, '/a')
    expect(worker.posted.at(-1)).toEqual({ type: 'snapshot', trial: 7, path: '/a' })
    worker.wrote(7, '/a')
    await expect(written).resolves.toBeUndefined()
  })

  it('fails when there is nothing to see, when it cannot be written, and when the worker dies', async () => {
    const { pool, worker } = training()
    await expect(pool.snapshot(8, '/a')).rejects.toThrow('trial 8 is not in training')
    const full = pool.snapshot(7, '/full')
    const lost = pool.snapshot(7, '/lost')
    worker.wrote(7, '/full', 'the disk is full')
    await expect(full).rejects.toThrow('the disk is full')
    worker.exit()
    await expect(lost).rejects.toThrow('the worker has ended')
  })

  it('that comes too late is told so by the worker, though the trial is over', async () => {
    const { pool, worker } = training()
    const late = pool.snapshot(7, '/a')
    worker.finish(7)
    worker.wrote(7, '/a', 'trial 7 is not in training')
    await expect(late).rejects.toThrow('trial 7 is not in training')
  })
})
