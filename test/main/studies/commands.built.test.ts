import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import type { StudyChange } from '../../../src-core/progress/readModel.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { createOptimiserThreadHost } from '../../../src-main/scheduler/optimiserThread.ts'
import { planFork } from '../../../src-main/studies/forkPlan.ts'
import type { OpenStudy, StudyLibrary } from '../../../src-main/studies/studyService.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { tinyStudy } from '../cli/spiketune.ts'

const worker = new URL('../../../out/main/worker.js', import.meta.url)
const optimiser = new URL('../../../out/main/optimiser.js', import.meta.url)

const newLibrary = (): StudyLibrary =>
  createStudyLibrary({
    folder: join(temporaryFolder(), 'library'),
    clock: systemClock,
    workerHost: createChildProcessHost(worker),
    optimiserHost: createOptimiserThreadHost(optimiser),
    applicationVersion: '0.1.0',
  })

const definitionOf = (rest: object = {}): StudyDefinition =>
  decodeDefinition(stringify({ ...tinyStudy(), ...rest }), 'x')

const closing = async (opening: Promise<OpenStudy>): Promise<OpenStudy> => {
  const study = await opening
  onTestFinished(() => study.close())
  return study
}

const create = (library: StudyLibrary, rest: object = {}): Promise<OpenStudy> =>
  closing(library.create(definitionOf(rest), stringify({ ...tinyStudy(), ...rest })))

const finished = async (study: OpenStudy): Promise<OpenStudy> => {
  await study.start()
  expect(await study.settled()).toMatchObject({ state: { kind: 'finished' } })
  return study
}

const rowsOf = (study: OpenStudy) => study.snapshot().trials
const rowOf = (study: OpenStudy, number: number) => rowsOf(study)[number]
const bestOf = (study: OpenStudy): number => study.snapshot().summary.best?.number ?? -1
const networksOf = (study: OpenStudy): string[] => readdirSync(join(study.folder, 'networks')).sort()

/** Resolves when the study shows what is awaited. */
const until = (study: OpenStudy, holds: (change: StudyChange) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const unsubscribe = study.subscribe((change) => {
      if (!holds(change)) return
      unsubscribe()
      resolve()
    })
  })

describe('what people say of trials', () => {
  it('is stored, journalled, told to everyone, and there again when the study is opened again', async () => {
    const library = newLibrary()
    const study = await finished(await create(library, { budget: { trials: 2 } }))
    const changes: StudyChange[] = []
    study.subscribe((change) => changes.push(change))
    study.annotate(1, { note: 'look at this', tags: [' odd ', 'odd', ''] })
    study.annotate(1, { pinned: true })
    const annotation = { note: 'look at this', tags: ['odd'], pinned: true, excluded: false }
    expect(rowOf(study, 1)?.annotation).toEqual(annotation)
    expect(changes.map(({ trials }) => trials.map(({ number }) => number))).toEqual([[1], [1]])
    expect(() => study.annotate(7, { note: 'x' })).toThrow('has no trial 7')
    await study.close()
    const again = await closing(library.open(study.id))
    expect(rowOf(again, 1)?.annotation).toEqual(annotation)
    const { events, measured } = again.record(1)
    expect(events.map(({ kind }) => kind)).toEqual(['asked', 'claimed', 'finished', 'annotated', 'pinned'])
    expect(measured?.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(100)
    const samples = measured?.spikeCounts.map(({ counts }) => counts.length)
    expect(samples).toEqual([measured?.samplesTrained, measured?.samplesTrained])
  })

  it('keeps the network of a pinned trial, whatever it costs, and gives it up when it is not pinned any more', async () => {
    const library = newLibrary()
    const study = await create(library, { budget: { trials: 5 }, keepNetworks: 1, workers: 1 })
    const first = until(study, ({ trials }) => trials.some(({ number, state }) => number === 1 && state === 'running'))
    await study.start()
    await first
    study.annotate(0, { pinned: true })
    study.annotate(1, { pinned: true })
    await study.settled()
    const best = bestOf(study)
    const kept = [...new Set([0, 1, best])].map((number) => rowOf(study, number)?.networkFile)
    expect(networksOf(study)).toEqual(kept.sort())
    const bytes = (): number =>
      networksOf(study).reduce((sum, file) => sum + statSync(join(study.folder, 'networks', file)).size, 0)
    expect(study.snapshot().summary.networkBytes).toBe(bytes())
    for (const number of [0, 1]) study.annotate(number, { pinned: false })
    expect(networksOf(study)).toHaveLength(1)
    expect(study.snapshot().summary.networkBytes).toBe(bytes())
  })
})

describe('a trial that is left out', () => {
  it('is not best any more, is replaced when the study goes on, and can be put back', async () => {
    const library = newLibrary()
    const study = await finished(await create(library, { budget: { trials: 3 } }))
    const best = bestOf(study)
    study.exclude(best, true)
    expect(bestOf(study)).not.toBe(best)
    expect(study.snapshot().summary).toMatchObject({ excluded: 1, trialBudget: 4 })
    await study.close()
    const again = await finished(await closing(library.open(study.id)))
    expect(rowsOf(again)).toHaveLength(4)
    again.exclude(best, false)
    expect(again.snapshot().summary).toMatchObject({ excluded: 0, trialBudget: 3 })
    expect(again.record(best).events.map(({ kind }) => kind)).toEqual([
      'asked',
      'claimed',
      'finished',
      'excluded',
      'restored',
    ])
  })
})

describe('a trial of a person', () => {
  it('runs in a new study before all others, and is the same network as the optimiser would have had', async () => {
    const library = newLibrary()
    const study = await create(library, { budget: { trials: 1 }, workers: 1 })
    const configuration = { mapSize: 30, decoder: 'all', thresholdExcitatoryMv: -60 }
    expect(study.enqueue(configuration, 5)).toMatchObject({ number: 0, state: 'waiting', enqueued: true, seed: 5 })
    await finished(study)
    expect(rowsOf(study).map(({ enqueued, state }) => [enqueued, state === 'failed'])).toEqual([
      [true, false],
      [false, false],
    ])
    study.enqueue(configuration, 5)
    expect(study.snapshot().summary.state).toEqual({ kind: 'paused' })
    await study.close()
    const again = await finished(await closing(library.open(study.id)))
    const [first, , third] = rowsOf(again)
    expect(third).toMatchObject({ objective: first?.objective, constraints: first?.constraints, enqueued: true })
  })

  it('is refused with every value that is out of bounds', async () => {
    const study = await create(newLibrary())
    const enqueue = () => study.enqueue({ mapSize: 10.5, decoder: 'some', thresholdExcitatoryMv: -60, tau: 1 }, null)
    expect(enqueue).toThrow(
      [
        'tau is 1; allowed: decoder, mapSize, thresholdExcitatoryMv',
        'decoder is some; allowed: all, vote',
        'mapSize is 10.5; allowed: a whole number from 10 to 40',
      ].join('\n'),
    )
    expect(rowsOf(study)).toEqual([])
  })
})

describe('cancelling', () => {
  it('ends one running trial within moments; the others and the study go on', async () => {
    const rest = { ...tinyStudy({ trials: 3, trainSamples: 20_000 }), workers: 1, silence: { layers: [] } }
    const study = await create(newLibrary(), rest)
    const training = until(study, ({ trials }) => trials.some(({ progress }) => progress?.phase === 'training'))
    await study.start()
    await training
    study.enqueue({ mapSize: 30, decoder: 'all', thresholdExcitatoryMv: -60 }, null)
    const second = until(study, ({ trials }) => trials.some(({ number, state }) => number === 1 && state === 'running'))
    expect(study.cancel(0).state).toBe('running')
    await second
    expect(rowOf(study, 0)).toMatchObject({ state: 'failed', failure: { reason: 'cancelled' } })
    expect(() => study.cancel(0)).toThrow('has finished')
    const third = until(study, ({ trials }) => trials.some(({ number, state }) => number === 2 && state === 'running'))
    study.cancel(1)
    await third
    await study.stop()
    expect(study.cancel(2)).toMatchObject({ state: 'failed', failure: { reason: 'cancelled' } })
    await study.close()
  })
})

describe('the number of workers', () => {
  it('is remembered, also none: then nothing begins', async () => {
    const library = newLibrary()
    const study = await create(library, { budget: { trials: 2 } })
    study.setWorkers(0)
    await study.start()
    expect(study.snapshot().summary).toMatchObject({ state: { kind: 'running' }, workers: 0, workersWanted: 0 })
    await study.close()
    const again = await closing(library.open(study.id))
    expect(again.snapshot().summary).toMatchObject({ workersWanted: 0, counts: { running: 0 } })
    await again.start()
    again.setWorkers(1)
    expect(await again.settled()).toMatchObject({ state: { kind: 'finished' }, workersWanted: 1 })
  })
})

describe('a fork', () => {
  it('has the trials in its space with all their records and networks, and goes on from them', async () => {
    const library = newLibrary()
    const study = await finished(
      await create(library, { budget: { trials: 5 }, optimiser: { type: 'tpe', startup: 2 } }),
    )
    study.annotate(2, { note: 'mine', pinned: true })
    const { decoder, mapSize } = tinyStudy().space
    const wider = definitionOf({
      name: 'wider',
      space: { mapSize: { ...mapSize, high: 60 }, decoder, weightNorm: { type: 'real', low: 60, high: 200 } },
      fixed: { strengthExcitatory: 300, strengthInhibitory: 300, thresholdExcitatoryMv: -60 },
      budget: { trials: 2 },
    })
    const refused = planFork(study, wider).plan
    expect(refused).toMatchObject({ comparable: true, copied: 0, left: [{ trials: 5 }] })

    const definition = definitionOf({
      name: 'wider',
      space: {
        ...tinyStudy().space,
        mapSize: { ...mapSize, high: 60 },
        weightNorm: { type: 'real', low: 60, high: 200 },
      },
      fixed: { strengthExcitatory: 300, strengthInhibitory: 300 },
      optimiser: { type: 'tpe', startup: 2 },
      budget: { trials: 2 },
    })
    const { plan, fork } = planFork(study, definition)
    expect(plan).toEqual({ comparable: true, reasons: [], copied: 5, left: [] })
    const made = await closing(library.create(definition, stringify(definition), fork))
    expect(made.id).toBe('wider-1')
    expect(made.toldOrder()).toEqual(study.toldOrder())
    for (const { number } of rowsOf(study)) {
      const [before, after] = [study.record(number), made.record(number)]
      expect(after.measured).toEqual(before.measured)
      expect(after.hyperparameters).toEqual(before.hyperparameters)
      expect(after.row).toMatchObject({
        state: before.row.state,
        objective: before.row.objective,
        annotation: before.row.annotation,
        copiedFrom: { study: study.id, number },
        configuration: { ...before.row.configuration, weightNorm: 120 },
      })
      expect(after.events.map(({ kind }) => kind)).toEqual(['copied'])
    }
    expect(networksOf(made)).toEqual(networksOf(study))
    expect(made.snapshot().summary).toMatchObject({ state: { kind: 'new' }, trialBudget: 7, counts: { waiting: 0 } })
    await finished(made)
    expect(rowsOf(made).map(({ copiedFrom }) => copiedFrom !== null)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ])
    // TPE was told enough to begin with its model.
    expect(made.trial(5)?.explanation).toMatchObject({ phase: 'model' })
  })

  it('with other data is refused, with what differs', async () => {
    const study = await create(newLibrary())
    const { plan } = planFork(study, definitionOf({ encoding: { steps: 60 } }))
    expect(plan).toEqual({
      comparable: false,
      reasons: ['encoding.steps is 60, in the study it is 50'],
      copied: 0,
      left: [],
    })
    expect(existsSync(study.folder)).toBe(true)
  })
})
