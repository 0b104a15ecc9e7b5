import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { countsAgainstBudget } from '../../../src-core/progress/summarise.ts'
import { noAnnotation } from '../../../src-core/progress/readModel.ts'
import { summarise } from '../../support/summarise.ts'
import { askedByPerson } from '../../../src-core/trial/origin.ts'
import type { Measurement, Outcome, Replicate, TrialStop } from '../../../src-core/trial/measurement.ts'
import { isFinished, type RunningTrial, type Trial, type WaitingTrial } from '../../../src-core/trial/trial.ts'
import { transition } from '../../../src-core/trial/transition.ts'
import { examineDatabase } from '../../../src-main/storage/examineDatabase.ts'
import { SCHEMA_VERSION } from '../../../src-main/storage/migrations/migrate.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { isWriterLocked, takeWriterLock } from '../../../src-main/storage/writerLock.ts'
import { inTurns } from '../../../src-main/studies/inTurns.ts'
import { loadRows, readRows } from '../../../src-main/studies/loadRows.ts'
import { cardOf } from '../../core/datasets/cards.ts'
import { input } from '../../core/progress/fixtures.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { openedStore, storeClock, storeFile, waitingTrial } from './tinyStore.ts'

const waiting = (number: number): WaitingTrial =>
  waitingTrial(number, {
    configuration: { mapSize: 10 + number, decoder: 'all' },
    seed: 4_000_000_000,
    explanation: { method: 'sobol', point: [0.25, 0.5] },
  })

const claimed = (trial: Trial): RunningTrial => {
  const running = transition(trial, { kind: 'claimed', worker: 'cpu-0', atMs: 2.5 })
  if (running.state !== 'running') throw new Error('a claimed trial runs')
  // How far it has come is not stored.
  return { ...running, durationMs: null }
}

/** Of the first stopped trial, as a whole and read fast. */
const stopKinds = (store: StudyStore): unknown[] =>
  [store.trials().flatMap(({ number }) => store.trial(number) ?? []), store.trials()].map(
    (trials) => trials.flatMap((trial) => (trial.state === 'stopped' ? trial.stop.kind : []))[0],
  )

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const layer = fc.constantFrom('excitatory' as const, 'inhibitory' as const)
const duration = fc.double({ min: 0, max: 1e12, noNaN: true }).map((value) => value + 0)
const silent = fc.record({
  kind: fc.constant('silence' as const),
  layer,
  epoch: fc.nat(),
  sample: fc.integer({ min: 1, max: 1e6 }),
  nonSpiking: fc.nat(),
  trainSamples: fc.integer({ min: 1, max: 1e6 }),
  alpha: fc.nat(),
  beta: finite,
})
const replicates: fc.Arbitrary<Replicate> = fc.record({
  seed: fc.nat({ max: 0xffffffff }),
  objective: finite,
  constraints: fc.array(fc.record({ name: fc.string(), value: finite }), { maxLength: 3 }),
  stop: fc.option(silent),
  trainDurationMs: duration,
  testDurationMs: duration,
  samplesTrained: fc.nat(),
})
const measurements: fc.Arbitrary<Measurement> = fc
  .record({
    objective: finite,
    metrics: fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
      finite,
      { noNullPrototype: true },
    ),
    constraints: fc.array(fc.record({ name: fc.string(), value: finite }), { maxLength: 3 }),
    trainDurationMs: duration,
    testDurationMs: duration,
    samplesTrained: fc.nat(),
    samplesPlanned: fc.nat(),
    intervals: fc.array(
      fc.record({
        epoch: fc.nat(),
        sample: fc.nat(),
        trainAccuracy: fc.option(finite),
        nonSpiking: fc.array(fc.nat(), { maxLength: 2 }),
      }),
      { maxLength: 4 },
    ),
    spikeCounts: fc.uniqueArray(
      fc.record({ layer, epoch: fc.nat(3), samples: fc.nat(), deflated: fc.uint8Array({ minLength: 1 }) }),
      { maxLength: 4, selector: (counts) => `${counts.layer} ${counts.epoch}` },
    ),
    confusion: fc.array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 3 }),
    networkFile: fc.option(fc.string()),
    networkProblem: fc.option(fc.string(), { nil: undefined }),
    datasetSha256: fc.string(),
    replicates: fc.option(fc.array(replicates, { minLength: 2, maxLength: 4 }), { nil: undefined }),
    raceEnd: fc.option(
      fc.record({ planned: fc.integer({ min: 4, max: 100 }), by: fc.string(), bound: finite, limit: finite }),
      { nil: undefined },
    ),
  })
  .map(({ networkProblem, replicates, raceEnd, ...rest }): Measurement => ({
    ...rest,
    ...(networkProblem === undefined ? {} : { networkProblem }),
    ...(replicates === undefined ? {} : { replicates }),
    ...(replicates === undefined || raceEnd === undefined ? {} : { raceEnd }),
  }))
const stops: fc.Arbitrary<TrialStop> = fc.oneof(
  silent,
  fc.record({
    kind: fc.constant('pruned' as const),
    rule: fc.constantFrom('median' as const, 'asha' as const),
    epoch: fc.nat(),
    accuracy: finite,
    threshold: finite,
    trials: fc.integer({ min: 1, max: 1e6 }),
  }),
)
const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant('complete' as const), measurement: measurements }),
  fc.record({ kind: fc.constant('stopped' as const), measurement: measurements, stop: stops }),
  fc.record({
    kind: fc.constant('failed' as const),
    failure: fc.record(
      {
        reason: fc.constantFrom('non-finite' as const, 'worker-died' as const),
        message: fc.string(),
        details: fc.string(),
      },
      { requiredKeys: ['reason', 'message'] },
    ),
  }),
)

const plainCounts = (trial: Trial): unknown =>
  'measurement' in trial
    ? {
        ...trial,
        measurement: {
          ...trial.measurement,
          spikeCounts: trial.measurement.spikeCounts
            .map((counts) => ({ ...counts, deflated: [...counts.deflated] }))
            .sort((a, b) => a.epoch - b.epoch || a.layer.localeCompare(b.layer)),
        },
      }
    : trial

const slimmed = ({ measurement }: { readonly measurement: Measurement }): Measurement => ({
  ...measurement,
  intervals: [],
  spikeCounts: [],
  confusion: [],
})

describe('trials', () => {
  it('race against what was known when they first began, whoever reads them', () => {
    const store = openedStore()
    for (const [number, incumbent] of [0.75, null].entries()) {
      store.asked(waiting(number))
      const running = transition(waiting(number), { kind: 'claimed', worker: 'cpu-0', atMs: 2.5, incumbent })
      store.moved(running, 'claimed', 1)
      expect(store.trial(number)).toMatchObject({ state: 'running', incumbent })
      const requeued = transition(running, { kind: 'requeued' })
      store.moved(requeued, 'requeued', 2)
      expect(store.trial(number)).toEqual({ ...waiting(number), incumbent })
      store.moved(transition(requeued, { kind: 'claimed', worker: 'cpu-1', atMs: 3, incumbent: 2 }), 'claimed', 3)
      expect(store.trials()[number]).toMatchObject({ worker: 'cpu-1', incumbent })
    }
    store.close()
  })

  it('come back as they were stored, in every state; seed 21', () => {
    const store = openedStore()
    let next = 0
    let told = 0
    fc.assert(
      fc.property(outcomes, (outcome) => {
        const asked = waiting(next++)
        store.asked(asked)
        expect(store.trial(asked.number)).toEqual(asked)
        const running = claimed(asked)
        store.moved(running, 'claimed', 10)
        expect(store.trial(asked.number)).toEqual(running)
        const requeued = transition(running, { kind: 'requeued' })
        store.moved(requeued, 'requeued', 20)
        expect(store.trial(asked.number)).toEqual(asked)
        store.moved(claimed(requeued), 'claimed', 30)
        const finished = transition(running, {
          kind: 'finished',
          outcome,
          atMs: 99.25,
          durationMs: 96.5,
          toldOrder: told++,
        })
        store.moved(finished, 'finished', 40)
        const read = store.trial(asked.number)
        if (read === null) throw new Error('it was stored')
        expect(plainCounts(read)).toEqual(plainCounts(finished))
      }),
      { seed: 21, numRuns: 80 },
    )
    const whole = Array.from({ length: next }, (_, number) => store.trial(number))
    // Read fast, they are the same without their records, all at once, part by part, alone, and in the order of telling.
    const slim = whole.map((trial) =>
      trial !== null && 'measurement' in trial ? { ...trial, measurement: slimmed(trial) } : trial,
    )
    expect(store.trials()).toEqual(slim)
    expect([...store.trialParts(30)].map(({ length }) => length)).toEqual([30, 30, 20])
    expect([...store.trialParts(30)].flat()).toEqual(slim)
    expect(slim.map((_, number) => store.slimTrial(number))).toEqual(slim)
    expect([0, 50].flatMap((from) => store.finished(from, 50, false))).toEqual(slim)
    const counted = store
      .finished(0, next, true)
      .flatMap((trial) => ('measurement' in trial ? [trial.measurement] : []))
    expect(counted.map(({ spikeCounts }) => spikeCounts)).toEqual(
      whole.flatMap((trial) => (trial !== null && 'measurement' in trial ? [trial.measurement.spikeCounts] : [])),
    )
  })

  it('have learning curves by epochs, whole ones only', () => {
    const store = openedStore()
    const at = (epoch: number, sample: number, trainAccuracy: number | null) => ({
      epoch,
      sample,
      trainAccuracy,
      nonSpiking: [],
    })
    const intervals = [at(0, 50, null), at(0, 100, 0.5), at(1, 50, 0.5), at(1, 100, 1)]
    const [sampled] = fc.sample(measurements, { seed: 3, numRuns: 1 })
    if (sampled === undefined) throw new Error('one was asked for')
    const measurement = { ...sampled, intervals }
    const silence = { kind: 'silence', layer: 'excitatory', epoch: 1, sample: 100, nonSpiking: 9 } as const
    const finished: Outcome[] = [
      { kind: 'complete', measurement },
      { kind: 'stopped', measurement, stop: { ...silence, trainSamples: 100, alpha: 1, beta: 0 } },
      { kind: 'failed', failure: { reason: 'non-finite', message: 'x' } },
      {
        kind: 'stopped',
        measurement,
        stop: { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.75, threshold: 0.8, trials: 1 },
      },
    ]
    for (const [number, outcome] of finished.entries()) {
      store.asked(waiting(number))
      const running = claimed(waiting(number))
      store.moved(running, 'claimed', 0)
      // Told in the other order.
      const event = {
        kind: 'finished',
        outcome,
        atMs: 99,
        durationMs: 90,
        toldOrder: finished.length - number,
      } as const
      store.moved(transition(running, event), 'finished', 0)
    }
    expect(store.epochCurves()).toEqual([
      { trial: 3, accuracies: [0.5, 0.75], complete: false },
      { trial: 1, accuracies: [0.5], complete: false },
      { trial: 0, accuracies: [0.5, 0.75], complete: true },
    ])
  })

  it('are summed up as their rows are', async () => {
    const store = openedStore()
    const told = fc.sample(outcomes, { seed: 5, numRuns: 60 })
    for (const [number, outcome] of told.entries()) {
      const asked = { ...waiting(number), ...(number % 9 === 0 ? { explanation: askedByPerson } : {}) }
      store.asked(asked)
      if (number % 20 === 19) continue
      store.moved(claimed(asked), 'claimed', 0)
      if (number % 20 === 18) continue
      const event = { kind: 'finished' as const, outcome, atMs: 9, durationMs: 6, toldOrder: number }
      store.moved(transition(claimed(asked), event), 'finished', 0)
      if (number % 5 === 0) store.annotated(number, { ...noAnnotation, excluded: true }, 'excluded')
    }
    const loaded = await inTurns(loadRows(store))
    const rows = [...loaded.rows.values()]
    const { counts, best, excluded, timeSavedMs, uncounted } = store.sums()
    const expected = summarise({ ...input(), trials: rows })
    expect({ counts, best, excluded }).toEqual({
      counts: expected.counts,
      best: expected.best,
      excluded: expected.excluded,
    })
    expect(timeSavedMs / expected.timeSavedMs).toBeCloseTo(1, 9)
    expect(uncounted).toBe(rows.filter((row) => !countsAgainstBudget(row)).length)
    const ended = rows.filter(({ endedAtMs }) => endedAtMs !== null)
    expect({ ...loaded, unfinished: loaded.unfinished.map(({ number }) => number) }).toMatchObject({
      unfinished: [18, 19, 38, 39, 58, 59],
      ended: ended.length,
      uncounted: ended.filter((row) => !countsAgainstBudget(row)).length,
      nextNumber: 60,
    })
    // Of what is left out, another one is the best.
    if (best === null) throw new Error('a trial was measured')
    store.annotated(best.number, { ...noAnnotation, excluded: true }, 'excluded')
    expect(store.sums().best).toEqual(
      summarise({ ...input(), trials: (await inTurns(loadRows(store))).rows.values() }).best,
    )
  })

  it('are named by what was written of them', () => {
    const store = openedStore()
    for (const number of [0, 1, 2]) store.asked(waiting(number))
    const before = store.lastEvent()
    expect(store.changedSince(before)).toEqual(new Set())
    store.moved(claimed(waiting(1)), 'claimed', 0)
    store.networksForgotten([0, 2])
    expect(store.changedSince(before)).toEqual(new Set([0, 1, 2]))
    expect(readRows(store, new Set([1])).map(({ number, state }) => [number, state])).toEqual([[1, 'running']])
  })

  it('that do not exist are null', () => {
    expect(openedStore().trial(7)).toBeNull()
  })

  it('are stored whole or not at all', () => {
    const store = openedStore()
    const running = claimed(waiting(0))
    store.asked(waiting(0))
    store.moved(running, 'claimed', 0)
    const doubled = { epoch: 0, samples: 1, layer: 'excitatory' as const, deflated: new Uint8Array([1]) }
    const [measurement] = fc.sample(measurements, { seed: 3, numRuns: 1 })
    if (measurement === undefined) throw new Error('a sample has a measurement')
    const outcome: Outcome = { kind: 'complete', measurement: { ...measurement, spikeCounts: [doubled, doubled] } }
    const finished = transition(running, { kind: 'finished', outcome, atMs: 3, durationMs: 0.5, toldOrder: 0 })
    expect(() => {
      store.moved(finished, 'finished', 0)
    }).toThrow()
    expect(store.trial(0)).toEqual(running)
  })

  it('cannot share a place in the order of telling', () => {
    const store = openedStore()
    const failed = (number: number): Trial =>
      transition(claimed(waiting(number)), {
        kind: 'finished',
        outcome: { kind: 'failed', failure: { reason: 'non-finite', message: 'NaN' } },
        atMs: 3,
        durationMs: 0.5,
        toldOrder: 0,
      })
    for (const number of [0, 1]) store.asked(waiting(number))
    store.moved(failed(0), 'finished', 0)
    expect(() => {
      store.moved(failed(1), 'finished', 0)
    }).toThrow(/UNIQUE/)
  })
})

const readBack = (file: string): unknown => {
  const store = StudyStore.openReadOnly(file, storeClock)
  try {
    return store.study()
  } finally {
    store.close()
  }
}

describe('the study', () => {
  it.each([
    { kind: 'running' as const },
    { kind: 'finished' as const, reason: 'trial-budget' as const, detail: 'all 4 trials' },
    { kind: 'error' as const, message: 'the disk is full', reason: 'disk-full' as const },
  ])('keeps its state: $kind', (state) => {
    const file = storeFile()
    const store = openedStore(file)
    store.stateChanged(state, 1234.5)
    expect(readBack(file)).toMatchObject({ ...newStudyRecord, state, elapsedMs: 1234.5 })
  })

  it('is written through to the disk before a call returns', () => {
    const file = storeFile()
    const store = openedStore(file)
    store.asked(waiting(0))
    const connection = new Database(file)
    onTestFinished(() => {
      connection.close()
    })
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(connection.prepare('SELECT kind, trial FROM event').all()).toEqual([{ kind: 'asked', trial: 0 }])
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
  })

  it('is not written to where it was opened to be looked at', () => {
    const file = storeFile()
    const store = StudyStore.openReadOnly(file, storeClock)
    onTestFinished(() => {
      store.close()
    })
    expect(() => {
      store.asked(waiting(0))
    }).toThrow('looked at only')
  })

  it('leaves nothing of a look beside it, and all of what somebody died with', () => {
    const file = storeFile()
    const here = () =>
      readdirSync(dirname(file)).map((name) => [name, readFileSync(join(dirname(file), name)).toString('hex')])
    const closed = here()
    readBack(file)
    expect(here()).toEqual(closed)
    const died = storeFile()
    const store = openedStore(file)
    store.asked(waiting(0))
    for (const end of ['', '-wal']) copyFileSync(file + end, died + end)
    const left = [died, `${died}-wal`].map((path) => readFileSync(path))
    readBack(died)
    expect([died, `${died}-wal`].map((path) => readFileSync(path))).toEqual(left)
  })

  it('lets a look neither write nor wait while somebody writes, and the last to close tidies up', () => {
    const file = storeFile()
    const look = StudyStore.openReadOnly(file, storeClock)
    const store = StudyStore.open(file, storeClock)
    store.asked(waiting(0))
    expect(look.trials()).toHaveLength(1)
    store.close()
    const next = StudyStore.open(file, storeClock)
    next.asked(waiting(1))
    next.close()
    expect(look.trials()).toHaveLength(2)
    look.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
    expect(openedStore(file).trials()).toHaveLength(2)
  })
})

const newStudyRecord = { name: 'a', definition: 'version: 2' }

describe('the datasets of a study', () => {
  it('are kept once each, in the order in which they were read', () => {
    const store = openedStore()
    const [first, second] = [cardOf(), cardOf({ sha256: 'b'.repeat(64), notes: ['Odd.'] })]
    for (const card of [first, second, first]) store.datasetRead(card)
    expect(store.dataCards()).toEqual([first, second])
    expect(store.changedSince(0)).toEqual(new Set())
  })

  it('are left out and named where a card, or why a network is not there, is not what was written', () => {
    const file = storeFile()
    const store = openedStore(file)
    store.datasetRead(cardOf())
    store.datasetRead(cardOf({ sha256: 'b'.repeat(64) }))
    store.datasetRead(cardOf({ sha256: 'd'.repeat(64) }))
    const [measured] = fc.sample(measurements, { seed: 3, numRuns: 1 })
    if (measured === undefined) throw new Error('one was asked for')
    store.asked(waiting(0))
    store.moved(claimed(waiting(0)), 'claimed', 0)
    const measurement = { ...measured, networkFile: null, networkProblem: 'The disk was full.' }
    const outcome = { kind: 'complete' as const, measurement }
    const event = { kind: 'finished' as const, outcome, atMs: 9, durationMs: 6, toldOrder: 0 }
    store.moved(transition(claimed(waiting(0)), event), 'finished', 0)
    const connection = new Database(file)
    onTestFinished(() => {
      connection.close()
    })
    expect(examineDatabase(connection).damage).toEqual([])
    connection.exec(
      `UPDATE dataset SET card = replace(card, '"trainSamples":100', '"trainSamples":700') WHERE rowid = 1`,
    )
    connection.exec('DELETE FROM dataset WHERE rowid = 3')
    connection.exec("UPDATE network_problem SET problem = 'The disk was fuel.'")
    expect(store.dataCards().map(({ sha256 }) => sha256)).toEqual(['b'.repeat(64)])
    expect(examineDatabase(connection).damage).toMatchObject([
      { part: 'trial', trial: 0 },
      {
        part: 'dataset',
        trial: null,
        message: 'What card 1 says of a dataset is not what was written; it is left out.',
      },
      { part: 'dataset', trial: null, message: 'The card of the dataset dddddddddddd… is gone.' },
    ])
  })

  it('are left out where a card cannot be read: no trial depends on it', () => {
    const file = storeFile()
    const store = openedStore(file)
    store.datasetRead(cardOf())
    store.datasetRead(cardOf({ sha256: 'b'.repeat(64) }))
    const connection = new Database(file)
    connection.prepare("UPDATE dataset SET card = replace(card, '{', '') WHERE sha256 LIKE 'a%'").run()
    connection.close()
    expect(store.dataCards().map(({ sha256 }) => sha256)).toEqual(['b'.repeat(64)])
  })
})

describe('a database that is not in order', () => {
  const refusal = (file: string): unknown => {
    try {
      StudyStore.open(file, storeClock).close()
    } catch (error) {
      return error
    }
    return null
  }

  it('of a stored older form still opens', () => {
    const file = join(temporaryFolder(), 'study.sqlite')
    copyFileSync(new URL('schemas/v1.sqlite', import.meta.url), file)
    const store = openedStore(file)
    expect(store.study().name).toBe('stored')
    expect(store.trials().map(({ state }) => state)).toEqual(['complete', 'stopped', 'failed', 'waiting'])
    expect(store.annotations().size).toBe(0)
    expect(store.study().workers).toBeNull()
    expect(stopKinds(store)).toEqual(['silence', 'silence'])
  })

  it('of a stored older form is looked at as it is', () => {
    const file = join(temporaryFolder(), 'study.sqlite')
    copyFileSync(new URL('schemas/v1.sqlite', import.meta.url), file)
    const store = StudyStore.openReadOnly(file, storeClock)
    onTestFinished(() => {
      store.close()
    })
    expect(store.annotations().size).toBe(0)
    expect(store.dataCards()).toEqual([])
    expect(store.study().workers).toBeNull()
    // Before there were others, what stopped a trial was silence.
    expect(stopKinds(store)).toEqual(['silence', 'silence'])
    expect(store.epochCurves().map(({ trial, complete }) => [trial, complete])).toEqual([
      [0, true],
      [1, false],
    ])
  })

  it('of the sixth form still opens, with everything that people said and did', () => {
    const file = join(temporaryFolder(), 'study.sqlite')
    copyFileSync(new URL('schemas/v6.sqlite', import.meta.url), file)
    const store = openedStore(file)
    expect(store.trials().map(({ state }) => state)).toEqual([
      'complete',
      'stopped',
      'stopped',
      'failed',
      'failed',
      'waiting',
    ])
    // The second ends before its start by its dates, as a storeClock that was set back left it; the fifth never began.
    const durations = [8000, null, 4000, 600, null, undefined]
    const durationsOf = (trials: readonly Trial[]): unknown[] =>
      trials.map((trial) => ('durationMs' in trial ? trial.durationMs : undefined))
    expect(durationsOf(store.trials())).toEqual(durations)
    expect([...store.annotations().keys()]).toEqual([0, 3])
    expect(store.confirmations()).toHaveLength(1)
    expect(store.study().devices).toEqual({ cpu: 2 })
  })

  it('of the sixth form says how long trials took when it is looked at, too', () => {
    const file = join(temporaryFolder(), 'study.sqlite')
    copyFileSync(new URL('schemas/v6.sqlite', import.meta.url), file)
    const store = StudyStore.openReadOnly(file, storeClock)
    onTestFinished(() => {
      store.close()
    })
    const durations = [8000, null, 4000, 600, null]
    expect(
      store
        .trials()
        .filter(isFinished)
        .map(({ durationMs }) => durationMs),
    ).toEqual(durations)
    expect(durations.map((_, number) => store.trial(number))).toMatchObject(
      durations.map((durationMs) => ({ durationMs })),
    )
  })

  it.each([7, 8, 9, 10])('of form %i still opens, is looked at as it is, and is whole', (form) => {
    const file = join(temporaryFolder(), 'study.sqlite')
    copyFileSync(new URL(`schemas/v${form}.sqlite`, import.meta.url), file)
    const said = (store: StudyStore): unknown => ({
      trials: store
        .trials()
        .map((trial) => [
          trial.state,
          'durationMs' in trial ? trial.durationMs : undefined,
          'measurement' in trial ? trial.measurement.objective : undefined,
          'measurement' in trial ? trial.measurement.networkProblem : undefined,
        ]),
      hash: store.trials().flatMap(({ number }) => {
        const trial = store.trial(number)
        return trial !== null && 'measurement' in trial ? [trial.measurement.networkSha256] : []
      })[0],
      annotations: [...store.annotations()].map(([trial, { note, excluded }]) => [trial, note, excluded]),
      cards: store.dataCards().length,
    })
    const problem = form >= 9 ? 'The disk was full.' : undefined
    const expected = {
      trials: [
        ['complete', 1000, 0.875, undefined],
        ['complete', 1000, 0.75, problem],
        ['stopped', 1000, 0.125, problem],
        ['failed', 1000, undefined, undefined],
        ['waiting', undefined, undefined, undefined],
      ],
      hash: form >= 8 ? 'c'.repeat(64) : undefined,
      annotations: [[1, 'odd', true]],
      cards: form >= 10 ? 1 : 0,
    }
    const look = StudyStore.openReadOnly(file, storeClock)
    const looked = said(look)
    look.close()
    expect(looked).toEqual(expected)
    const store = openedStore(file)
    expect(said(store)).toEqual(expected)
    const connection = new Database(file, { readonly: true })
    onTestFinished(() => {
      connection.close()
    })
    const { trials, damage } = examineDatabase(connection)
    // The seventh form had no seals; those of the ninth and tenth did not cover why a network is not on the disk.
    expect({ trials, damage }).toMatchObject({ trials: form === 7 ? { unverified: 5 } : { intact: 5 }, damage: [] })
  })

  it('of a newer application is refused, not touched', () => {
    const file = storeFile()
    const connection = new Database(file)
    connection.pragma(`user_version = ${SCHEMA_VERSION + 1}`)
    connection.close()
    expect(refusal(file)).toMatchObject({ code: 'database-newer', message: expect.stringContaining(file) as string })
  })

  it('that is no database at all, names the file and what to do', () => {
    const file = storeFile()
    writeFileSync(file, 'this was a database once'.repeat(400))
    expect(refusal(file)).toMatchObject({
      code: 'database-corrupt',
      message: expect.stringContaining(`${file} is damaged`) as string,
    })
  })

  it('damaged in the middle is noticed at opening', () => {
    const file = storeFile()
    const store = openedStore(file)
    for (let number = 0; number < 200; number++) store.asked(waiting(number))
    store.close()
    const bytes = readFileSync(file)
    // Behind the first page, which holds the schema: the pages of the tables.
    bytes.fill(0xa5, 4096 * 2, Math.min(bytes.length, 4096 * 14))
    writeFileSync(file, bytes)
    expect(refusal(file)).toMatchObject({ code: 'database-corrupt' })
  })

  it('cut short is noticed at opening', () => {
    const file = storeFile()
    truncateSync(file, Math.floor(statSync(file).size / 2))
    expect(refusal(file)).toMatchObject({ code: 'database-corrupt' })
  })

  it('empty holds no study', () => {
    const file = join(temporaryFolder(), 'study.sqlite')
    writeFileSync(file, '')
    expect(refusal(file)).toMatchObject({
      code: 'database-corrupt',
      details: expect.stringContaining('no study') as string,
    })
  })
})

describe('the lock of the writer', () => {
  it('has one holder, and is free again when it is released', () => {
    const file = join(temporaryFolder(), 'writer.lock')
    expect(isWriterLocked(file)).toBe(false)
    const lock = takeWriterLock(file)
    expect(lock).not.toBeNull()
    expect(isWriterLocked(file)).toBe(true)
    expect(takeWriterLock(file)).toBeNull()
    lock?.release()
    expect(isWriterLocked(file)).toBe(false)
    takeWriterLock(file)?.release()
  })

  it('is given back by the system when its holder is killed', async () => {
    const file = join(temporaryFolder(), 'writer.lock')
    const script = `
      const connection = new (require('better-sqlite3'))(process.argv[1])
      connection.exec('BEGIN EXCLUSIVE')
      console.log('held')
      setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['-e', script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => holder.stdout.once('data', resolve))
    expect(takeWriterLock(file)).toBeNull()
    holder.kill('SIGKILL')
    await new Promise((resolve) => holder.once('exit', resolve))
    const lock = takeWriterLock(file)
    expect(lock).not.toBeNull()
    lock?.release()
  })
})
