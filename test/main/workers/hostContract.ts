/** What every worker host must do, as plain functions: they run in Node, and inside a real Electron. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type EvaluationRequest, trialAsker, type WorkerMessage } from '../../../src-core/contracts/worker.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import type { Outcome } from '../../../src-core/trial/measurement.ts'
import { type PoolListener, type WorkerDeath, WorkerPool } from '../../../src-main/workers/workerPool.ts'
import type { WorkerExit, WorkerHost, WorkerProcess } from '../../../src-main/workers/workerHost.ts'

export interface ContractSetup {
  /** The worker as built. */
  readonly worker: URL
  createHost(workerFile: URL): WorkerHost
}

interface Conversation {
  readonly process: WorkerProcess
  ask(request: EvaluationRequest): void
  readonly messages: WorkerMessage[]
  readonly exits: { readonly exit: WorkerExit; readonly lastWords: string }[]
  message(type: WorkerMessage['type']): Promise<WorkerMessage>
  exit(): Promise<{ readonly exit: WorkerExit; readonly lastWords: string }>
}

const start = (host: WorkerHost): Conversation => {
  const messages: WorkerMessage[] = []
  const exits: Conversation['exits'] = []
  const waiting = new Set<() => void>()
  const check = (): void => {
    for (const look of [...waiting]) look()
  }
  const until = <Found>(find: () => Found | undefined): Promise<Found> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find()
        if (found === undefined && exits.length === 0) return
        waiting.delete(look)
        if (found === undefined) reject(new Error(`the worker ended: ${JSON.stringify(exits)}`))
        else resolve(found)
      }
      waiting.add(look)
      look()
    })
  const process = host.start('cpu-0', {
    message(message) {
      messages.push(message)
      check()
    },
    exit(exit, lastWords) {
      exits.push({ exit, lastWords })
      check()
    },
  })
  return {
    process,
    ask: trialAsker((message) => process.post(message)),
    messages,
    exits,
    message: (type) => until(() => messages.find((message) => message.type === type)),
    exit: () => until(() => exits[0]),
  }
}

/** A worker in a file of its own, which does what `source` says. */
const withScript = async (setup: ContractSetup, source: string, use: (worker: Conversation) => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'spiketune-host-'))
  try {
    const file = join(folder, 'worker.mjs')
    writeFileSync(file, source)
    await use(start(setup.createHost(pathToFileURL(file))))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const sendGarbage = `
  const send = process.parentPort ? (m) => process.parentPort.postMessage(m) : (m) => process.send(m)
  send({ type: 'ready', device: 'cpu', version: '0', surplus: true })
  setInterval(() => {}, 1000)`

const definition = decodeDefinition(
  `version: 2
name: contract
dataset: { name: mnist, trainSamples: 600, testSamples: 200 }
network: { type: diehl-cook }
training: { algorithm: post-pre, updateInterval: 200 }
fixed: { mapSize: 40, strengthExcitatory: 300, strengthInhibitory: 300, weightNorm: 120 }
silence: { interval: 200, layers: [{ layer: excitatory, alpha: 5, beta: 1 }, { layer: inhibitory, alpha: 1, beta: 1 }] }
budget: { trials: 1 }`,
  'contract.yaml',
)

const request = (networkPath: string | null, trainSamples = 600): EvaluationRequest => ({
  trial: 3,
  attempt: 1,
  definition: {
    ...definition,
    dataset: { name: 'mnist', trainFraction: 0.8, trainSamples, testSamples: 200 },
  },
  hyperparameters: resolveHyperparameters(definition, {}),
  seed: 99,
  networkPath,
})

const outcomeOf = async (worker: Conversation): Promise<Outcome> => {
  const message = await worker.message('outcome')
  assert(message.type === 'outcome')
  assert.equal(message.trial, 3)
  return message.outcome
}

/** Everything of one small real trial that must be the same on every host: all but the durations. */
export const evaluateOnce = async (setup: ContractSetup): Promise<unknown> => {
  const folder = mkdtempSync(join(tmpdir(), 'spiketune-host-'))
  const worker = start(setup.createHost(setup.worker))
  try {
    await worker.message('ready')
    const networkPath = join(folder, 'network.safetensors')
    worker.ask(request(networkPath))
    const outcome = await outcomeOf(worker)
    assert(outcome.kind === 'complete', JSON.stringify(outcome))
    const { trainDurationMs: _, testDurationMs: __, spikeCounts, ...measured } = outcome.measurement
    return {
      ...measured,
      spikeCounts: spikeCounts.map((counts) => ({ ...counts, deflated: [...counts.deflated] })),
      networkSha256: createHash('sha256').update(readFileSync(networkPath)).digest('hex'),
    }
  } finally {
    worker.process.kill()
    await worker.exit()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Spiking Heidelberg Digits whose files are those of test/golden, changed. */
const digits = (folder: string, worker: URL, change: (train: Buffer, test: Buffer) => void): EvaluationRequest => {
  const [train, test] = ['train', 'test'].map((part) =>
    readFileSync(new URL(`../../test/golden/shd/shd_${part}.h5`, worker)),
  ) as [Buffer, Buffer]
  change(train, test)
  writeFileSync(join(folder, 'shd_train.h5'), train)
  writeFileSync(join(folder, 'shd_test.h5'), test)
  const one = request(null)
  const dataset = { name: 'shd' as const, folder, trainFraction: 0.8 }
  return { ...one, definition: { ...one.definition, dataset } }
}

export const hostContract: readonly { readonly name: string; run(setup: ContractSetup): Promise<void> }[] = [
  {
    name: 'a worker is ready once, has a process number, and ends when it is told to',
    async run({ createHost, worker: file }) {
      const worker = start(createHost(file))
      const ready = await worker.message('ready')
      assert(ready.type === 'ready')
      assert.equal(ready.device, 'cpu')
      assert(worker.process.pid !== undefined)
      worker.process.post({ type: 'shutdown' })
      assert.deepEqual((await worker.exit()).exit, { kind: 'requested' })
      assert.equal(worker.messages.filter(({ type }) => type === 'ready').length, 1)
      assert.equal(worker.exits.length, 1)
    },
  },
  {
    name: 'a cancelled evaluation fails as cancelled, and the worker lives on',
    async run({ createHost, worker: file }) {
      const worker = start(createHost(file))
      await worker.message('ready')
      worker.ask(request(null, 40_000))
      await worker.message('progress')
      worker.process.post({ type: 'cancel', trial: 3 })
      const outcome = await outcomeOf(worker)
      assert(outcome.kind === 'failed')
      assert.equal(outcome.failure.reason, 'cancelled')
      assert.equal(worker.exits.length, 0)
      worker.process.kill()
      await worker.exit()
    },
  },
  {
    name: 'a damaged HDF5 file that ends its library fails the trial, and the next file is read',
    async run({ createHost, worker: file }) {
      const folder = mkdtempSync(join(tmpdir(), 'spiketune-host-'))
      const worker = start(createHost(file))
      const failureOf = async (evaluated: EvaluationRequest): Promise<string> => {
        worker.messages.length = 0
        worker.ask(evaluated)
        const outcome = await outcomeOf(worker)
        assert(outcome.kind === 'failed')
        assert.equal(outcome.failure.reason, 'dataset')
        return outcome.failure.message
      }
      try {
        await worker.message('ready')
        const ending = digits(folder, file, (train, test) => {
          train.set(test)
          train[2736] = 199
        })
        assert.match(await failureOf(ending), /shd_train\.h5 is damaged: sample 0 cannot be read as HDF5 \(Aborted/)
        const second = digits(folder, file, (_, test) => test.fill(0))
        assert.match(await failureOf(second), /shd_test\.h5 is damaged: at byte 0, it is no HDF5 file/)
      } finally {
        worker.process.kill()
        await worker.exit()
        rmSync(folder, { recursive: true, force: true })
      }
    },
  },
  {
    name: 'a worker that is stopped in the middle of a trial is noticed, ended although it is stopped, and replaced',
    async run({ createHost, worker: file }) {
      const inner = createHost(file)
      let running: WorkerProcess | null = null
      const host: WorkerHost = {
        ...inner,
        start(...launched) {
          const started = inner.start(...launched)
          running = started
          return started
        },
      }
      let steps = 0
      let pool: WorkerPool | null = null
      const deaths: WorkerDeath[] = []
      try {
        await new Promise<void>((replaced, failed) => {
          const listener: PoolListener = {
            free: () => {
              if (deaths.length > 0) replaced()
              else pool?.evaluate('cpu-0', request(null, 40_000))
            },
            progress: (_, { phase }) => {
              // Two steps, and it has a pace to go by.
              if (phase !== 'training' || ++steps !== 3) return
              const pid = running?.pid
              if (pid === undefined) failed(new Error('the worker has no process number'))
              else process.kill(pid, 'SIGSTOP')
            },
            epochEnded: () => null,
            outcome: () => failed(new Error('the trial came to its end')),
            died: (_, death) => deaths.push(death),
            unavailable: (message) => failed(new Error(message)),
          }
          pool = new WorkerPool(host, listener, [], { limits: { leastMs: 200, times: 5, unknownMs: 60_000 } })
          pool.resize(1)
        })
        assert.equal(steps, 3)
        assert.equal(deaths.length, 1)
        assert.equal(deaths[0]?.reason, 'not-responding')
        assert.match(deaths[0].message, /^the worker cpu-0 said nothing for \d+ s, and was ended$/)
      } finally {
        await (pool as WorkerPool | null)?.close()
      }
    },
  },
  {
    name: 'a killed worker has crashed, once',
    async run({ createHost, worker: file }) {
      const worker = start(createHost(file))
      await worker.message('ready')
      const { pid } = worker.process
      assert(pid !== undefined)
      process.kill(pid, 'SIGKILL')
      assert.equal((await worker.exit()).exit.kind, 'crashed')
      assert.equal(worker.exits.length, 1)
    },
  },
  {
    name: 'a worker that the host kills has ended as requested',
    async run({ createHost, worker: file }) {
      const worker = start(createHost(file))
      await worker.message('ready')
      worker.process.kill()
      assert.deepEqual((await worker.exit()).exit, { kind: 'requested' })
    },
  },
  {
    name: 'a worker that the host kills before it has begun has ended as requested',
    async run({ createHost, worker: file }) {
      const worker = start(createHost(file))
      worker.process.kill()
      assert.deepEqual((await worker.exit()).exit, { kind: 'requested' })
      assert.equal(worker.exits.length, 1)
    },
  },
  {
    name: 'what is not a message ends the worker, and says what was wrong',
    run: (setup) =>
      withScript(setup, sendGarbage, async (worker) => {
        const { exit } = await worker.exit()
        assert(exit.kind === 'protocol')
        assert.match(exit.message, /surplus/)
        assert.equal(worker.messages.length, 0)
      }),
  },
  {
    name: 'a worker that throws at its start has crashed, with its last words',
    run: (setup) =>
      withScript(setup, `throw new Error('no kernel here')`, async (worker) => {
        const { exit, lastWords } = await worker.exit()
        assert.equal(exit.kind, 'crashed')
        assert.match(lastWords, /no kernel here/)
      }),
  },
  {
    name: 'a worker whose file is missing ends once',
    async run({ createHost, worker: file }) {
      const worker = start(createHost(new URL('./no-such-worker.js', file)))
      const { exit } = await worker.exit()
      assert(exit.kind === 'crashed' || exit.kind === 'failed-to-start')
      assert.equal(worker.exits.length, 1)
    },
  },
]
