import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { explained, openConnection } from '../../../src-main/storage/sqlite.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { storeClock, storeFile } from './tinyStore.ts'

const heldBy = (...statements: string[]): string => {
  const file = storeFile()
  const holder = new Database(file)
  onTestFinished(() => {
    holder.close()
  })
  for (const statement of statements) holder.exec(statement)
  return file
}

describe('a database that another program', () => {
  it('holds for itself cannot be opened, and the error names it and says what to do', () => {
    const file = heldBy('PRAGMA locking_mode = EXCLUSIVE', 'BEGIN EXCLUSIVE')
    expect(() => openConnection(file, { mustExist: true, patienceMs: 0 })).toThrow(
      expect.objectContaining({
        code: 'database-locked',
        message: `Another program holds the database ${file}. Close it, then try again.`,
      }),
    )
  })

  it('writes to can be looked at', () => {
    const file = heldBy('BEGIN EXCLUSIVE', "UPDATE study SET name = 'b'")
    const store = StudyStore.openReadOnly(file, storeClock)
    expect(store.study().name).toBe('a')
    store.close()
  })

  it('writes to takes no other writer`s facts, and the error says so', () => {
    const file = heldBy('BEGIN EXCLUSIVE')
    const connection = openConnection(file, { patienceMs: 0 })
    onTestFinished(() => {
      connection.close()
    })
    expect(() => explained(file, () => connection.exec("UPDATE study SET name = 'b'"))).toThrow(
      expect.objectContaining({ code: 'database-locked' }),
    )
  })
})

describe('records that contradict each other', () => {
  const looked = (statement: string): StudyStore => {
    const store = StudyStore.openReadOnly(heldBy(statement), storeClock)
    onTestFinished(() => {
      store.close()
    })
    return store
  }

  it('are a damaged database where they are those of the study', () => {
    const store = looked("UPDATE study SET state = 'finished'")
    expect(() => store.study()).toThrow(expect.objectContaining({ code: 'database-corrupt' }))
  })

  it.each(["'running', 1, 1, '{}', '{}', 1", "'waiting', 0, 1, '{', '{}', 1"])(
    'are an unreadable trial where they are those of one: %s',
    (values) => {
      const columns = '(number, state, attempt, seed, configuration, explanation, created_at_ms)'
      const store = looked(`INSERT INTO trial ${columns} VALUES (0, ${values})`)
      const unreadable = { state: 'failed', number: 0, configuration: {}, failure: { reason: 'unreadable' } }
      expect(store.trials()).toMatchObject([unreadable])
      expect(store.trial(0)).toMatchObject(unreadable)
    },
  )
})
