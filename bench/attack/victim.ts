/** A study that is attacked: what has been told of it so far, and whether all of that is still there. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { z } from 'zod'
import { type FinishedTrial, isFinished } from '../../src-core/trial/trial.ts'
import { examineStudy } from '../../src-main/integrity/examineStudy.ts'
import { systemClock } from '../../src-main/scheduler/clock.ts'
import { StudyStore } from '../../src-main/storage/studyStore.ts'

const cliFile = resolve('out', 'main', 'cli.js')

/** A running `spiketune`. */
export interface Started {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  /** Resolves when it has told of so many finished trials, or has ended. */
  untilTold(count: number): Promise<void>
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

export interface Place {
  readonly folder: string
  readonly library: string
  readonly environment: NodeJS.ProcessEnv
}

export const placeIn = (folder: string): Place => {
  const library = join(folder, 'library')
  const { PATH, SPIKETUNE_CACHE = join(folder, 'cache') } = process.env
  const environment = { PATH, HOME: folder, LANG: 'C.UTF-8', SPIKETUNE_LIBRARY: library, SPIKETUNE_CACHE }
  return { folder, library, environment }
}

export const start = (place: Place, ...words: string[]): Started => {
  const child = spawn(process.execPath, [cliFile, ...words], {
    cwd: place.folder,
    env: place.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended: Started['ended'] = new Promise((done) => {
    child.on('close', (code) => {
      done({ code, stdout, stderr })
    })
  })
  const untilTold = async (count: number): Promise<void> => {
    while (child.exitCode === null && toldTrials(stdout).length < count) await delay(20)
  }
  return { child, ended, untilTold }
}

/** Networks so small, and so little data, that a trial takes a fraction of a second. */
const definitionOf = (name: string, optimiser: object) => ({
  version: 1,
  name,
  dataset: { name: 'mnist', trainSamples: 120, testSamples: 40 },
  encoding: { steps: 40 },
  network: { type: 'diehl-cook' },
  training: { algorithm: 'post-pre', updateInterval: 40 },
  space: {
    decoder: { type: 'categorical', choices: ['all', 'vote'] },
    mapSize: { type: 'integer', low: 8, high: 24 },
    thresholdExcitatoryMv: { type: 'real', low: -64, high: -50 },
  },
  fixed: { strengthExcitatory: 300, strengthInhibitory: 300, weightNorm: 120 },
  silence: { interval: 40, layers: [{ layer: 'excitatory', alpha: 1, beta: 0.2 }] },
  optimiser,
  budget: { trials: 100_000 },
  keepNetworks: 5,
  workers: 1,
})

const lineSchema = z.looseObject({ type: z.string(), trial: z.looseObject({}).optional() })
const toldSchema = z.looseObject({
  number: z.int(),
  state: z.string(),
  seed: z.int(),
  objective: z.number().nullable(),
})

/** A finished trial without the file of its network, which is forgotten when others are better. */
const valuesOf = (trial: FinishedTrial): unknown =>
  'measurement' in trial ? { ...trial, measurement: { ...trial.measurement, networkFile: null } } : trial

const toldTrials = (output: string): z.infer<typeof toldSchema>[] =>
  output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const { type, trial } = lineSchema.parse(JSON.parse(line))
      if (type !== 'trial') return []
      const told = toldSchema.parse(trial)
      return ['complete', 'stopped', 'failed'].includes(told.state) ? [told] : []
    })

export class Victim {
  readonly id: string
  readonly database: string
  readonly definition: string
  readonly #place: Place
  readonly #known = new Map<number, unknown>()

  constructor(place: Place, name: string, optimiser: object = { type: 'random' }) {
    this.#place = place
    this.id = `${name}-1`
    this.database = join(place.library, this.id, 'study.sqlite')
    this.definition = join(place.folder, `${name}.yaml`)
    writeFileSync(this.definition, stringify(definitionOf(name, optimiser)))
  }

  get trials(): number {
    return this.#known.size
  }

  finished(): FinishedTrial[] {
    const store = StudyStore.openReadOnly(this.database, systemClock)
    try {
      return store.trials().filter(isFinished)
    } finally {
      store.close()
    }
  }

  /** What `spiketune check` itself finds, in a process of its own; null: nothing. */
  async checkProblem(): Promise<string | null> {
    const { code, stdout, stderr } = await start(this.#place, 'check', this.id, '--json').ended
    return code === 0 ? null : `check ended with ${String(code)}: ${stdout} ${stderr}`
  }

  /**
   * What is wrong after a kill; null: nothing is. Every trial that was stored before, and every one that an application told
   * of, is there with the same values, and the look of `spiketune check` finds nothing.
   * @param output what the application printed, JSON lines
   */
  async problem(output = ''): Promise<string | null> {
    const { damage } = await examineStudy({ folder: dirname(this.database), networks: true })
    if (damage.length > 0) return `the check found: ${damage.map(({ message }) => message).join(' ')}`
    const now = new Map(this.finished().map((trial) => [Number(trial.number), trial]))
    for (const [number, before] of this.#known) {
      const trial = now.get(number)
      if (trial === undefined) return `trial ${number} is gone`
      if (!isDeepStrictEqual(valuesOf(trial), before)) return `trial ${number} has other values`
    }
    for (const { number, state, seed, objective } of toldTrials(output)) {
      const trial = now.get(number)
      if (trial === undefined) return `trial ${number} was told, and is gone`
      const measured = 'measurement' in trial ? trial.measurement.objective : null
      if (trial.state !== state || trial.seed !== seed || measured !== objective)
        return `trial ${number} was told otherwise`
    }
    for (const [number, trial] of now) this.#known.set(number, valuesOf(trial))
    return null
  }
}

/** Resolves when a file is there. */
export const untilThere = async (file: string): Promise<void> => {
  while (!existsSync(file)) await delay(20)
}

/** The child processes of a process (Linux). */
export const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return state !== 'Z' && Number(ppid) === parent
      } catch {
        return false
      }
    })

export const kill = (pid: number): boolean => {
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    // It ended by itself in the meantime.
    return false
  }
}
