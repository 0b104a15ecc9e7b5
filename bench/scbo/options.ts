import { parseArgs } from 'node:util'
import { optimisers, variants } from './optimisers.ts'
import type { RunJob } from './perform.ts'
import type { CaseReport, CasesJob } from './robustness.ts'
import type { RunRecord } from './run.ts'

/** What a measurement is asked for. */
export interface CommandOptions {
  /** null: all. */
  readonly problems: readonly string[] | null
  readonly optimisers: readonly string[]
  /** The optimisers that were named; null: none were. */
  readonly chosen: readonly string[] | null
  /** Wall time of a study with trained networks. */
  readonly minutes: number
  readonly seeds: readonly number[]
  /** Evaluations of a study on the landscape; random search has 800. */
  readonly trials: number
  /** Size of the initial design on the landscape. */
  readonly initial: number
  /** Numbers of workers, each measured; null: the measurement's own. */
  readonly workers: readonly number[] | null
  /** Seconds that an ask takes on the virtual clock; null: what it really takes. */
  readonly latencies: readonly (number | null)[]
  /** So many times quicker than the logged evaluations. */
  readonly speedups: readonly number[]
  /** Numbers of told trials, each measured. */
  readonly told: readonly number[]
  /** Measure nothing; tables and plots of the runs that are kept. */
  readonly stored: boolean
  run(jobs: readonly RunJob[]): Promise<RunRecord[]>
  /** Random spaces and histories, so many. */
  readonly cases: number
  runCases(jobs: readonly CasesJob[]): Promise<CaseReport[]>
}

export const optionsHelp = `  --problems a,b     default: all
  --optimisers x,y   default: all of ${Object.keys(optimisers).join(', ')};
                     also ${Object.keys(variants).join(', ')}
  --seeds 20         so many, from --first-seed 1 on
  --workers 16,1     landscape, parallel: numbers of workers
  --trials 400       landscape, parallel: evaluations of a study
  --latency measured parallel: seconds that an ask takes, such as measured,0.3,1
  --speedup 1,100    parallel: evaluations so many times quicker than the logged ones
  --initial 36       landscape, parallel, speed: points of the initial design
  --told 200,1000    speed: numbers of told trials; default 200,1000,2000
  --cases 10000      robustness: random spaces and histories
  --minutes 3        real: wall time of a study
  --threads 2        runs at the same time
  --stored           measure nothing: tables and plots of the runs kept under out/bench/scbo`

const listOf = (text: string): string[] => text.split(',').filter((word) => word !== '')

/** @throws {TypeError} on an unknown option */
export const parseOptions = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      problems: { type: 'string' },
      optimisers: { type: 'string' },
      seeds: { type: 'string', default: '20' },
      'first-seed': { type: 'string', default: '1' },
      workers: { type: 'string' },
      trials: { type: 'string' },
      latency: { type: 'string', default: 'measured' },
      speedup: { type: 'string', default: '1,100' },
      told: { type: 'string', default: '200,1000,2000' },
      cases: { type: 'string', default: '10000' },
      minutes: { type: 'string', default: '3' },
      initial: { type: 'string', default: '36' },
      threads: { type: 'string', default: '2' },
      stored: { type: 'boolean', default: false },
    },
  })
  const names = values.optimisers === undefined ? Object.keys(optimisers) : listOf(values.optimisers)
  const unknown = names.filter((name) => !(name in optimisers) && !(name in variants))
  if (unknown.length > 0) throw new TypeError(`no optimiser ${unknown.join(', ')}`)
  const firstSeed = Number(values['first-seed'])
  return {
    problems: values.problems === undefined ? null : listOf(values.problems),
    optimisers: names,
    chosen: values.optimisers === undefined ? null : names,
    cases: Number(values.cases),
    minutes: Number(values.minutes),
    seeds: Array.from({ length: Number(values.seeds) }, (_, index) => firstSeed + index),
    workers: values.workers === undefined ? null : listOf(values.workers).map(Number),
    trials: Number(values.trials ?? 400),
    latencies: listOf(values.latency).map((word) => (word === 'measured' ? null : Number(word))),
    speedups: listOf(values.speedup).map(Number),
    told: listOf(values.told).map(Number),
    initial: Number(values.initial),
    threads: Number(values.threads),
    stored: values.stored,
  }
}
