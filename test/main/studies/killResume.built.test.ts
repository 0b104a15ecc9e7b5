import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { type FinishedTrial, isFinished, type Trial } from '../../../src-core/trial/trial.ts'
import { examineStudy } from '../../../src-main/integrity/examineStudy.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { linesOf, tinyStudy, Workspace } from '../cli/spiketune.ts'
import { isAlive, untilGone, workersOf } from './processes.ts'

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

const trials = 14
// Every network is kept, so that a stored trial never changes.
const studyOf = (name: string) => ({ ...tinyStudy({ name, trials, trainSamples: 1500 }), keepNetworks: trials })

/** Networks that evolve for some seconds each. */
const evolvedOf = (name: string) => ({
  version: 2,
  name,
  dataset: { name: 'wine' },
  network: { type: 'neuroprocessor' },
  training: { algorithm: 'eons' },
  space: { mutationRate: { type: 'real', low: 0.3, high: 1 } },
  fixed: { generations: 25 },
  silence: { interval: 20, layers: [{ layer: 'population', alpha: 1, beta: 0.95 }] },
  optimiser: { type: 'sobol' },
  budget: { trials },
  workers: 2,
  keepNetworks: trials,
})

const stored = (study: string): Trial[] => {
  const store = StudyStore.openReadOnly(join(workspace.library, study, 'study.sqlite'), systemClock)
  try {
    return store.trials().flatMap(({ number }) => store.trial(number) ?? [])
  } finally {
    store.close()
  }
}

const finishedOf = (all: readonly Trial[]): FinishedTrial[] => all.filter(isFinished)

/** What must not depend on how often the application died: everything but times, workers and order. */
const resultsOf = (all: readonly Trial[]) =>
  all.map((trial) => ({
    number: trial.number,
    state: trial.state,
    configuration: trial.configuration,
    seed: trial.seed,
    attempt: trial.attempt,
    ...(trial.state === 'complete' || trial.state === 'stopped'
      ? {
          objective: trial.measurement.objective,
          constraints: trial.measurement.constraints,
          confusion: trial.measurement.confusion,
          intervals: trial.measurement.intervals,
        }
      : {}),
  }))

describe('kill -9 of the application', () => {
  it.each([
    ['that learn by STDP', studyOf, 8],
    ['that evolve', evolvedOf, 3],
  ])(
    'loses no finished trial of networks %s, killed again and again at random points, seed 5',
    async (_, study, kills) => {
      const undisturbed = await workspace.run('run', workspace.write('calm.yaml', study('calm')), '--quiet')
      expect(undisturbed.code).toBe(0)

      const generator = createGenerator(5)
      let command = ['run', workspace.write('killed.yaml', study('killed')), '--json']
      let before: FinishedTrial[] = []
      for (let kill = 0; kill < kills; kill++) {
        const lines = 2 + generator.below(6)
        const application = workspace.start(command)
        const isDue = (stdout: string): boolean =>
          linesOf(stdout).filter(({ type }) => type === 'trial').length >= lines
        // A study that ends before the kill is due has nothing left to be killed.
        const due = await application.until(isDue).then(
          () => true,
          () => false,
        )
        const workers = due ? workersOf(application.child.pid) : []
        application.child.kill('SIGKILL')
        await application.ended
        await untilGone(workers)

        const folder = join(workspace.library, 'killed-1')
        expect((await examineStudy({ folder, networks: true })).damage).toEqual([])
        const after = finishedOf(stored('killed-1'))
        const kept = new Map(after.map((trial) => [trial.number, trial]))
        for (const trial of before) expect(kept.get(trial.number)).toEqual(trial)
        expect(after.map(({ toldOrder }) => toldOrder).sort((a, b) => a - b)).toEqual([...after.keys()])
        before = after
        command = ['resume', 'killed-1', '--json']
      }
      expect(before.length).toBeGreaterThan(0)

      const last = await workspace.run('resume', 'killed-1', '--json')
      expect(last.code).toBe(0)
      const all = stored('killed-1')
      expect(all.map(({ number }) => number)).toEqual(Array.from({ length: trials }, (_, number) => number))
      expect(all.every(isFinished)).toBe(true)
      expect(resultsOf(all)).toEqual(resultsOf(stored('calm-1')))
    },
  )
})

const runningTrials = (stdout: string): Set<number> =>
  new Set(
    linesOf(stdout).flatMap((line) =>
      line.type === 'trial' && line.trial.state === 'running' ? [line.trial.number] : [],
    ),
  )

describe('kill -9 of a worker', () => {
  it('costs one attempt of its trial, which then comes to the same numbers', async () => {
    const study = tinyStudy({ name: 'shot', trials: 3, trainSamples: 10_000 })
    const application = workspace.start(['run', workspace.write('shot.yaml', study), '--json'])
    // Each of the two workers has a trial: whichever is shot was at work.
    await application.until((stdout) => runningTrials(stdout).size === 2)
    const [worker] = workersOf(application.child.pid)
    if (worker === undefined) throw new Error('a running trial has a worker')
    expect(isAlive(worker)).toBe(true)
    process.kill(worker, 'SIGKILL')
    expect((await application.ended).code).toBe(0)

    const shot = stored('shot-1')
    expect(shot.map(({ attempt }) => attempt).sort()).toEqual([1, 1, 2])
    await workspace.run('run', workspace.write('calm.yaml', { ...study, name: 'calm' }), '--quiet')
    const without = (all: readonly Trial[]) => resultsOf(all).map(({ attempt: _, ...rest }) => rest)
    expect(without(shot)).toEqual(without(stored('calm-1')))
  })

  it('fails the trial when its attempts are used up, and the study goes on', async () => {
    const study = { ...tinyStudy({ name: 'cursed', trials: 3, trainSamples: 20_000 }), attempts: 1, workers: 1 }
    const application = workspace.start(['run', workspace.write('cursed.yaml', study), '--json'])
    await application.until((stdout) =>
      linesOf(stdout).some((line) => line.type === 'trial' && line.trial.state === 'running'),
    )
    for (const worker of workersOf(application.child.pid)) process.kill(worker, 'SIGKILL')
    expect((await application.ended).code).toBe(0)
    const [first, ...others] = stored('cursed-1')
    expect(first).toMatchObject({ state: 'failed', failure: { reason: 'worker-died' }, attempt: 1 })
    expect(others.map(({ state }) => state)).not.toContain('failed')
    expect(others).toHaveLength(2)
  })
})
