/** Robustness: whatever the space and the history, a valid point that was not tried, or a clear end. */
import { type Ask, askSchema, type Optimiser, type PendingTrial } from '../../src-core/optimiser/optimiser.ts'
import { randomConfiguration } from '../../src-core/optimiser/random.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import { cardinality } from '../../src-core/space/finiteSpace.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import { validateConfiguration } from '../../src-core/space/validateConfiguration.ts'
import { trialNumber, type WaitingTrial } from '../../src-core/trial/trial.ts'
import { optimiserNamed } from './optimisers.ts'
import type { CommandOptions } from './options.ts'
import { evaluateCase, randomCase, type RandomCase, toldBefore } from './randomCases.ts'
import { markdownTable, shortNumber } from './text.ts'
import { finishedTrial } from './trials.ts'

const casesPerJob = 50
const faultsShown = 5

export interface CaseReport {
  /** Cases that went wrong, in words. */
  readonly faults: readonly string[]
  readonly asks: number
  readonly exhausted: number
  readonly slowestMs: number
}

export interface CasesJob {
  readonly kind: 'cases'
  readonly optimiser: string
  readonly first: number
  readonly count: number
}

export const measureRobustness = async ({ optimisers, cases, runCases }: CommandOptions): Promise<void> => {
  const jobs = optimisers.flatMap((optimiser) =>
    Array.from({ length: Math.ceil(cases / casesPerJob) }, (_, index) => ({
      kind: 'cases' as const,
      optimiser,
      first: index * casesPerJob,
      count: Math.min(casesPerJob, cases - index * casesPerJob),
    })),
  )
  const reports = await runCases(jobs)
  const rows = optimisers.map((optimiser) => {
    const total = merged(reports.filter((_, at) => jobs[at]?.optimiser === optimiser))
    for (const fault of total.faults.slice(0, faultsShown)) console.log(`${optimiser}: ${fault}`)
    const untold = total.faults.slice(faultsShown).map((fault) => fault.split(' ', 2).join(' '))
    if (untold.length > 0) console.log(`${optimiser}: and ${untold.length} more: ${untold.slice(0, 50).join(', ')}`)
    const counts = [cases, total.asks, total.exhausted, total.faults.length]
    return [optimiser, ...counts.map(String), shortNumber(total.slowestMs)]
  })
  const header = ['optimiser', 'spaces and histories', 'asks', 'ended: all points tried', 'faults', 'slowest ask, ms']
  console.log(`\n${markdownTable(header, rows)}`)
  if (reports.some(({ faults }) => faults.length > 0)) process.exitCode = 1
}

const merged = (reports: readonly CaseReport[]): CaseReport => ({
  faults: reports.flatMap(({ faults }) => faults),
  asks: reports.reduce((sum, { asks }) => sum + asks, 0),
  exhausted: reports.reduce((sum, { exhausted }) => sum + exhausted, 0),
  slowestMs: Math.max(...reports.map(({ slowestMs }) => slowestMs)),
})

/** Goes through cases by number; what an optimiser throws is a fault of its case. */
export const checkCases = ({ optimiser, first, count }: Omit<CasesJob, 'kind'>): CaseReport =>
  merged(
    Array.from({ length: count }, (_, index) => {
      const one = randomCase(first + index)
      const create = () => optimiserNamed(optimiser)(one.space, one.constraintNames, { initial: 3 }, first + index)
      return checkCase(one, create)
    }),
  )

export const checkCase = (one: RandomCase, create: () => Optimiser<unknown>): CaseReport => {
  const study = { asks: 0, exhausted: 0, slowestMs: 0 }
  try {
    const fault = goThrough(one, create(), study)
    return { ...study, faults: fault === null ? [] : [describe(one, fault)] }
  } catch (error) {
    return {
      ...study,
      faults: [describe(one, error instanceof Error ? (error.stack ?? error.message) : String(error))],
    }
  }
}

const describe = ({ number, style, history, space }: RandomCase, fault: string): string =>
  `case ${number} (${style}; ${history}; ${JSON.stringify(space)}): ${fault}`

/** @returns the first fault, or null */
const goThrough = (
  one: RandomCase,
  optimiser: Optimiser<unknown>,
  study: { asks: number; exhausted: number; slowestMs: number },
): string | null => {
  const { space, workers } = one
  const points = cardinality(space)
  const tried = new Set<string>()
  const pending: WaitingTrial[] = []
  let state = optimiser.initial
  let told = 0
  const tell = (waiting: WaitingTrial): void => {
    const times = { startedAtMs: told, endedAtMs: told + 1, toldOrder: told }
    told++
    const evaluation = evaluateCase(one, waiting.configuration, waiting.number)
    state = optimiser.tell(state, finishedTrial(waiting, evaluation, times))
  }
  for (let number = 0; number < toldBefore[one.history]; number++) {
    const configuration = before(one, number)
    tried.add(keyOf(configuration))
    tell(waitingTrial(number, configuration, {}))
  }
  for (let ask = 0; ask < one.asks; ask++) {
    const begin = performance.now()
    const number = told + pending.length
    const answer = optimiser.ask(state, trialNumber(number), pending as readonly PendingTrial[])
    study.slowestMs = Math.max(study.slowestMs, performance.now() - begin)
    study.asks++
    const fault = faultOf(answer, one, tried, points)
    if (fault !== null) return fault
    if (answer.kind === 'exhausted') {
      study.exhausted++
      return null
    }
    tried.add(keyOf(answer.configuration))
    pending.push(waitingTrial(number, answer.configuration, answer.explanation))
    const ended = pending.length >= workers ? pending.shift() : undefined
    if (ended) tell(ended)
  }
  return null
}

const before = ({ space, history, number }: RandomCase, index: number): Configuration =>
  randomConfiguration(space, deriveSeed(number, 'before', history === 'the same point again and again' ? 0 : index))

const keyOf = (configuration: Configuration): string => JSON.stringify(Object.entries(configuration).sort())

const faultOf = (answer: Ask, { space }: RandomCase, tried: ReadonlySet<string>, points: number): string | null => {
  if (answer.kind === 'exhausted') {
    return tried.size >= points ? null : `ended after ${tried.size} of ${points} points: ${answer.reason}`
  }
  const [problem] = validateConfiguration(space, answer.configuration)
  if (problem) return `${problem.name} is ${problem.found}; allowed: ${problem.allowed}`
  if (!askSchema.safeParse(JSON.parse(JSON.stringify(answer))).success) return `not for JSON: ${JSON.stringify(answer)}`
  if (Number.isFinite(points) && tried.has(keyOf(answer.configuration))) {
    return `asked again, with ${tried.size} of ${points} points tried: ${keyOf(answer.configuration)}`
  }
  return null
}

const waitingTrial = (
  number: number,
  configuration: Configuration,
  explanation: Readonly<Record<string, unknown>>,
): WaitingTrial => ({
  state: 'waiting',
  number: trialNumber(number),
  configuration,
  explanation,
  seed: 0,
  attempt: 0,
  createdAtMs: number,
})
