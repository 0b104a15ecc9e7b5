import { cpSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { decodeExperiment } from '../../../src-core/experiment/decodeExperiment.ts'
import type { ExperimentPlan } from '../../../src-core/experiment/experimentPlan.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import {
  createExperiment,
  experimentNames,
  openExperiment,
  type StoredExperiment,
} from '../../../src-main/experiments/experimentFolder.ts'
import {
  type ExperimentEnd,
  type ExperimentListener,
  ExperimentRunner,
} from '../../../src-main/experiments/experimentRunner.ts'
import { readOverview } from '../../../src-main/experiments/readOverview.ts'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import type { StudyLibrary } from '../../../src-main/studies/studyService.ts'
import type { WorkerHost } from '../../../src-main/workers/workerHost.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { inProcessOptimiserHost } from '../scheduler/inProcessOptimiser.ts'
import { ManualClock } from '../scheduler/manualClock.ts'
import { measured, scriptedHost } from './scriptedHost.ts'

const study = {
  version: 2,
  name: 'evolved',
  dataset: { name: 'iris' },
  network: { type: 'neuroprocessor' },
  training: { algorithm: 'eons' },
  space: { mutationRate: { type: 'real', low: 0.3, high: 1 } },
  optimiser: { type: 'random' },
  budget: { trials: 3 },
  keepNetworks: 0,
  workers: 2,
}
const source = stringify({
  version: 1,
  name: 'duel',
  study,
  variants: [{ name: 'random' }, { name: 'sobol', change: { optimiser: { type: 'sobol' } } }],
  seeds: [1, 2],
})

let folder: string
let plan: ExperimentPlan
const clock = new ManualClock()
beforeEach(async () => {
  folder = join(temporaryFolder(), 'library')
  const decoded = await decodeExperiment(source, 'duel.yaml', () => Promise.reject(new Error('it names nothing')))
  plan = decoded.plan
})

const libraryWith = (workerHost: WorkerHost = scriptedHost()): StudyLibrary =>
  createStudyLibrary({ folder, clock, workerHost, optimiserHost: inProcessOptimiserHost, applicationVersion: '0.1.0' })

interface Session {
  readonly runner: ExperimentRunner
  /** What happened, in words. */
  readonly log: string[]
}

/** What one process does with an experiment. */
const session = (
  stored: StoredExperiment,
  {
    library = libraryWith(),
    remake = false,
    told = {},
  }: { library?: StudyLibrary; remake?: boolean; told?: Partial<ExperimentListener> } = {},
): Session => {
  const log: string[] = []
  const runner = new ExperimentRunner({
    stored,
    clock,
    remake,
    studies: {
      create: (definition, text, mark) => library.create(definition, text, null, mark),
      open: (name) => library.open(name),
      summary: (name) => library.summary(name),
      release: (one) => one.close(),
    },
    listener: {
      began: (member, one) => {
        log.push(`${member.variant}${member.seed} began`)
        return told.began?.(member, one)
      },
      rested: (member, one) => {
        log.push(`${member.variant}${member.seed} ${one.summary().state.kind}`)
        return told.rested?.(member, one)
      },
      leftOut: ({ member, kind }) => log.push(`${member.variant}${member.seed} ${kind}`),
      held: (message) => log.push(message),
    },
  })
  return { runner, log }
}

const stateOf = async (stored: StoredExperiment) => {
  const { members } = await readOverview(stored, (name) => libraryWith().summary(name))
  return members.map(({ variant, seed, state, study: name }) => `${variant}${seed} ${state} ${name ?? '-'}`)
}

/** What the studies came to: the table of an experiment, without times. */
const tableOf = async (stored: StoredExperiment) => {
  const { members } = await readOverview(stored, (name) => libraryWith().summary(name))
  return members.map(({ variant, seed, state, summary }) => ({
    variant,
    seed,
    state,
    counts: summary?.counts,
    best: summary?.best,
  }))
}

const finishedAll = [
  'random1 finished duel-random-seed1-1',
  'sobol1 finished duel-sobol-seed1-1',
  'random2 finished duel-random-seed2-1',
  'sobol2 finished duel-sobol-seed2-1',
]

const done: ExperimentEnd = { kind: 'done', problems: [] }

describe('an experiment', () => {
  it('runs its studies one after the other, seed by seed, and runs nothing again', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const first = session(stored)
    expect(await first.runner.run()).toEqual(done)
    expect(first.log).toEqual(
      ['random1', 'sobol1', 'random2', 'sobol2'].flatMap((member) => [`${member} began`, `${member} finished`]),
    )
    expect(await stateOf(stored)).toEqual(finishedAll)
    const again = session(openExperiment(folder, 'duel'))
    expect(await again.runner.run()).toEqual(done)
    expect(again.log).toEqual([])
  })

  it('is stored whole: what its files say later changes nothing', () => {
    const stored = createExperiment(folder, plan, source, clock)
    expect(openExperiment(folder, 'duel').plan).toEqual(plan)
    expect(stored.source).toBe(source)
    expect(experimentNames(folder)).toEqual(['duel'])
  })

  it('is there once of each name, and its studies are ordinary ones', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    expect(() => createExperiment(folder, plan, source, clock)).toThrow(
      expect.objectContaining({ code: 'experiment-exists' }),
    )
    expect(() => openExperiment(folder, 'other')).toThrow(/It holds: duel\./)
    await session(stored).runner.run()
    const listed: string[] = []
    for await (const { id } of libraryWith().list()) listed.push(id)
    expect(listed.sort()).toEqual(finishedAll.map((line) => line.split(' ')[2]).sort())
  })

  it('that is forgotten leaves its studies, and another of its name has studies of its own', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    await session(stored).runner.run()
    stored.forget()
    expect(experimentNames(folder)).toEqual([])
    const another = createExperiment(folder, plan, source, clock)
    expect(await stateOf(another)).toContain('random1 waiting -')
    await session(another).runner.run()
    expect(await stateOf(another)).toContain('random1 finished duel-random-seed1-2')
  })

  it('is run by one application at a time', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const second = session(stored)
    let refused: unknown
    const first = session(stored, {
      told: {
        began: async () => {
          refused ??= await second.runner.run().catch((error: unknown) => error)
        },
      },
    })
    expect(await first.runner.run()).toEqual(done)
    expect(refused).toMatchObject({ code: 'experiment-running' })
  })
})

describe('an experiment that is paused', () => {
  /** Workers whose trials hang, until the experiment is wanted to end. */
  const hanging = () => {
    let asked: () => void
    const begun = new Promise<void>((resolve) => {
      asked = resolve
    })
    const host = scriptedHost(() => {
      asked()
      return null
    })
    return { begun, host }
  }

  it('writes down what runs, begins nothing else, and goes on from there', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const { begun, host } = hanging()
    const { runner, log } = session(stored, { library: libraryWith(host) })
    const running = runner.run()
    await begun
    await runner.pauseNow()
    expect(await running).toEqual({ kind: 'paused', problems: [] })
    expect(log).toEqual(['random1 began', 'random1 paused'])
    expect((await stateOf(stored)).slice(0, 2)).toEqual(['random1 paused duel-random-seed1-1', 'sobol1 waiting -'])
    expect(stored.isRunning()).toBe(false)
    expect(await session(stored).runner.run()).toEqual(done)
    expect(await stateOf(stored)).toEqual(finishedAll)
  })

  it('stops, too, while it pauses', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const { begun, host } = hanging()
    const { runner } = session(stored, { library: libraryWith(host) })
    const running = runner.run()
    await begun
    const draining = runner.drain()
    await runner.stop()
    await draining
    expect(await running).toEqual({ kind: 'paused', problems: [] })
  })

  it('before a study has begun begins none', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const { runner, log } = session(stored)
    const running = runner.run()
    await runner.pauseNow()
    expect(await running).toEqual({ kind: 'paused', problems: [] })
    expect(log.filter((line) => line.endsWith('finished'))).toEqual([])
  })

  it('is so as well when somebody pauses the very study that runs', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const { begun, host } = hanging()
    let pause: () => Promise<void> = () => Promise.resolve()
    const { runner, log } = session(stored, {
      library: libraryWith(host),
      told: {
        began: (_, one) => {
          pause = () => one.pauseNow()
        },
      },
    })
    const running = runner.run()
    await begun
    await pause()
    expect(await running).toEqual({ kind: 'paused', problems: [] })
    expect(log).toEqual(['random1 began', 'random1 paused'])
  })
})

describe('an experiment whose studies are in the way', () => {
  const ran = async (): Promise<StoredExperiment> => {
    const stored = createExperiment(folder, plan, source, clock)
    const { runner } = session(stored, {
      told: {
        rested: ({ variant, seed }) => {
          // The second study is done: the rest is for later.
          if (variant === 'sobol' && seed === 1) void runner.stop()
        },
      },
    })
    expect((await runner.run()).kind).toBe('paused')
    return stored
  }

  it('goes on with the others when one was deleted, says so, and makes it anew when it is asked to', async () => {
    const stored = await ran()
    rmSync(join(folder, 'duel-random-seed1-1'), { recursive: true })
    const { runner, log } = session(stored)
    const { kind, problems } = await runner.run()
    expect(kind).toBe('done')
    expect(problems).toMatchObject([{ kind: 'gone', member: { variant: 'random', seed: 1 } }])
    expect(log[0]).toBe('random1 gone')
    expect(await stateOf(stored)).toEqual(['random1 gone duel-random-seed1-1', ...finishedAll.slice(1)])
    expect(await session(stored, { remake: true }).runner.run()).toEqual(done)
    expect(await stateOf(stored)).toEqual(finishedAll)
  })

  it('finds one whose folder has another name, and does not take a copy for it', async () => {
    const stored = await ran()
    cpSync(join(folder, 'duel-random-seed1-1'), join(folder, 'a-copy'), { recursive: true })
    expect((await stateOf(stored))[0]).toBe('random1 finished duel-random-seed1-1')
    rmSync(join(folder, 'a-copy'), { recursive: true })
    renameSync(join(folder, 'duel-random-seed1-1'), join(folder, 'moved'))
    expect((await stateOf(stored))[0]).toBe('random1 finished moved')
    expect(await session(stored).runner.run()).toEqual(done)
  })

  it('goes on with the others when one is damaged', async () => {
    const stored = await ran()
    writeFileSync(join(folder, 'duel-sobol-seed1-1', 'study.sqlite'), 'this is no database')
    const { runner } = session(stored)
    expect((await runner.run()).problems).toMatchObject([{ kind: 'unusable', member: { variant: 'sobol', seed: 1 } }])
    expect((await stateOf(stored)).slice(2)).toEqual(finishedAll.slice(2))
  })

  it('leaves out one that is open elsewhere, and looks once more at the end', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const { begun, host } = (() => {
      let asked: () => void
      const began = new Promise<void>((resolve) => {
        asked = resolve
      })
      return {
        begun: began,
        host: scriptedHost(() => {
          asked()
          return null
        }),
      }
    })()
    const first = session(stored, { library: libraryWith(host) })
    const running = first.runner.run()
    await begun
    await first.runner.pauseNow()
    await running
    const elsewhere = await libraryWith().open('duel-random-seed1-1')
    const second = session(stored, {
      told: {
        rested: async ({ variant, seed }) => {
          if (variant === 'sobol' && seed === 2) await elsewhere.close()
        },
      },
    })
    expect(await second.runner.run()).toEqual(done)
    expect(second.log[0]).toBe('random1 elsewhere')
    expect(second.log.slice(-2)).toEqual(['random1 began', 'random1 finished'])
    const still = await libraryWith().open('duel-random-seed1-1')
    await still.close()
  })

  it('goes on when one ends in an error, and tries that again later', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const failing = scriptedHost((request) =>
      request.seed % 2 === 0
        ? measured(request)
        : { kind: 'failed', failure: { reason: 'dataset', message: 'no data' } },
    )
    const { problems } = await session(stored, { library: libraryWith(failing) }).runner.run()
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.every(({ kind }) => kind === 'error')).toBe(true)
    expect(await session(stored).runner.run()).toEqual(done)
    expect(await stateOf(stored)).toEqual(finishedAll)
  })

  it('ends where the disk is full, as no study could go on', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const full = scriptedHost(() => ({ kind: 'failed', failure: { reason: 'disk-full', message: 'the disk is full' } }))
    const { runner, log } = session(stored, { library: libraryWith(full) })
    await expect(runner.run()).rejects.toMatchObject({ code: 'disk-full' })
    expect(log.filter((line) => line.endsWith('began'))).toEqual(['random1 began'])
    expect(stored.isRunning()).toBe(false)
  })

  it('is damaged itself: said, and its studies are as they were', async () => {
    const stored = await ran()
    writeFileSync(join(stored.folder, 'members.json'), '{')
    await expect(session(stored).runner.run()).rejects.toMatchObject({ code: 'experiment-damaged' })
    writeFileSync(join(stored.folder, 'plan.json'), '{"version": 2}')
    expect(() => openExperiment(folder, 'duel')).toThrow(expect.objectContaining({ code: 'experiment-damaged' }))
    expect(existsSync(join(folder, 'duel-random-seed1-1', 'study.sqlite'))).toBe(true)
  })
})

describe('an experiment whose application dies', () => {
  /** Everything on the disk at one moment, as a process that is killed there leaves it. */
  it('between the making of a study and its record takes over the study that there is', async () => {
    const stored = createExperiment(folder, plan, source, clock)
    const library = libraryWith()
    const definition = plan.variants[0]?.definition
    if (definition === undefined) throw new Error('it has variants')
    const orphan = await library.create(definition, 'source', null, stored.markOf({ variant: 'random', seed: 1 }))
    await orphan.close()
    expect((await stateOf(stored))[0]).toBe('random1 new duel-random-seed1-1')
    expect(await session(stored).runner.run()).toEqual(done)
    expect(await stateOf(stored)).toEqual(finishedAll)
  })

  it('comes to the same table, ended and run again at random, seed 3', async () => {
    const calm = createExperiment(folder, plan, source, clock)
    await session(calm).runner.run()
    const expected = await tableOf(calm)
    expect(new Set(expected.map(({ best }) => best?.objective)).size).toBe(4)

    folder = join(temporaryFolder(), 'library')
    const stored = createExperiment(folder, plan, source, clock)
    const generator = createGenerator(3)
    let isDone = false
    for (let life = 0; !isDone; life++) {
      expect(life).toBeLessThan(100)
      let left = 1 + generator.below(3)
      const { runner } = session(stored, {
        library: libraryWith(
          scriptedHost((request) => {
            if (left-- > 0) return measured(request)
            void runner.stop()
            return null
          }),
        ),
      })
      isDone = (await runner.run()).kind === 'done'
    }
    expect(await tableOf(stored)).toEqual(expected)
  })
})
