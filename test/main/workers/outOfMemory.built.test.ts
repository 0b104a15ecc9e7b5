import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import type { Outcome } from '../../../src-core/trial/measurement.ts'
import { StudyDevices } from '../../../src-main/devices/studyDevices.ts'
import type { WorkerLane } from '../../../src-main/devices/workerLanes.ts'
import { findInstallation, tensorflowFolder } from '../../../src-main/tensorflow/installation.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import type { WorkerHost, WorkerProcess } from '../../../src-main/workers/workerHost.ts'
import { WorkerPool } from '../../../src-main/workers/workerPool.ts'
import { layeredDefinition, layeredRequest, learningPoint } from '../../worker/training/surrogate/layeredRequests.ts'

const childProcesses = createChildProcessHost(new URL('../../../out/main/worker.js', import.meta.url))

/** A pool of one real worker, what it says of its trials, and the processes that it was. */
class OneWorker {
  readonly processes: WorkerProcess[] = []
  readonly #pool: WorkerPool
  readonly #name: string
  readonly #ready: Promise<void>
  #settle: { resolve(outcome: Outcome): void; reject(error: Error): void } | null = null

  constructor(lane: WorkerLane) {
    this.#name = lane.name
    const host: WorkerHost = {
      kind: 'child-process',
      start: (...given) => {
        const started = childProcesses.start(...given)
        this.processes.push(started)
        return started
      },
    }
    let isReady: () => void = () => undefined
    this.#ready = new Promise((resolve) => (isReady = resolve))
    const died = (message: string, lastWords: string): void => {
      this.#settle?.reject(new Error(`${message}: ${lastWords}`))
    }
    this.#pool = new WorkerPool(
      host,
      {
        free: () => isReady(),
        progress: () => undefined,
        epochEnded: () => null,
        outcome: (_trial, outcome) => this.#settle?.resolve(outcome),
        died: (_trial, { message, lastWords }) => died(message, lastWords),
        unavailable: died,
      },
      [lane],
    )
    this.#pool.resize(1)
  }

  async evaluate(request: EvaluationRequest): Promise<Outcome> {
    await this.#ready
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#pool.evaluate(this.#name, request)
    })
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}

let worker: OneWorker | null = null
afterEach(async () => {
  await worker?.close()
  worker = null
})

/** 759 maps of 28 x 28 for 300 steps: blocks of 681 MiB, in all just below what is refused as an impossible network. */
const tooLarge = layeredRequest(
  layeredDefinition({
    encoding: { steps: 300 },
    network: {
      layers: [
        { name: 'conv1', type: 'conv', neuron: 'lif' },
        { name: 'pool1', type: 'pool' },
        { name: 'output', type: 'dense', neuron: 'lif' },
      ],
    },
    silence: { layers: [] },
  }),
  { 'conv1.filters': 759, 'conv1.kernel': 1, 'pool1.kernel': 28, batchSize: 4 },
  { trial: 1 },
)

const usual = (trial: number): EvaluationRequest => layeredRequest(layeredDefinition(), learningPoint, { trial })

/**
 * A worker that is left less than one block of it fails the large network, and then trains the usual one as before.
 * @param refusal what the allocator says
 */
const survives = async (lane: WorkerLane, refusal: RegExp): Promise<void> => {
  const started = (worker = new OneWorker(lane))
  const before = await started.evaluate(usual(0))
  for (const process of started.processes) leaveSome(process)
  const outcome = await started.evaluate(tooLarge)
  expect(outcome).toMatchObject({
    kind: 'failed',
    failure: { reason: 'out-of-memory', details: expect.stringMatching(refusal) as string },
  })
  const after = await started.evaluate(usual(2))
  expect(after).toMatchObject({ kind: 'complete' })
  expect(objectiveOf(after)).toBeGreaterThan(0.3)
  expect(objectiveOf(after)).toBe(objectiveOf(before))
  expect(started.processes).toHaveLength(1)
}

/** From now on the system refuses the process what goes beyond what it has and this, as a full GPU does. */
const leaveSome = ({ pid }: WorkerProcess): void => {
  const status = readFileSync(`/proc/${pid ?? 'none'}/status`, 'utf8')
  const limit = Number(/VmData:\s+(\d+) kB/.exec(status)?.[1]) * 1024 + 640 * 2 ** 20
  execFileSync('prlimit', ['--pid', String(pid), `--data=${limit}`])
}

const objectiveOf = (outcome: Outcome): number => (outcome.kind === 'failed' ? NaN : outcome.measurement.objective)

const installation = findInstallation(tensorflowFolder(process.env), 'cpu')

// Limits of another process are Linux's to set.
describe.skipIf(process.platform !== 'linux')('a network that does not fit the memory', () => {
  it('fails its trial, and the same process trains the next as well as the one before: WebAssembly', async () => {
    await survives({ name: 'cpu-0', device: 'cpu' }, /grow instance memory/)
  })

  it.skipIf(installation === null)(
    `fails its trial, and the same process trains the next as well as the one before: TensorFlow${installation === null ? ' (skipped: `spiketune setup tensorflow` was not run here)' : ''}`,
    async () => {
      const [lane] = await new StudyDevices(process.env).chooseLanes({
        workers: { tensorflow: 1 },
        network: { type: 'layered' },
      })
      if (lane === undefined) throw new Error('there is no worker on TensorFlow')
      await survives(lane, /OOM when allocating tensor/)
    },
    120_000,
  )
})
