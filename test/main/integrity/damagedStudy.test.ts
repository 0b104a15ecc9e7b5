import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addTrial } from '../../../bench/attack/smallStudy.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { examineStudy } from '../../../src-main/integrity/examineStudy.ts'
import { networkFileName } from '../../../src-main/files/studyFolder.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { takeWriterLock } from '../../../src-main/storage/writerLock.ts'
import type { OpenStudy, StudyLibrary } from '../../../src-main/studies/studyService.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { createTiny, emptyLibrary } from '../library/emptyLibrary.ts'
import { ManualClock } from '../scheduler/manualClock.ts'

interface Stored {
  readonly library: StudyLibrary
  readonly folder: string
  /** Opens it; it is closed when the test ends. */
  open(): Promise<OpenStudy>
  /** Changes its database as no application does. */
  damage(sql: string): void
}

/** A study of six finished trials, the first with a network on the disk. */
const storedStudy = async (): Promise<Stored> => {
  const clock = new ManualClock()
  const library = emptyLibrary(undefined, clock)
  const made = await createTiny(library)
  await made.close()
  const database = join(made.folder, 'study.sqlite')
  const store = StudyStore.open(database, clock)
  const generator = createGenerator(1)
  for (let number = 0; number < 6; number++) addTrial(store, number, generator)
  store.close()
  writeFileSync(join(made.folder, 'networks', networkFileName(0)), 'weights')
  return {
    library,
    folder: made.folder,
    async open() {
      const study = await library.open(made.id)
      onTestFinished(() => study.close())
      return study
    },
    damage(sql) {
      const connection = new Database(database)
      connection.unsafeMode()
      connection.exec(sql)
      connection.close()
    },
  }
}

const excludedOf = (study: OpenStudy): unknown[] =>
  study
    .snapshot()
    .trials.flatMap(({ number, annotation }) => (annotation.excluded ? [[number, annotation.damage]] : []))

const wrong = 'The stored values are not those that were written.'

describe('a damaged trial', () => {
  it('is left out by one entry of the journal, is never best, and stays where a person puts it', async () => {
    const { open, damage } = await storedStudy()
    damage(
      'UPDATE measurement SET objective = 7 WHERE trial = 1; UPDATE constraint_value SET value = -1 WHERE trial = 1',
    )
    const study = await open()
    expect((await study.verified()).damage).toEqual([{ part: 'trial', trial: 1, message: wrong }])
    expect(excludedOf(study)).toEqual([[1, wrong]])
    expect(study.snapshot().summary.best?.number).not.toBe(1)
    const events = () => study.record(1).events.filter(({ kind }) => kind === 'damaged')
    expect(events()).toMatchObject([{ detail: wrong }])
    study.exclude(1, false)
    await study.check()
    expect(excludedOf(study)).toEqual([])
    expect(events()).toHaveLength(1)
  })

  it('is left out of what is shown where another application writes', async () => {
    const { open, damage, folder } = await storedStudy()
    damage("UPDATE trial SET configuration = '{}' WHERE number = 2")
    const lock = takeWriterLock(join(folder, 'writer.lock'))
    onTestFinished(() => lock?.release())
    const study = await open()
    await study.verified()
    expect(study.readOnly).toBe(true)
    expect(excludedOf(study)).toEqual([[2, wrong]])
  })

  it('is named and left out of what is read without opening the study, as it is then in its journal', async () => {
    const { library, open, damage, folder } = await storedStudy()
    const before = await library.read(folder)
    expect(before.damage).toEqual([])
    const trials = [...before.countedParts()].flat().length
    const best = before.summary.best?.number ?? -1
    before.close()
    damage(`UPDATE measurement SET objective = 0.5 * objective WHERE trial = ${best}`)
    const lock = takeWriterLock(join(folder, 'writer.lock'))
    const looks: unknown[] = []
    for (const isFree of [false, true]) {
      if (isFree) lock?.release()
      const reading = await library.read(folder)
      expect(reading.damage).toEqual([{ part: 'trial', trial: best, message: wrong }])
      expect([...reading.rows()].filter(({ annotation }) => annotation.excluded)).toMatchObject([
        { number: best, annotation: { damage: wrong } },
      ])
      expect([...reading.countedParts()].flat()).toHaveLength(trials - 1)
      const { excluded, trialBudget, best: other } = reading.summary
      looks.push({ excluded, trialBudget, best: other })
      expect(other?.number).not.toBe(best)
      reading.close()
    }
    expect(looks[1]).toEqual(looks[0])
    const opened = await open()
    expect(opened.record(best).events.filter(({ kind }) => kind === 'damaged')).toHaveLength(1)
    expect(opened.snapshot().summary).toMatchObject(looks[0] as object)
  })

  it('is neither exported nor confirmed', async () => {
    const { open, damage } = await storedStudy()
    damage('UPDATE measurement SET objective = 7 WHERE trial = 1')
    const study = await open()
    await expect(study.exportTrial(1, temporaryFolder())).rejects.toMatchObject({ code: 'trial-damaged' })
    expect(() => study.confirm({ trials: [1], seeds: 1 })).toThrow(expect.objectContaining({ code: 'trial-damaged' }))
  })
})

const unreadable = 'What is stored of it cannot be read.'

describe('a trial that cannot be read', () => {
  it.each([
    ["UPDATE trial SET configuration = replace(configuration, '{', '[') WHERE number = 2", true],
    ["UPDATE trial SET explanation = 'x' WHERE number = 2", true],
    ['DELETE FROM measurement WHERE trial = 2', true],
    ['UPDATE measurement SET objective = 9e999 WHERE trial = 2', true],
    ["UPDATE measurement SET confusion = '[[1' WHERE trial = 2", false],
    ["UPDATE interval SET non_spiking = '[' WHERE trial = 2", false],
    ['UPDATE trial SET seed = 9007199254740993 WHERE number = 2', true],
    // A number column that holds a text, as a disk may make it.
    [
      `PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')') WHERE name = 'measurement';
       PRAGMA writable_schema = RESET; UPDATE measurement SET objective = 'much' WHERE trial = 2;
       PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = sql || ' STRICT' WHERE name = 'measurement'`,
      true,
    ],
  ])('is left out, and nothing else is refused: %s', async (sql, inRow) => {
    const { open, damage } = await storedStudy()
    damage(sql)
    const study = await open()
    const rows = () => study.snapshot().trials
    expect(rows()).toHaveLength(6)
    if (inRow) expect(rows()[2]).toMatchObject({ state: 'failed', failure: { reason: 'unreadable' } })
    expect((await study.verified()).damage).toContainEqual({ part: 'trial', trial: 2, message: wrong })
    expect(excludedOf(study)).toEqual([[2, wrong]])
    expect(study.trial(2)).toMatchObject({ state: 'failed', failure: { message: unreadable } })
    expect(study.record(2).measured).toBeNull()
    // No defaults stand for what was searched.
    if (sql.includes('configuration')) expect(study.record(2).hyperparameters).toEqual({})
    expect(study.record(2).events.filter(({ kind }) => kind === 'damaged')).toHaveLength(1)
    expect(study.toldOrder()).toHaveLength(6)
    expect(study.finished(0, 10, true)).toHaveLength(6)
    expect(study.learningCurves([0, 1, 2]).map(({ number }) => number)).toContain(1)
    await expect(study.exportTrial(2, temporaryFolder())).rejects.toMatchObject({ code: 'trial-damaged' })
    await study.exportBest(temporaryFolder())
    if (inRow) {
      expect(() => study.exclude(2, false)).toThrow(expect.objectContaining({ code: 'trial-damaged' }))
    }
  })

  it('is left out of an older study without seals, by a look and by its writer, and the list counts it alike', async () => {
    const { open, damage, folder, library } = await storedStudy()
    damage(
      "UPDATE trial SET seal = NULL; UPDATE event SET chain = NULL; UPDATE measurement SET confusion = 'x' WHERE trial = 3",
    )
    damage("UPDATE trial SET configuration = 'x' WHERE number = 1")
    const lock = takeWriterLock(join(folder, 'writer.lock'))
    const look = await open()
    await look.verified()
    expect(excludedOf(look)).toEqual([
      [1, unreadable],
      [3, unreadable],
    ])
    lock?.release()
    await look.close()
    const study = await open()
    await study.verified()
    expect(excludedOf(study)).toEqual([
      [1, unreadable],
      [3, unreadable],
    ])
    const { counts, excluded, best } = study.snapshot().summary
    await study.close()
    for await (const listed of library.list()) expect(listed).toMatchObject({ counts, excluded, best })
    expect(counts.failed).toBe(1)
  })
})

it('what else cannot be read refuses nothing', async () => {
  const { open, damage } = await storedStudy()
  const before = await open()
  before.annotate(0, { note: 'kept', tags: ['a'], pinned: undefined })
  before.annotate(0, { note: undefined, tags: undefined, pinned: true })
  before.exclude(4, true)
  await before.close()
  damage(`UPDATE annotation SET tags = '['; UPDATE event SET kind = x'00' WHERE FALSE;
    INSERT INTO dataset (sha256, card) VALUES ('x', x'00');
    INSERT INTO confirmation (id, started_at_ms, state) VALUES (1, 5, 'finished');
    INSERT INTO confirmation_run VALUES (1, 0, 0, 7, '{'), (1, 1, 0, 8, NULL)`)
  const study = await open()
  const said = study.snapshot().trials.map(({ annotation }) => annotation)
  expect(said[0]).toMatchObject({ note: 'kept', tags: ['a'], pinned: true, excluded: false })
  expect(said[4]).toMatchObject({ excluded: true })
  expect(study.confirmations()).toMatchObject([
    { id: 1, runs: [{ outcome: { kind: 'failed', failure: { reason: 'unreadable' } } }, { outcome: null }] },
  ])
  expect(study.dataCards()).toEqual([])
  const { damage: found } = await study.verified()
  expect(found.filter(({ part }) => part === 'annotation').map(({ trial }) => trial)).toEqual([0, 4])
})

describe('a kept network', () => {
  it('that is not the one that was written is named, and not exported', async () => {
    const { open, folder } = await storedStudy()
    const study = await open()
    const named = (await study.check()).damage.filter(({ trial }) => trial === 0)
    expect(named).toMatchObject([{ part: 'network', message: expect.stringContaining('SHA-256') as string }])
    const { safetensors, networkProblem } = await study.exportTrial(0, join(folder, 'exported'))
    expect(safetensors).toBeNull()
    expect(networkProblem).toContain('damaged')
  })

  it('of a version without checksums is not exported when it is cut short', async () => {
    const { open, damage, folder } = await storedStudy()
    damage('UPDATE trial SET seal = NULL; UPDATE event SET chain = NULL; UPDATE measurement SET network_sha256 = NULL')
    const head = Buffer.from('{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}')
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(head.length))
    const file = join(folder, 'networks', networkFileName(0))
    writeFileSync(file, Buffer.concat([length, head, Buffer.alloc(4)]))
    const study = await open()
    expect((await study.exportTrial(0, join(folder, 'exported'))).networkProblem).toBeNull()
    truncateSync(file, 8 + head.length + 2)
    expect((await study.exportTrial(0, join(folder, 'again'))).networkProblem).toContain('bytes')
  })

  it('that is forgotten while it is looked for is no damage, and one that was removed is', async () => {
    const { folder, damage } = await storedStudy()
    const looking = examineStudy({ folder, networks: true })
    // The database has been read: nothing but the files is left to look at.
    damage('UPDATE measurement SET network_file = NULL WHERE trial <> 1')
    const { networks, damage: found } = await looking
    expect(networks).toEqual({ intact: 0, unverified: 0, damaged: 1 })
    expect(found).toEqual([
      { part: 'network', trial: 1, message: `The file of its network is gone: ${networkFileName(1)}.` },
    ])
  })
})

describe('a backup', () => {
  it('is a study again, with its networks, and is not written over', async () => {
    const { open } = await storedStudy()
    const study = await open()
    const file = join(temporaryFolder(), 'backup.tar')
    const { trials } = await study.backUp(file, false)
    expect(trials).toEqual({ intact: 6, unverified: 0, damaged: 0 })
    await expect(study.backUp(file, false)).rejects.toMatchObject({ code: 'file-exists' })

    const elsewhere = join(temporaryFolder(), 'library')
    mkdirSync(elsewhere)
    execFileSync('tar', ['-xf', file, '-C', elsewhere])
    const again = await emptyLibrary(elsewhere).open(study.id)
    onTestFinished(() => again.close())
    expect(again.snapshot().trials).toEqual(study.snapshot().trials)
    expect(readFileSync(join(again.folder, 'networks', networkFileName(0)), 'utf8')).toBe('weights')
    expect(existsSync(join(again.folder, 'study.yaml'))).toBe(true)
  })
})
