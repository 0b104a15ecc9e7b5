import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import type { StudyChange } from '../../../src-core/progress/readModel.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import type { Measurement } from '../../../src-core/trial/measurement.ts'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { createOptimiserThreadHost } from '../../../src-main/scheduler/optimiserThread.ts'
import type { OpenStudy, StudyLibrary } from '../../../src-main/studies/studyService.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { tinyStudy } from '../cli/spiketune.ts'
import { layeredDefinition, learningPoint } from '../../worker/training/surrogate/layeredRequests.ts'
import { workersOf } from './processes.ts'

const worker = new URL('../../../out/main/worker.js', import.meta.url)
const optimiser = new URL('../../../out/main/optimiser.js', import.meta.url)

const libraryWith = (checkpointEveryMs?: number): StudyLibrary =>
  createStudyLibrary({
    folder: join(temporaryFolder(), 'library'),
    clock: systemClock,
    workerHost: createChildProcessHost(worker),
    optimiserHost: createOptimiserThreadHost(optimiser),
    applicationVersion: '0.1.0',
    checkpointEveryMs,
  })

const own = { silence: { stopEarly: false, layers: [] }, workers: 1, budget: { trials: 1 }, keepNetworks: 1 }
const { space: _, ...tiny } = tinyStudy()
/** Studies of a trial of some seconds. */
const studies = {
  STDP: {
    ...tiny,
    ...own,
    dataset: { name: 'mnist', trainSamples: 12_000, testSamples: 100 },
    fixed: { ...tiny.fixed, mapSize: 60, epochs: 2 },
  },
  'surrogate gradients': {
    ...layeredDefinition({ dataset: { trainSamples: 4000 } }),
    ...own,
    fixed: { ...learningPoint, epochs: 4 },
  },
  evolution: {
    version: 2,
    name: 'evolved',
    dataset: { name: 'wine' },
    network: { type: 'neuroprocessor' },
    training: { algorithm: 'eons' },
    fixed: { generations: 60, populationSize: 100 },
    optimiser: { type: 'random' },
    ...own,
  },
}

const create = async (library: StudyLibrary, study: object): Promise<OpenStudy> => {
  const source = stringify(study)
  const created = await library.create(decodeDefinition(source, 'x'), source)
  onTestFinished(() => created.close())
  return created
}

const reopened = async (library: StudyLibrary, study: OpenStudy): Promise<OpenStudy> => {
  await study.close()
  const again = await library.open(study.id)
  onTestFinished(() => again.close())
  return again
}

/** Resolves when the study shows what is awaited. */
const until = (study: OpenStudy, holds: (change: StudyChange) => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const unsubscribe = study.subscribe((change) => {
      const ended = change.summary.state.kind === 'finished'
      if (!ended && !holds(change)) return
      unsubscribe()
      if (ended) reject(new Error('the study ended before'))
      else resolve()
    })
  })

const trainedTo =
  (share: number) =>
  ({ trials }: StudyChange): boolean =>
    trials.some(
      ({ progress }) => progress?.phase === 'training' && progress.samplesDone >= share * progress.samplesPlanned,
    )

/** All that a study's only trial came to, but for how long it took, with its network. */
const resultOf = (study: OpenStudy) => {
  const trial = study.trial(0)
  if (trial?.state !== 'complete') throw new Error(`the trial is ${trial?.state}`)
  const {
    trainDurationMs: _trained,
    testDurationMs: _tested,
    spikeCounts,
    ...measurement
  }: Measurement = trial.measurement
  return {
    measurement,
    spikeCounts: spikeCounts.map(({ deflated, ...rest }) => ({ ...rest, deflated: [...deflated] })),
    network: readFileSync(join(study.folder, 'networks', 'trial-000000.safetensors')).toString('base64'),
  }
}

const finished = async (study: OpenStudy): Promise<OpenStudy> => {
  await study.start()
  expect(await study.settled()).toMatchObject({ state: { kind: 'finished' } })
  return study
}

const eventsOf = (study: OpenStudy): string[] => study.record(0).events.map(({ kind }) => kind)
const checkpointsOf = (study: OpenStudy): string[] => readdirSync(join(study.folder, 'checkpoints'))

describe('a trial that is paused now', () => {
  it.each(Object.entries(studies))(
    'goes on in another process and ends with the same numbers: %s',
    async (_, study) => {
      const library = libraryWith()
      const calm = await finished(await create(library, study))
      let paused = await create(library, study)
      for (const share of [0.15, 0.5]) {
        const far = until(paused, trainedTo(share))
        await paused.start()
        await far
        await paused.pauseNow()
        expect(paused.summary()).toMatchObject({ state: { kind: 'paused' }, counts: { waiting: 1 } })
        const [row] = paused.snapshot().trials
        expect(row).toMatchObject({ state: 'waiting', attempt: 0 })
        expect(row?.resumesAt).toBeGreaterThanOrEqual(share - 0.05)
        expect(row?.resumesAt).toBeLessThan(1)
        paused = await reopened(library, paused)
        expect(paused.snapshot().trials[0]?.resumesAt).toBe(row?.resumesAt)
      }
      await finished(paused)
      expect(resultOf(paused)).toEqual(resultOf(calm))
      expect(eventsOf(paused)).toEqual([
        'asked',
        ...['claimed', 'paused', 'claimed', 'resumed', 'paused', 'claimed', 'resumed'],
        'finished',
      ])
      expect(checkpointsOf(paused)).toEqual([])
      expect(paused.snapshot().trials[0]).toMatchObject({ attempt: 1 })
    },
  )

  it('is what the end of the application makes of it, too', async () => {
    const library = libraryWith()
    const study = await create(library, studies.STDP)
    const far = until(study, trainedTo(0.3))
    await study.start()
    await far
    const again = await reopened(library, study)
    expect(again.snapshot().trials[0]?.resumesAt).toBeGreaterThan(0.25)
    await finished(again)
    expect(eventsOf(again)).toContain('resumed')
  })

  it('begins anew, which is told, when its checkpoint is torn', async () => {
    const library = libraryWith()
    const study = await create(library, studies.STDP)
    const far = until(study, trainedTo(0.3))
    await study.start()
    await far
    await study.pauseNow()
    const path = join(study.folder, 'checkpoints', 'trial-000000.checkpoint')
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.subarray(0, bytes.length - 1))
    const again = await finished(await reopened(library, study))
    const told = again.record(0).events.find(({ kind }) => kind === 'begins-anew')
    expect(told?.detail).toBe('The checkpoint is of no use: it is torn.')
    expect(eventsOf(again)).not.toContain('resumed')
    expect(resultOf(again)).toEqual(resultOf(await finished(await create(library, studies.STDP))))
  })
})

describe('checkpoints at intervals', () => {
  it('are what a trial goes on from whose worker was killed', async () => {
    const library = libraryWith(50)
    const calm = await finished(await create(library, studies.STDP))
    const study = await create(library, studies.STDP)
    const far = until(study, trainedTo(0.4))
    const before = new Set(workersOf(process.pid))
    await study.start()
    await far
    for (const pid of workersOf(process.pid)) if (!before.has(pid)) process.kill(pid, 'SIGKILL')
    await study.settled()
    expect(eventsOf(study)).toEqual(['asked', 'claimed', 'worker-died', 'claimed', 'resumed', 'finished'])
    expect(resultOf(study)).toEqual(resultOf(calm))
  })

  it('that cannot be written are told, and training goes on', async () => {
    const library = libraryWith(50)
    const calm = await finished(await create(library, studies.STDP))
    const study = await create(library, studies.STDP)
    const folder = join(study.folder, 'checkpoints')
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'in the way')
    const said: (string | undefined)[] = []
    study.subscribe(({ summary }) => said.push(summary.checkpointProblem))
    await finished(study)
    expect(said.some((problem) => problem?.startsWith('The checkpoint could not be written to'))).toBe(true)
    expect(eventsOf(study).filter((kind) => kind === 'checkpoint-failed')).toHaveLength(1)
    expect(resultOf(study)).toEqual(resultOf(calm))
    expect(existsSync(folder)).toBe(true)
  })
})
