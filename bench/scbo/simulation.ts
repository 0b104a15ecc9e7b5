/**
 * A study on a virtual clock: workers evaluate for given durations, one optimiser answers them one after the other. The
 * answer to an ask takes the optimiser's latency; with `askAhead` the next answer is begun as soon as the last was handed
 * out, as the application does it (src-core/optimiser/asksAhead.ts), and a worker waits only for what is left of that.
 */
import { withAsksAhead } from '../../src-core/optimiser/asksAhead.ts'
import type { Ask, Optimiser, PendingTrial } from '../../src-core/optimiser/optimiser.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import { trialNumber } from '../../src-core/trial/trial.ts'
import type { TrialNumber, WaitingTrial } from '../../src-core/trial/trial.ts'
import type { Evaluation } from './problem.ts'
import { finishedTrial } from './trials.ts'

export interface SimulationOptions<State> {
  readonly optimiser: Optimiser<State>
  evaluate(
    configuration: Configuration,
    number: TrialNumber,
  ): { readonly evaluation: Evaluation; readonly durationMs: number }
  readonly trials: number
  readonly workers: number
  /** synchronous: all workers are asked for at once, and told when the slowest is done, in the order of their numbers. */
  readonly schedule: 'asynchronous' | 'synchronous'
  /** Virtual time that an answer takes, in milliseconds; null: what it really takes. */
  readonly latencyMs: number | null
  /** With an asynchronous schedule only. */
  readonly askAhead: boolean
  /** A clock to measure the asks by. */
  nowMs(): number
}

export interface SimulatedTrial {
  readonly number: TrialNumber
  readonly configuration: Configuration
  readonly evaluation: Evaluation
  readonly startedAtMs: number
  readonly endedAtMs: number
}

/** A study as it came to pass. */
export interface Simulation {
  /** In the order of telling. */
  readonly told: readonly SimulatedTrial[]
  /** Share of the workers' time that was spent waiting, until the last trial began. */
  readonly idleShare: number
  /** What each ask really took, in milliseconds. */
  readonly askMs: readonly number[]
}

interface UnderWay extends SimulatedTrial {
  readonly waiting: WaitingTrial
}

/** Runs a study of `trials` trials, fewer when the optimiser is exhausted. */
export function simulate<State>(options: SimulationOptions<State>): Simulation {
  const study = createStudy(options)
  if (options.schedule === 'synchronous') runSynchronously(options, study)
  else runAsynchronously(options, study)
  return study.result()
}

type Study = ReturnType<typeof createStudy>

function runAsynchronously(options: Pick<SimulationOptions<never>, 'workers'>, study: Study): void {
  for (let worker = 0; worker < options.workers; worker++) study.start(0)
  for (let next = study.nextToEnd(); next !== null; next = study.nextToEnd()) {
    study.workUntil(next.endedAtMs)
    study.end(next)
    study.start(next.endedAtMs)
  }
}

function runSynchronously(options: Pick<SimulationOptions<never>, 'workers'>, study: Study): void {
  let roundAtMs = 0
  for (;;) {
    const round: UnderWay[] = []
    for (let worker = 0; worker < options.workers; worker++) {
      const started = study.start(roundAtMs)
      if (started !== null) round.push(started)
    }
    if (round.length === 0) return
    roundAtMs = Math.max(...round.map(({ endedAtMs }) => endedAtMs))
    study.workUntil(roundAtMs)
    for (const trial of round) study.end(trial)
    if (study.goesOn()) study.idle(round.reduce((sum, { endedAtMs }) => sum + roundAtMs - endedAtMs, 0))
  }
}

function createStudy<State>({
  optimiser,
  evaluate,
  trials,
  workers,
  schedule,
  latencyMs,
  askAhead,
  nowMs,
}: SimulationOptions<State>) {
  const ahead = withAsksAhead(askAhead && schedule === 'asynchronous' ? optimiser : withoutStillHolds(optimiser))
  const underWay = new Map<TrialNumber, UnderWay>()
  const told: SimulatedTrial[] = []
  const askMs: number[] = []
  let thinking = ahead.initial
  let asked = 0
  let exhausted = false
  /** When the optimiser will be done with what it has begun, the answer ahead included. */
  let optimiserFreeAtMs = 0
  let aheadMs = 0
  let idleMs = 0
  let lastStartMs = 0
  let work: Iterator<unknown> | null = null

  const timed = <Result>(work: () => Result): readonly [Result, number] => {
    const begin = nowMs()
    const result = work()
    return [result, nowMs() - begin]
  }
  const latency = (reallyMs: number): number => latencyMs ?? reallyMs
  const prepareAhead = (): void => {
    const due = thinking.ahead?.kind === 'due'
    const [prepared, reallyMs] = timed(() => ahead.prepareAhead(thinking))
    thinking = prepared
    aheadMs = due ? reallyMs : 0
    if (due) optimiserFreeAtMs += latency(reallyMs)
  }
  /** The answer for a worker that is free at `freeAtMs`, and when it has it. */
  const answerAt = (number: TrialNumber, freeAtMs: number): readonly [Ask, number] => {
    const pending: PendingTrial[] = [...underWay.values()].map(({ waiting }) => waiting)
    const prepared = thinking.ahead?.kind === 'prepared' ? thinking.ahead.answer : null
    const [{ answer, next }, reallyMs] = timed(() => ahead.ask(thinking, number, pending))
    const fromAhead = answer === prepared
    const answeredAtMs = Math.max(freeAtMs, optimiserFreeAtMs) + (fromAhead ? 0 : latency(reallyMs))
    askMs.push(fromAhead ? aheadMs : reallyMs)
    thinking = next
    optimiserFreeAtMs = answeredAtMs
    prepareAhead()
    return [answer, answeredAtMs]
  }

  return {
    start(freeAtMs: number): UnderWay | null {
      if (exhausted || asked >= trials) return null
      const number = trialNumber(asked)
      const [answer, startedAtMs] = answerAt(number, freeAtMs)
      if (answer.kind === 'exhausted') {
        exhausted = true
        return null
      }
      asked++
      idleMs += startedAtMs - freeAtMs
      lastStartMs = Math.max(lastStartMs, startedAtMs)
      const { configuration, explanation } = answer
      const { evaluation, durationMs } = evaluate(configuration, number)
      const waiting: WaitingTrial = {
        state: 'waiting',
        number,
        configuration,
        explanation,
        seed: 0,
        attempt: 0,
        createdAtMs: startedAtMs,
      }
      const endedAtMs = startedAtMs + durationMs
      const trial = { number, configuration, evaluation, startedAtMs, endedAtMs, waiting }
      underWay.set(number, trial)
      return trial
    },
    end({ number, configuration, evaluation, startedAtMs, endedAtMs, waiting }: UnderWay): void {
      underWay.delete(number)
      const times = { startedAtMs, endedAtMs, toldOrder: told.length }
      told.push({ number, configuration, evaluation, startedAtMs, endedAtMs })
      thinking = ahead.tell(thinking, finishedTrial(waiting, evaluation, times))
      work = optimiser.prepare?.(thinking.state) ?? null
    },
    /** What the optimiser does between asks; a latency that is given comprises it. */
    workUntil(timeMs: number): void {
      while (work !== null && latencyMs === null && optimiserFreeAtMs < timeMs) {
        const [step, reallyMs] = timed(() => work?.next())
        optimiserFreeAtMs += reallyMs
        if (step?.done !== false) work = null
      }
    },
    idle(ms: number): void {
      idleMs += ms
    },
    goesOn: (): boolean => !exhausted && asked < trials,
    nextToEnd(): UnderWay | null {
      let first: UnderWay | null = null
      for (const trial of underWay.values()) if (first === null || trial.endedAtMs < first.endedAtMs) first = trial
      return first
    },
    result: (): Simulation => ({ told, askMs, idleShare: lastStartMs === 0 ? 0 : idleMs / (workers * lastStartMs) }),
  }
}

const withoutStillHolds = <State>({ initial, tell, ask }: Optimiser<State>): Optimiser<State> => ({
  initial,
  tell: (state, trial) => tell(state, trial),
  ask: (state, number, pending) => ask(state, number, pending),
})
