/**
 * How long the main process of the window is held up by what a person gives it: `npm run build && npm run bench -- mainProcess
 * [--trials 100000] [--rows 60000]`. In the real window: a definition of 258 kB with 20,000 unknown keys, an evaluation log of
 * that many rows (some 10 MB), a study of that many trials, opened twice. Reported is the longest turn of its event loop, by the
 * clock and by the processor time of its main thread, which what else the machine does leaves alone. Linux; without a display it
 * needs Xvfb. Run in the project's folder.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { CallName, WindowBridge } from '../src-core/contracts/window.ts'
import { launchWindow } from './window/launch.ts'
import { writeSyntheticStudy } from './window/syntheticStudy.ts'

const { values } = parseArgs({
  options: { trials: { type: 'string', default: '100000' }, rows: { type: 'string', default: '60000' } },
})
const trials = Number(values.trials)
const folder = mkdtempSync(join(tmpdir(), 'spiketune-bench-'))
const library = join(folder, 'library')

interface Turn {
  wallMs: number
  processorMs: number
  /** Turns of more than 16 ms of processor time. */
  long: number
}

/** Runs in the main process: looks at the clocks as often as a timer can. */
const watchTurns = (): void => {
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const { performance: clock } = process.getBuiltinModule('node:perf_hooks')
  // The main thread has the number of its process.
  const processor = (): number =>
    Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  const longest: Turn = { wallMs: 0, processorMs: 0, long: 0 }
  Object.assign(globalThis, { benchTurns: longest })
  let wall = clock.now()
  let used = processor()
  setInterval(() => {
    const [wallNow, usedNow] = [clock.now(), processor()]
    longest.wallMs = Math.max(longest.wallMs, wallNow - wall)
    longest.processorMs = Math.max(longest.processorMs, usedNow - used)
    if (usedNow - used > 16) longest.long++
    wall = wallNow
    used = usedNow
  }, 1)
}

const unknownKeys = (): string => {
  const file = Array.from({ length: 20_000 }, (_, key) => `k${key}: ${key}`)
  return ['version: 2', 'name: many-keys', ...file].join('\n')
}

const logFile = (rows: number): string => {
  const path = join(folder, 'large.csv')
  const names =
    'decoder,map_size,reset_interval,learning_rate,threshold,objective,stopped,processed_images,constraint_0,constraint_1,start_date,end_date,algorithm'
  const row = (index: number): string =>
    `all,${20 + (index % 1000)},5,${(0.001 + index * 1e-7).toPrecision(15)},${(-60 + (index % 500) / 37).toPrecision(15)},` +
    `${(-(index % 997) / 1000).toPrecision(12)},False,60000,-0.04${index % 10},-0.03${index % 7},2024-01-01 10:00:00.000000,2024-01-01 11:00:00.000000,SCBO`
  writeFileSync(path, [names, ...Array.from({ length: rows }, (_, index) => row(index)), ''].join('\n'))
  return path
}

await writeSyntheticStudy(library, { trials, interval: 12_000 })
const window = await launchWindow(library)
const { app, page } = window
const ask = (name: CallName, request: unknown) =>
  page.evaluate(
    async ([called, asked]) => {
      const { spiketune } = globalThis as unknown as { spiketune: WindowBridge }
      const answer = await spiketune.call(called, asked)
      return answer.ok ? 'done' : answer.error.code
    },
    [name, request] as const,
  )

const measured = async (what: string, step: () => Promise<unknown>): Promise<void> => {
  await delay(500)
  await app.evaluate(() => {
    const { benchTurns } = globalThis as unknown as { benchTurns: Turn }
    Object.assign(benchTurns, { wallMs: 0, processorMs: 0, long: 0 })
  })
  const begun = performance.now()
  const came = String(await step())
  const took = performance.now() - begun
  await delay(1000)
  const turn = await app.evaluate(() => ({ ...(globalThis as unknown as { benchTurns: Turn }).benchTurns }))
  console.log(
    `${what.padEnd(44)} ${came.padEnd(20)} ${took.toFixed(0).padStart(7)} ms; longest turn ${turn.wallMs.toFixed(1)} ms by the ` +
      `clock, ${turn.processorMs.toFixed(1)} ms of the processor; ${turn.long} turns above 16 ms`,
  )
}

try {
  await app.evaluate(watchTurns)
  await measured('nothing', () => delay(2000))
  const yaml = unknownKeys()
  await measured(`a definition of ${yaml.length} bytes`, () => ask('createStudy', { yaml, origin: null, start: false }))
  const log = logFile(Number(values.rows))
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, log)
  await measured(`a log of ${statSync(log).size} bytes`, () => ask('importLog', null))
  const id = `synthetic-${trials}-1`
  for (const look of ['for the first time', 'again']) {
    await measured(`a study of ${trials} trials, ${look}`, () => ask('openStudy', { id }))
    await measured('and the look for damage', () => ask('verifiedStudy', { id }))
    await measured(`the study of the log, ${look}`, () => ask('openStudy', { id: 'large-1' }))
  }
} finally {
  await window.close()
  rmSync(folder, { recursive: true, force: true })
}
