/**
 * What the optimiser's thread costs the main thread, and what it saves a worker:
 * `npm run build && npm run bench -- optimiserThread [type] [told ...]`. The space of mnist-stdp (d = 18, two constraints)
 * with four trials under way, one of which ends each second and is followed by the next. The turns of the main thread's
 * event loop are watched while the other thread is told all trials, is asked and prepares itself; `nothing` is the same
 * without it, for what the machine itself delays. Linux only. Run in the project's folder.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { randomConfiguration } from '../src-core/optimiser/random.ts'
import { decodeDefinition } from '../src-core/study/decodeDefinition.ts'
import { type FinishedTrial, trialNumber, type WaitingTrial } from '../src-core/trial/trial.ts'
import type { Configuration } from '../src-core/space/parameter.ts'
import { createOptimiserThreadHost } from '../src-main/scheduler/optimiserThread.ts'

const workers = 4
const asks = 20
/** Between a trial's end and the next one's: the thread has this time to itself. */
const intervalMs = 1000

const [type = 'sobol', ...counts] = process.argv.slice(2)
const toldCounts = counts.length > 0 ? counts.map(Number) : [200, 1000, 2000, 5000]
const preset = readFileSync(join('resources', 'presets', 'mnist-stdp.yaml'), 'utf8')
const definition = decodeDefinition(
  preset.replace(/^optimiser:.*$/m, `optimiser: { type: ${type} }`),
  'mnist-stdp.yaml',
)
const host = createOptimiserThreadHost(pathToFileURL(join('out', 'main', 'optimiser.js')))

const waiting = (number: number, configuration: Configuration, explanation = {}): WaitingTrial => ({
  state: 'waiting',
  number: trialNumber(number),
  configuration,
  seed: 0,
  explanation,
  attempt: 0,
  createdAtMs: 0,
})

/** The trial with a smooth objective and constraints over its numbers, so that models have something to learn. */
const finished = (trial: WaitingTrial, toldOrder: number): FinishedTrial => {
  const units = Object.entries(trial.configuration).flatMap(([name, value]) => {
    const parameter = definition.space[name]
    if (typeof value !== 'number' || parameter === undefined || parameter.type === 'categorical') return []
    return [(value - parameter.low) / (parameter.high - parameter.low)]
  })
  const distance = units.reduce((sum, unit) => sum + (unit - 0.4) ** 2, 0)
  return {
    ...trial,
    state: 'complete',
    worker: 'cpu-0',
    startedAtMs: 0,
    endedAtMs: intervalMs,
    durationMs: intervalMs,
    toldOrder,
    measurement: {
      objective: 1 / (1 + distance),
      metrics: {},
      constraints: [
        { name: 'silence:excitatory', value: (units[0] ?? 0) - 0.6 },
        { name: 'silence:inhibitory', value: 0.3 - (units[1] ?? 0) },
      ],
      trainDurationMs: intervalMs,
      testDurationMs: 0,
      samplesTrained: 1,
      samplesPlanned: 1,
      intervals: [],
      spikeCounts: [],
      confusion: [],
      networkFile: null,
      datasetSha256: '',
    },
  }
}

const random = (number: number): WaitingTrial => waiting(number, randomConfiguration(definition.space, number))

const rounded = (value: number): number => Number(value.toFixed(2))
/** Milliseconds that the main thread has computed (Linux); what it waited for a free core is not in it. */
const computedMs = (): number => Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6

/** Watches the turns of the event loop: how late a timer of one millisecond is, and how long a turn computes. */
const watchTurns = (): (() => Record<string, number>) => {
  const delays: number[] = []
  const own: number[] = []
  let before = { at: performance.now(), computed: computedMs() }
  const turn = (): void => {
    const now = { at: performance.now(), computed: computedMs() }
    delays.push(now.at - before.at - 1)
    own.push(now.computed - before.computed)
    before = now
    timer = setTimeout(turn, 1)
  }
  let timer = setTimeout(turn, 1)
  return () => {
    clearTimeout(timer)
    return {
      'own work in a turn, 99.9 %, ms': rounded(quantile(own, 0.999)),
      'most, ms': rounded(Math.max(...own)),
      'delay, 99 %, ms': rounded(quantile(delays, 0.99)),
      'delay, most, ms': rounded(Math.max(...delays)),
    }
  }
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? NaN

const measure = async (count: number): Promise<Record<string, number>> => {
  const told = Array.from({ length: count }, (_, order) => finished(random(order), order))
  const delays = watchTurns()
  const start = performance.now()
  const service = host.start(definition, told, {
    failed: (message) => {
      throw new Error(message)
    },
  })
  const startMs = performance.now() - start
  const pending: WaitingTrial[] = []
  const waits: number[] = []
  let order = count
  for (let ask = 0; ask < asks; ask++) {
    const number = trialNumber(count + ask)
    const asked = performance.now()
    const answer = await service.ask(number, pending)
    waits.push(performance.now() - asked)
    if (answer.kind === 'exhausted') throw new Error('this space has no end')
    pending.push(waiting(number, answer.configuration, answer.explanation))
    if (pending.length < workers) continue
    await delay(intervalMs)
    const [oldest] = pending.splice(0, 1)
    if (oldest !== undefined) service.tell(finished(oldest, order++))
  }
  await service.close()
  const measured = delays()
  const begin = waits.slice(0, workers)
  const later = waits.slice(workers)
  return {
    told: count,
    'start, main thread, ms': rounded(startMs),
    ...measured,
    'first ask, ms': Math.round(begin[0] ?? NaN),
    'next three, most, ms': Math.round(Math.max(...begin.slice(1))),
    'later asks, median, ms': rounded(quantile(later, 0.5)),
    'later asks, most, ms': rounded(Math.max(...later)),
  }
}

console.log(`${type}, ${workers} trials under way; ${cpus()[0]?.model ?? 'unknown processor'}`)
const nothing = watchTurns()
await delay(asks * intervalMs)
const rows: Record<string, number | string>[] = [{ told: 'nothing', ...nothing() }]
for (const count of toldCounts) rows.push(await measure(count))
console.table(rows)
