import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Ask } from '../../../src-core/optimiser/optimiser.ts'
import { slimFinished, slimPending } from '../../../src-core/optimiser/slimTrial.ts'
import { optimiserSchema } from '../../../src-core/study/optimiserSchema.ts'
import {
  type FinishedTrial,
  isFinished,
  type Trial,
  type TrialNumber,
  type WaitingTrial,
} from '../../../src-core/trial/trial.ts'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import type { OptimiserHost } from '../../../src-main/scheduler/optimiserService.ts'
import { createOptimiserThreadHost } from '../../../src-main/scheduler/optimiserThread.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { linesOf, tinyStudy, Workspace } from '../cli/spiketune.ts'
import { inProcessOptimiserHost } from '../scheduler/inProcessOptimiser.ts'
import { untilGone, workersOf } from './processes.ts'

const worker = new URL('../../../out/main/worker.js', import.meta.url)
const optimiser = new URL('../../../out/main/optimiser.js', import.meta.url)
const types = optimiserSchema.options.map(({ shape }) => shape.type.value)

/** Trials that are finished when the study is killed, and those of its whole budget. */
const finishedBefore = 8
const trials = 16

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

const stored = (): Trial[] => {
  const store = StudyStore.openReadOnly(join(workspace.library, 'killed-1', 'study.sqlite'), systemClock)
  try {
    return store.trials()
  } finally {
    store.close()
  }
}

const inToldOrder = (trials: readonly Trial[]): FinishedTrial[] =>
  trials.filter(isFinished).sort((a, b) => a.toldOrder - b.toldOrder)

/** Runs a study on the command line until it has finished some trials, then shoots it. */
const killed = async (type: string): Promise<Trial[]> => {
  const study = { ...tinyStudy({ name: 'killed', trials }), optimiser: { type } }
  const run = workspace.start(['run', workspace.write('killed.yaml', study), '--json'])
  await run.until(
    (stdout) =>
      linesOf(stdout).filter((line) => line.type === 'trial' && line.trial.endedAtMs !== null).length >= finishedBefore,
  )
  const workers = workersOf(run.child.pid)
  run.child.kill('SIGKILL')
  await run.ended
  await untilGone(workers)
  return stored()
}

type Said =
  | { readonly kind: 'tell'; readonly trial: FinishedTrial }
  | {
      readonly kind: 'ask'
      readonly number: TrialNumber
      readonly pending: readonly WaitingTrial[]
      answer: Ask | null
    }

/** The optimiser's thread, and what was said to it, in order. */
class RecordingHost implements OptimiserHost {
  readonly said: Said[] = []
  readonly #threads = createOptimiserThreadHost(optimiser)

  start: OptimiserHost['start'] = (definition, told, listener) => {
    for (const trial of told) this.said.push({ kind: 'tell', trial })
    const thread = this.#threads.start(definition, told, listener)
    return {
      tell: (trial) => {
        this.said.push({ kind: 'tell', trial })
        thread.tell(trial)
      },
      ask: async (number, pending) => {
        const ask: Said = { kind: 'ask', number, pending: pending.map(slimPending), answer: null }
        this.said.push(ask)
        return (ask.answer = await thread.ask(number, pending))
      },
      close: () => thread.close(),
    }
  }
}

describe.each(types)('a study with the %s optimiser', (type) => {
  it('goes on after kill -9 with the ask that its stored trials lead to', async () => {
    const before = await killed(type)
    const finished = inToldOrder(before)
    const pending = before.filter((trial) => trial.state === 'waiting' || trial.state === 'running')
    expect(finished.length).toBeGreaterThanOrEqual(finishedBefore)
    expect(before.length).toBeLessThan(trials)

    const host = new RecordingHost()
    const library = createStudyLibrary({
      folder: workspace.library,
      workerHost: createChildProcessHost(worker),
      optimiserHost: host,
      clock: systemClock,
      applicationVersion: '0.1.0',
    })
    const study = await library.open('killed-1')
    onTestFinished(() => study.close())
    expect(host.said).toEqual([])
    await study.start()
    expect(await study.settled()).toMatchObject({ state: { kind: 'finished' } })
    const after = stored()

    // It was told what is stored, in that order, and knew of the trials that were under way, with their explanations.
    const { said } = host
    const first = said.findIndex(({ kind }) => kind === 'ask')
    const toldBefore = said.slice(0, first).flatMap((entry) => (entry.kind === 'tell' ? [entry.trial] : []))
    expect(toldBefore.slice(0, finished.length)).toEqual(finished.map(slimFinished))
    const ask = said[first]
    if (ask?.kind !== 'ask') throw new Error('the resumed study asks')
    expect(ask.number).toBe(before.length)
    if (type === 'scbo') expect(ask.answer).toMatchObject({ explanation: { phase: 'region' } })
    const endedSince = new Set(toldBefore.slice(finished.length).map(({ number }) => number))
    const underWay = pending.filter(({ number }) => !endedSince.has(number))
    const known = ({ number, configuration, explanation, seed }: Trial) => ({
      number,
      configuration,
      explanation,
      seed,
    })
    expect(ask.pending.map(known)).toEqual(underWay.map(known))

    // The same, said to an optimiser in this process, gives the trials that the resumed study asked for.
    const { definition } = study
    const replayed = inProcessOptimiserHost.start(definition, finished, { failed: () => undefined })
    for (const entry of said.slice(finished.length)) {
      if (entry.kind === 'tell') replayed.tell(entry.trial)
      else {
        const answer = await replayed.ask(entry.number, entry.pending)
        expect(entry.answer).toEqual(answer)
        if (answer.kind === 'exhausted') continue
        const { configuration, explanation } = answer
        expect(after[entry.number]).toMatchObject({ configuration, explanation })
      }
    }
    expect(inToldOrder(after)).toHaveLength(trials)
  })
})
