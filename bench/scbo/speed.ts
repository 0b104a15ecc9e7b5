/** Speed: asks with models up to date, refits, memory, and the linear algebra below them. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Arena, rowLength } from '../../src-core/linearAlgebra/arena.ts'
import type { Optimiser } from '../../src-core/optimiser/optimiser.ts'
import { trialNumber } from '../../src-core/trial/trial.ts'
import { asTrial, historyConstraints, historySpace, historyTrial } from './history.ts'
import { createKernel } from './kernel.ts'
import { optimiserNamed } from './optimisers.ts'
import type { CommandOptions } from './options.ts'
import { median } from './statistics.ts'
import { markdownTable, shortNumber } from './text.ts'

const asksMeasured = 15
const memoryTold = 5000

export const measureSpeed = async (options: CommandOptions): Promise<void> => {
  console.log('\nCholesky factorisation, one core, median of 9\n')
  console.log(markdownTable(['rows', 'ms', 'Gflop/s'], [500, 1000, 2000].map(cholesky)))
  console.log(
    `\nAsks: 18 hyperparameters, two constraints; medians of ${asksMeasured} after the first, models up to date\n`,
  )
  const header = [
    'optimiser',
    'told',
    'ask, ms',
    'slowest, ms',
    'first ask, ms',
    'first fit, ms',
    'later fits, ms',
    'longest step, ms',
  ]
  const rows = options.optimisers.flatMap((name) => options.told.map((told) => [name, ...asks(name, told, options)]))
  console.log(markdownTable(header, rows))
  console.log(`\nMemory after ${memoryTold} trials, a fit and an ask, in a process of its own\n`)
  const memory = options.optimisers.map((name) => [name, ...memoryInChild(name, options)])
  console.log(markdownTable(['optimiser', 'at most, MiB', 'at the end, MiB'], memory))
}

const timed = <Result>(work: () => Result): readonly [Result, number] => {
  const begin = performance.now()
  const result = work()
  return [result, performance.now() - begin]
}

const cholesky = (n: number): string[] => {
  const kernel = createKernel()
  const arena = new Arena(kernel)
  const length = rowLength(n)
  const pointer = arena.allocate(n * length)
  const once = (): number => {
    const numbers = arena.view(pointer, n * length)
    for (let row = 0; row < n; row++) {
      for (let column = 0; column <= row; column++) {
        numbers[row * length + column] = Math.exp(-Math.abs(row - column) / 20) + (row === column ? 1 : 0)
      }
    }
    const [failed, ms] = timed(() => kernel.cholesky(pointer, n, 8 * length))
    if (failed !== 0) throw new Error(`not factorised: pivot ${failed}`)
    return ms
  }
  once()
  const ms = median(Array.from({ length: 9 }, once))
  arena.dispose()
  return [String(n), ms.toFixed(1), (n ** 3 / 3 / ms / 1e6).toFixed(1)]
}

/** Steps of an optimiser's work between asks, to its end; milliseconds of each. */
const prepare = (optimiser: Optimiser<unknown>, state: unknown): number[] => {
  const work = optimiser.prepare?.(state) ?? null
  const steps: number[] = []
  for (let done = work === null; !done && work !== null;) {
    const [step, ms] = timed(() => work.next())
    steps.push(ms)
    done = step.done === true
  }
  return steps
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const stateAfter = (optimiser: Optimiser<unknown>, told: number): unknown => {
  let state = optimiser.initial
  for (let index = 0; index < told; index++) state = optimiser.tell(state, historyTrial(index, told))
  return state
}

const asks = (name: string, told: number, { initial }: CommandOptions): string[] => {
  const optimiser = optimiserNamed(name)(historySpace, historyConstraints, { initial }, 1)
  let state = stateAfter(optimiser, told)
  const firstFit = prepare(optimiser, state)
  const steps = [...firstFit]
  const askMs: number[] = []
  const laterFits: number[] = []
  for (let number = told; number <= told + asksMeasured; number++) {
    const asked = state
    const [answer, ms] = timed(() => optimiser.ask(asked, trialNumber(number), []))
    askMs.push(ms)
    if (answer.kind === 'exhausted') throw new Error(answer.reason)
    state = optimiser.tell(state, asTrial(number, answer.configuration, answer.explanation))
    const fit = prepare(optimiser, state)
    steps.push(...fit)
    if (fit.length > 0) laterFits.push(sum(fit))
  }
  const [firstAsk = NaN, ...others] = askMs
  const figures = [
    median(others),
    Math.max(...others),
    firstAsk,
    firstFit.length === 0 ? NaN : sum(firstFit),
    median(laterFits),
    steps.length === 0 ? NaN : Math.max(...steps),
  ]
  return [String(told), ...figures.map((figure) => shortNumber(figure, ''))]
}

const memorySchema = z.object({ mostMiB: z.number(), endMiB: z.number() })

const memoryInChild = (name: string, { initial }: CommandOptions): string[] => {
  const bundle = fileURLToPath(import.meta.url)
  const args = [bundle, 'memory', '--optimisers', name, '--told', String(memoryTold), '--initial', String(initial)]
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' })
  const { mostMiB, endMiB } = memorySchema.parse(JSON.parse(output))
  return [mostMiB.toFixed(0), endMiB.toFixed(0)]
}

/** Prints the memory of this process, which has nothing else to do, as JSON. */
export const measureMemory = async ({ optimisers, told, initial }: CommandOptions): Promise<void> => {
  const [name = 'random'] = optimisers
  const [count = memoryTold] = told
  const optimiser = optimiserNamed(name)(historySpace, historyConstraints, { initial }, 1)
  const state = stateAfter(optimiser, count)
  prepare(optimiser, state)
  optimiser.ask(state, trialNumber(count), [])
  const mebibyte = 1024 ** 2
  const mostMiB = (1024 * process.resourceUsage().maxRSS) / mebibyte
  console.log(JSON.stringify({ mostMiB, endMiB: process.memoryUsage().rss / mebibyte }))
}
