import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  type HostMessage,
  trialAsker,
  type WorkerMessage,
  workerMessageSchema,
} from '../../src-core/contracts/worker.ts'
import type { Outcome, PrunedStop } from '../../src-core/trial/measurement.ts'
import { decodeSafetensors } from '../../src-core/networkFile/safetensors.ts'
import { evaluateTrial } from '../../src-worker/training/evaluateTrial.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { layeredDefinition, layeredRequest, learningPoint } from './training/surrogate/layeredRequests.ts'
import {
  definitionOf,
  environmentOf,
  goodPoint,
  measurementOf,
  reproducible,
  requestOf,
} from './training/trialRequests.ts'

const workerFile = fileURLToPath(new URL('../../out/main/worker.js', import.meta.url))

/** A worker process, as src-main/workers starts it, and what it says, decoded, in order. */
class Worker {
  readonly process: ChildProcess
  readonly said: WorkerMessage[] = []
  errors = ''
  #wake: () => void = () => undefined

  constructor() {
    this.process = fork(workerFile, [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.process.on('message', (message) => {
      this.said.push(workerMessageSchema.parse(message))
      this.#wake()
    })
    this.process.stderr?.on('data', (text: Buffer) => (this.errors += text.toString()))
    this.process.on('close', () => {
      this.#wake()
    })
    onTestFinished(() => {
      this.process.kill('SIGKILL')
    })
  }

  post(message: HostMessage): void {
    this.process.send(message)
  }

  readonly ask = trialAsker((message) => this.post(message))

  /** The next message that is wanted, of those not yet asked for. */
  async hears<Message extends WorkerMessage>(wanted: (message: WorkerMessage) => message is Message): Promise<Message> {
    for (;;) {
      const message = this.said.shift()
      if (message !== undefined && wanted(message)) return message
      if (message !== undefined) continue
      if (this.process.exitCode !== null) throw new Error(`the worker ended: ${this.errors}`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  async outcome(): Promise<{ trial: number; outcome: Outcome }> {
    return this.hears((message) => message.type === 'outcome')
  }

  async exit(): Promise<unknown> {
    const [code] = (await once(this.process, 'close')) as [number | null]
    return code
  }
}

const short = definitionOf()
/** Would take minutes. */
const long = definitionOf({ dataset: { trainSamples: 48000 }, silence: { stopEarly: false } })
const longPoint = { ...goodPoint, mapSize: 1000, epochs: 100 }
const isTraining = (message: WorkerMessage): message is Extract<WorkerMessage, { type: 'progress' }> =>
  message.type === 'progress' && message.progress.phase === 'training'

/** Starts a worker that shares its standard output, and says so there when that trains. */
const hostProgram = `
import { fork } from 'node:child_process'
const stdio = ['ignore', 'inherit', 'inherit', 'ipc']
const worker = fork(${JSON.stringify(workerFile)}, { serialization: 'advanced', execArgv: [], stdio })
worker.on('message', (message) => {
  if (message.type === 'ready') {
    const { definition, ...request } = JSON.parse(process.argv.at(-1))
    worker.send({ type: 'study', definition })
    worker.send({ type: 'evaluate', request })
  }
  if (message.type === 'progress' && message.progress.phase === 'training') process.stdout.write('training')
})`

describe('a worker process', () => {
  it('says when it is ready, reports, and gives the result that the same trial has elsewhere', async () => {
    const worker = new Worker()
    expect(await worker.hears((message) => message.type === 'ready')).toEqual({
      type: 'ready',
      device: 'cpu',
      version: packageJson.version,
    })
    const request = requestOf(short, goodPoint, { trial: 5 })
    worker.ask(request)
    const read = await worker.hears((message) => message.type === 'dataset')
    expect(read.card).toMatchObject({ dataset: 'mnist', trainSamples: 60_000, testSamples: 10_000 })
    const progress = await worker.hears(isTraining)
    expect(progress).toMatchObject({ trial: 5, progress: { epochs: 1, samplesPlanned: 400 } })
    const { trial, outcome } = await worker.outcome()
    expect(trial).toBe(5)
    const here = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    expect(reproducible(measurementOf(outcome, 'complete'))).toEqual(reproducible(here))
  })

  it('calls an evaluation off, and takes the next', async () => {
    const worker = new Worker()
    worker.ask(requestOf(long, longPoint, { trial: 1 }))
    await worker.hears(isTraining)
    worker.post({ type: 'cancel', trial: 0 })
    worker.post({ type: 'cancel', trial: 1 })
    expect(await worker.outcome()).toMatchObject({
      trial: 1,
      outcome: { kind: 'failed', failure: { reason: 'cancelled' } },
    })
    worker.ask(requestOf(short, goodPoint, { trial: 2 }))
    expect(await worker.outcome()).toMatchObject({ trial: 2, outcome: { kind: 'complete' } })
  })

  it('writes the network that it trains when asked to, and comes to the same result', async () => {
    const worker = new Worker()
    const path = join(temporaryFolder(), 'snapshot.safetensors')
    const isSnapshot = (message: WorkerMessage): message is Extract<WorkerMessage, { type: 'snapshot' }> =>
      message.type === 'snapshot'
    worker.post({ type: 'snapshot', trial: 4, path })
    expect(await worker.hears(isSnapshot)).toMatchObject({ trial: 4, problem: 'trial 4 is not in training' })
    const request = requestOf(definitionOf({ dataset: { trainSamples: 24000 } }), goodPoint, { trial: 4 })
    worker.ask(request)
    await worker.hears(isTraining)
    worker.post({ type: 'snapshot', trial: 4, path })
    expect(await worker.hears(isSnapshot)).toEqual({ type: 'snapshot', trial: 4, path, problem: null })
    const { metadata } = decodeSafetensors(readFileSync(path))
    expect(Number(metadata['samplesTrained'])).toBeLessThan(24000)
    const { outcome } = await worker.outcome()
    const here = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    expect(reproducible(measurementOf(outcome, 'complete'))).toEqual(reproducible(here))
  })

  it('refuses a second evaluation, and goes on with the first', async () => {
    const worker = new Worker()
    worker.ask(requestOf(short, goodPoint, { trial: 1 }))
    worker.ask(requestOf(short, goodPoint, { trial: 2 }))
    expect(await worker.outcome()).toMatchObject({
      trial: 2,
      outcome: { kind: 'failed', failure: { reason: 'internal' } },
    })
    expect(await worker.outcome()).toMatchObject({ trial: 1, outcome: { kind: 'complete' } })
  })

  it('ends in the middle of an evaluation when the host says shutdown', async () => {
    const worker = new Worker()
    worker.ask(requestOf(long, longPoint))
    await worker.hears(isTraining)
    worker.post({ type: 'shutdown' })
    expect(await worker.exit()).toBe(0)
  })

  it('ends in the middle of an evaluation when the host lets go', async () => {
    const worker = new Worker()
    worker.ask(requestOf(long, longPoint))
    await worker.hears(isTraining)
    worker.process.disconnect()
    expect(await once(worker.process, 'exit')).toEqual([0, null])
  })

  it('does not outlive a host that is killed', async () => {
    const request = requestOf(long, longPoint)
    const host = spawn(process.execPath, ['--input-type=module', '--eval', hostProgram, JSON.stringify(request)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(host.stdout, 'data')
    host.kill('SIGKILL')
    // The worker holds the other end of this pipe, too.
    await once(host, 'close')
    expect(host.signalCode).toBe('SIGKILL')
  })

  it('waits at the end of an epoch for the verdict on a judged trial, and can be called off while it waits', async () => {
    const request = layeredRequest(layeredDefinition(), { ...learningPoint, epochs: 3 }, { judged: true })
    const stop: PrunedStop = { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.4, threshold: 0.6, trials: 5 }
    const worker = new Worker()
    const epochEnded = () => worker.hears((message) => message.type === 'epoch-ended')
    worker.ask(request)
    const first = await epochEnded()
    expect(first).toMatchObject({ trial: 0, epoch: 0 })
    worker.post({ type: 'verdict', trial: 0, epoch: 0, stop: null })
    expect(await epochEnded()).toMatchObject({ trial: 0, epoch: 1 })
    worker.post({ type: 'verdict', trial: 0, epoch: 1, stop })
    const { outcome } = await worker.outcome()
    expect(outcome).toMatchObject({ kind: 'stopped', stop, measurement: { samplesTrained: 800 } })

    worker.ask({ ...request, trial: 1 })
    expect(await epochEnded()).toEqual({ ...first, trial: 1 })
    worker.post({ type: 'cancel', trial: 1 })
    expect((await worker.outcome()).outcome).toMatchObject({ kind: 'failed', failure: { reason: 'cancelled' } })
  })

  it('ends with an error that says why when it gets what is no message', async () => {
    const worker = new Worker()
    await worker.hears((message) => message.type === 'ready')
    worker.process.send({ type: 'evaluate', request: { trial: 'first' } })
    expect(await worker.exit()).toBe(1)
    expect(worker.errors).toMatch(/ZodError/)
  })

  it('ends with an error when it is asked for a trial of a study that it was not told of', async () => {
    const { definition: _, ...request } = requestOf(short, goodPoint)
    const worker = new Worker()
    worker.post({ type: 'evaluate', request })
    expect(await worker.exit()).toBe(1)
    expect(worker.errors).toMatch(/trial 0 is of no study that was told/)
  })

  it('does not run by hand', () => {
    const { status, stderr } = spawnSync(process.execPath, [workerFile], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain('A worker is started by Spiketune, not by hand.')
  })
})
