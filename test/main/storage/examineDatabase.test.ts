import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { damageFile, damageKinds, judge, lookAt } from '../../../bench/attack/damage.ts'
import { makeSmallStudy, type SmallStudy } from '../../../bench/attack/smallStudy.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { trialNumber } from '../../../src-core/trial/trial.ts'
import { transition } from '../../../src-core/trial/transition.ts'
import { examineDatabase, type ExaminedDatabase } from '../../../src-main/storage/examineDatabase.ts'
import { journalEndFile } from '../../../src-main/storage/journalEnd.ts'
import { openConnection } from '../../../src-main/storage/sqlite.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { ManualClock } from '../scheduler/manualClock.ts'

const clock = new ManualClock()

let made: SmallStudy
let madeIn: string
beforeAll(() => {
  madeIn = mkdtempSync(join(tmpdir(), 'spiketune-damage-'))
  made = makeSmallStudy(join(madeIn, 'study.sqlite'), clock, 12)
})
afterAll(() => {
  rmSync(madeIn, { recursive: true })
})

/** A copy of one that is made once. */
const smallStudy = (): SmallStudy => {
  const file = join(temporaryFolder(), 'study.sqlite')
  copyFileSync(made.file, file)
  copyFileSync(journalEndFile(made.file), journalEndFile(file))
  return { ...made, file }
}

const examined = (file: string): ExaminedDatabase => {
  const connection = openConnection(file, { readOnly: true, mustExist: true })
  try {
    return examineDatabase(connection)
  } finally {
    connection.close()
  }
}

/** The file after statements of somebody else. */
const changedBy = (...statements: string[]): string => {
  const { file } = smallStudy()
  const connection = new Database(file)
  for (const statement of statements) connection.exec(statement)
  connection.close()
  return file
}

const partsOf = (file: string): unknown[] => examined(file).damage.map(({ part, trial }) => [part, trial])

describe('a study that is whole', () => {
  it('has no damage, and every trial is intact', () => {
    const { file } = smallStudy()
    expect(examined(file)).toMatchObject({ trials: { intact: 14, unverified: 0, damaged: 0 }, damage: [] })
  })

  it('keeps its seals in a newer form, and of an older one is not verified', () => {
    const file = join(temporaryFolder(), 'study.sqlite')
    copyFileSync(new URL('schemas/v1.sqlite', import.meta.url), file)
    const before = { trials: { intact: 0, unverified: 4, damaged: 0 }, damage: [] }
    expect(examined(file)).toMatchObject(before)
    const store = StudyStore.open(file, clock)
    expect(examined(file)).toMatchObject(before)
    // What is written from now on is verified, those of before stay as they are.
    store.stateChanged({ kind: 'paused' }, 1)
    store.close()
    expect(examined(file)).toMatchObject(before)
    const connection = new Database(file)
    connection.exec("UPDATE study SET name = 'other'")
    connection.close()
    expect(partsOf(file)).toEqual([['study', null]])
  })

  it('is whole where the application died between the two writes of a transaction', () => {
    const { file } = smallStudy()
    const end = readFileSync(journalEndFile(file))
    const store = StudyStore.open(file, clock)
    store.stateChanged({ kind: 'running' }, 7)
    store.close()
    writeFileSync(journalEndFile(file), end)
    expect(examined(file).damage).toEqual([])
    rmSync(journalEndFile(file))
    expect(examined(file).damage).toEqual([])
  })
})

describe('damage', () => {
  it.each([
    ['UPDATE measurement SET objective = objective + 1e-12 WHERE trial = 4', ['trial', 4]],
    ["UPDATE trial SET configuration = replace(configuration, 'vote', 'vots') WHERE number = 5", ['trial', 5]],
    ['DELETE FROM interval WHERE trial = 3 AND position = 1', ['trial', 3]],
    ["UPDATE spike_count SET deflated = x'00' WHERE trial = 1", ['trial', 1]],
    ['UPDATE pruned_stop SET accuracy = 0.31 WHERE trial = 8', ['trial', 8]],
    ['UPDATE trial SET seal = NULL WHERE number = 2', ['trial', 2]],
    ['UPDATE annotation SET excluded = 0 WHERE trial = 2', ['annotation', 2]],
    ['DELETE FROM annotation WHERE trial = 0', ['annotation', 0]],
    ['UPDATE confirmation_run SET seed = 3 WHERE position = 1', ['confirmation', null]],
    ['UPDATE study SET elapsed_ms = 1', ['study', null]],
    ['UPDATE measurement SET network_file = NULL WHERE trial = 1', ['network', 1]],
    ["UPDATE measurement SET network_file = '../../secret' WHERE trial = 1", ['network', 1]],
    ["UPDATE event SET detail = 'failed' WHERE id = 3", ['journal', null]],
    ['DELETE FROM event WHERE id = 3', ['journal', null]],
    ['DELETE FROM event WHERE id > 40', ['journal', null]],
    ['DROP INDEX trial_by_state', ['study', null]],
  ])('is named: %s', (statement, damage) => {
    expect(partsOf(changedBy('PRAGMA foreign_keys = ON', statement))).toContainEqual(damage)
  })

  it('of a trial that is gone is named by the journal', () => {
    expect(partsOf(changedBy('PRAGMA foreign_keys = ON', 'DELETE FROM trial WHERE number = 9'))).toEqual([['trial', 9]])
  })

  it('of a trial that moves on is not sealed as if it were whole', () => {
    const file = changedBy('UPDATE trial SET seed = seed + 1 WHERE number = 1206')
    const store = StudyStore.open(file, clock)
    onTestFinished(() => {
      store.close()
    })
    const trial = store.trial(1206)
    if (trial?.state !== 'waiting') throw new Error('it waits')
    store.moved(transition(trial, { kind: 'claimed', worker: 'cpu-0', atMs: 1 }), 'claimed', 1)
    expect(partsOf(file)).toEqual([['trial', 1206]])
  })

  it.each(damageKinds)('of a database is never silent: %s, seed 9', (kind) => {
    const { file, older } = smallStudy()
    const before = lookAt(file, clock)
    const generator = createGenerator(9)
    const copy = join(temporaryFolder(), 'study.sqlite')
    const verdicts = Array.from({ length: 15 }, () => {
      copyFileSync(file, copy)
      copyFileSync(journalEndFile(file), journalEndFile(copy))
      damageFile(copy, kind, older, generator)
      return judge(copy, before, clock)
    })
    expect(verdicts).not.toContain('silent')
    expect(new Set(verdicts)).not.toEqual(new Set(['harmless']))
  })
})

describe('a log that lost its end', () => {
  /** A study whose application was killed: its last transactions are in the log alone. */
  const killed = (): { readonly file: string; readonly entries: number } => {
    const { file } = smallStudy()
    const store = StudyStore.open(file, clock)
    onTestFinished(() => {
      store.close()
    })
    for (let number = 0; number < 5; number++) {
      store.asked({
        state: 'waiting',
        number: trialNumber(5000 + number),
        configuration: { mapSize: 20 },
        seed: 1,
        explanation: {},
        attempt: 0,
        createdAtMs: 1,
      })
    }
    const copy = join(temporaryFolder(), 'study.sqlite')
    for (const ending of ['', '-wal', '-end']) copyFileSync(`${file}${ending}`, `${copy}${ending}`)
    return { file: copy, entries: store.lastEvent() }
  }

  it('is whole as it is', () => {
    const { file, entries } = killed()
    expect(examined(file)).toMatchObject({ entries, damage: [] })
  })

  it('is noticed by the file beside it, and stays in the journal once somebody writes', () => {
    const { file, entries } = killed()
    truncateSync(`${file}-wal`, 32 + 2 * (4096 + 24))
    const [damage] = examined(file).damage
    expect(damage).toMatchObject({
      part: 'journal',
      message: expect.stringContaining(`of ${entries} entries`) as string,
    })
    const store = StudyStore.open(file, clock)
    store.stateChanged({ kind: 'paused' }, 1)
    store.close()
    expect(examined(file).damage).toEqual([damage])
  })

  it('is never silent where the log is damaged at random, seed 4', () => {
    const { file } = killed()
    const before = lookAt(file, clock)
    const generator = createGenerator(4)
    const copy = join(temporaryFolder(), 'study.sqlite')
    const verdicts = Array.from({ length: 12 }, () => {
      for (const ending of ['', '-wal', '-end']) copyFileSync(`${file}${ending}`, `${copy}${ending}`)
      rmSync(`${copy}-shm`, { force: true })
      damageFile(`${copy}-wal`, 'bytes', new Uint8Array(), generator)
      return judge(copy, before, clock)
    })
    expect(verdicts).not.toContain('silent')
    expect(verdicts).toContain('noticed')
  })
})
