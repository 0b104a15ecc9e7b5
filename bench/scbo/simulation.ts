/**
 * A study on a virtual clock: workers evaluate for given durations, one optimiser answers them one after the other. The
 * answer to an ask takes the optimiser's latency; with `askAhead` the next answer is begun as soon as the last was handed
 * out, as the application does it (src-core/optimiser/asksAhead.ts), and a worker waits only for what is left of that.
 */
import { type AsksAhead, type Thinking, withAsksAhead } from '../../src-core/optimiser/asksAhead.ts'
import type { Ask, Optimiser, PendingTrial } from '../../src-core/optimiser/optimiser.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import { trialNumber, type TrialNumber, type WaitingTrial } from '../../src-core/trial/trial.ts'
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
export const simulate = <State>(options: SimulationOptions<State>): Simulation => {
  const study = new Study(options)
  if (options.schedule === 'synchronous') runSynchronously(options.workers, study)
  else runAsynchronously(options.workers, study)
  return study.result()
}

const runAsynchronously = <State>(workers: number, study: Study<State>): void => {
  for (let worker = 0; worker < workers; worker++) study.start(0)
  for (let next = study.nextToEnd(); next !== null; next = study.nextToEnd()) {
    study.workUntil(next.endedAtMs)
    study.end(next)
    study.start(next.endedAtMs)
  }
}

const runSynchronously = <State>(workers: number, study: Study<State>): void => {
  let roundAtMs = 0
  for (;;) {
    const round: UnderWay[] = []
    for (let worker = 0; worker < workers; worker++) {
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

/** A study under way: what its one optimiser knows, and when it will be free. */
class Study<State> {
  readonly #options: SimulationOptions<State>
  readonly #asksAhead: AsksAhead<State>
  readonly #underWay = new Map<TrialNumber, UnderWay>()
  readonly #told: SimulatedTrial[] = []
  readonly #askMs: number[] = []
  #thinking: Thinking<State>
  /** Between asks. */
  #work: Iterator<unknown> | null = null
  #asked = 0
  #exhausted = false
  /** When the optimiser will be done with what it has begun, the answer ahead included. */
  #optimiserFreeAtMs = 0
  #aheadMs = 0
  #idleMs = 0
  #lastStartMs = 0

  constructor(options: SimulationOptions<State>) {
    const { optimiser, askAhead, schedule } = options
    this.#options = options
    this.#asksAhead = withAsksAhead(askAhead && schedule === 'asynchronous' ? optimiser : withoutStillHolds(optimiser))
    this.#thinking = this.#asksAhead.initial
  }

  /** Gives a worker that is free at `freeAtMs` its next trial, if there is one. */
  start(freeAtMs: number): UnderWay | null {
    if (!this.goesOn()) return null
    const number = trialNumber(this.#asked)
    const [answer, startedAtMs] = this.#answerAt(number, freeAtMs)
    if (answer.kind === 'exhausted') {
      this.#exhausted = true
      return null
    }
    this.#asked++
    this.#idleMs += startedAtMs - freeAtMs
    this.#lastStartMs = Math.max(this.#lastStartMs, startedAtMs)
    const { configuration } = answer
    const { evaluation, durationMs } = this.#options.evaluate(configuration, number)
    const waiting = waitingTrial(number, answer, startedAtMs)
    const trial = { number, configuration, evaluation, startedAtMs, endedAtMs: startedAtMs + durationMs, waiting }
    this.#underWay.set(number, trial)
    return trial
  }

  end({ waiting, ...trial }: UnderWay): void {
    const { number, evaluation, startedAtMs, endedAtMs } = trial
    const times = { startedAtMs, endedAtMs, toldOrder: this.#told.length }
    this.#underWay.delete(number)
    this.#told.push(trial)
    this.#thinking = this.#asksAhead.tell(this.#thinking, finishedTrial(waiting, evaluation, times))
    this.#work = this.#options.optimiser.prepare?.(this.#thinking.state) ?? null
  }

  /** What the optimiser does between asks; a latency that is given comprises it. */
  workUntil(timeMs: number): void {
    while (this.#work !== null && this.#options.latencyMs === null && this.#optimiserFreeAtMs < timeMs) {
      const [step, reallyMs] = this.#timed(() => this.#work?.next())
      this.#optimiserFreeAtMs += reallyMs
      if (step?.done !== false) this.#work = null
    }
  }

  idle(ms: number): void {
    this.#idleMs += ms
  }

  goesOn(): boolean {
    return !this.#exhausted && this.#asked < this.#options.trials
  }

  nextToEnd(): UnderWay | null {
    let first: UnderWay | null = null
    for (const trial of this.#underWay.values()) if (first === null || trial.endedAtMs < first.endedAtMs) first = trial
    return first
  }

  result(): Simulation {
    const told = this.#told
    const askMs = this.#askMs
    const idleMs = this.#idleMs
    const lastStartMs = this.#lastStartMs
    return { told, askMs, idleShare: lastStartMs === 0 ? 0 : idleMs / (this.#options.workers * lastStartMs) }
  }

  /** The answer for a worker that is free at `freeAtMs`, and when it has it. */
  #answerAt(number: TrialNumber, freeAtMs: number): readonly [Ask, number] {
    const pending: PendingTrial[] = [...this.#underWay.values()].map(({ waiting }) => waiting)
    const prepared = this.#thinking.ahead?.kind === 'prepared' ? this.#thinking.ahead.answer : null
    const [{ answer, next }, reallyMs] = this.#timed(() => this.#asksAhead.ask(this.#thinking, number, pending))
    const fromAhead = answer === prepared
    const answeredAtMs = Math.max(freeAtMs, this.#optimiserFreeAtMs) + (fromAhead ? 0 : this.#latency(reallyMs))
    this.#askMs.push(fromAhead ? this.#aheadMs : reallyMs)
    this.#thinking = next
    this.#optimiserFreeAtMs = answeredAtMs
    this.#prepareAhead()
    return [answer, answeredAtMs]
  }

  #prepareAhead(): void {
    if (this.#thinking.ahead?.kind !== 'due') return
    const [prepared, reallyMs] = this.#timed(() => this.#asksAhead.prepareAhead(this.#thinking))
    this.#thinking = prepared
    this.#aheadMs = reallyMs
    this.#optimiserFreeAtMs += this.#latency(reallyMs)
  }

  #latency(reallyMs: number): number {
    return this.#options.latencyMs ?? reallyMs
  }

  #timed<Result>(work: () => Result): readonly [Result, number] {
    const begin = this.#options.nowMs()
    const result = work()
    return [result, this.#options.nowMs() - begin]
  }
}

const waitingTrial = (
  number: TrialNumber,
  { configuration, explanation }: Extract<Ask, { kind: 'candidate' }>,
  createdAtMs: number,
): WaitingTrial => ({ state: 'waiting', number, configuration, explanation, seed: 0, attempt: 0, createdAtMs })

const withoutStillHolds = <State>({ initial, tell, ask }: Optimiser<State>): Optimiser<State> => ({
  initial,
  tell: (state, trial) => tell(state, trial),
  ask: (state, number, pending) => ask(state, number, pending),
})
