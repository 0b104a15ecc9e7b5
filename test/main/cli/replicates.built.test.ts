import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isFinished, type Trial } from '../../../src-core/trial/trial.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { untilGone, workersOf } from '../studies/processes.ts'
import { linesOf, resultOf, tinyStudy, Workspace } from './spiketune.ts'

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

/**
 * One worker, so that what each trial races against does not depend on which of two was quicker. A trial takes several
 * of the seconds after which progress is told, so that one is always seen within its replicates.
 */
const studyOf = (name: string) => ({
  ...tinyStudy({ name, trials: 5, trainSamples: 20_000 }),
  ...{ replicates: 5, racing: true, workers: 1 },
})

const stored = (study: string): Trial[] => {
  const store = StudyStore.openReadOnly(join(workspace.library, study, 'study.sqlite'), systemClock)
  try {
    return store.trials()
  } finally {
    store.close()
  }
}

const resultsOf = (all: readonly Trial[]) =>
  all.map((trial) => {
    if (!isFinished(trial) || trial.state === 'failed') throw new Error(`trial ${trial.number} is ${trial.state}`)
    const { objective, constraints, metrics, samplesTrained, replicates = [], raceEnd } = trial.measurement
    return {
      ...{ number: trial.number, state: trial.state, seed: trial.seed, incumbent: trial.incumbent },
      ...{ objective, constraints, metrics, samplesTrained, raceEnd },
      replicates: replicates.map(({ trainDurationMs: _, testDurationMs: __, ...rest }) => rest),
    }
  })

/** Whether a trial is at its second training or a later one. */
const isWithinReplicates = (stdout: string): boolean =>
  linesOf(stdout).some(
    (line) => line.type === 'progress' && line.running.some(({ progress }) => (progress?.replicate?.number ?? 0) > 1),
  )

describe('a study of replicates', () => {
  it('killed with -9 while it trains them, resumes to the same numbers, and shows how sure they are', async () => {
    const calm = await workspace.run('run', workspace.write('calm.yaml', studyOf('calm')), '--json')
    expect(calm.code).toBe(0)
    let command = ['run', workspace.write('killed.yaml', studyOf('killed')), '--json']
    for (let kill = 0; kill < 2; kill++) {
      const application = workspace.start(command)
      await application.until(isWithinReplicates)
      const workers = workersOf(application.child.pid)
      application.child.kill('SIGKILL')
      await application.ended
      await untilGone(workers)
      command = ['resume', 'killed-1', '--json']
    }
    expect((await workspace.run(...command)).code).toBe(0)

    const results = resultsOf(stored('killed-1'))
    expect(results).toEqual(resultsOf(stored('calm-1')))
    expect(results.map(({ incumbent }) => incumbent === undefined)).not.toContain(true)
    // Some were hopeless, and the others had all five.
    expect(new Set(results.map(({ raceEnd }) => raceEnd === undefined))).toEqual(new Set([true, false]))
    for (const { replicates, raceEnd } of results) {
      if (raceEnd === undefined) expect(replicates).toHaveLength(5)
      else expect(replicates.length).toBeLessThan(5)
    }

    const { summary, best } = resultOf(calm.stdout)
    expect(summary.best?.standardError).toBe(best[0]?.replicates?.objectiveStandardError)
    const shown = (await workspace.run('show', 'killed-1')).stdout
    expect(shown).toMatch(/0\.\d{4} ± 0\.\d{4}/)
    expect(shown).not.toContain('One seed each')
    const lost = results.find(({ raceEnd }) => raceEnd !== undefined)
    const one = (await workspace.run('show', 'killed-1', '--trial', String(lost?.number))).stdout
    expect(one).toMatch(/race +It ended after \d of 5 replicates, as it was hopeless:/)
    const { yaml } = z
      .object({ yaml: z.string() })
      .parse(JSON.parse((await workspace.run('export', 'killed-1', '--best', '--output', 'best', '--json')).stdout))
    const again = await workspace.run('run', yaml, '--plain')
    expect(again.stdout).toContain('Reproduced: all metrics and constraints equal')
    expect(one.match(/^ *seed \d+ +0\.\d{4}, /gm)).toHaveLength(lost?.replicates.length ?? NaN)
  })
})
