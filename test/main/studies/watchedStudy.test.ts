import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StudyChange } from '../../../src-core/progress/readModel.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { takeWriterLock } from '../../../src-main/storage/writerLock.ts'
import type { OpenStudy } from '../../../src-main/studies/studyService.ts'
import { waitingTrial } from '../storage/tinyStore.ts'
import { createTiny, emptyLibrary } from '../library/emptyLibrary.ts'
import { ManualClock } from '../scheduler/manualClock.ts'

interface Watched {
  readonly clock: ManualClock
  readonly watching: OpenStudy
  readonly changes: StudyChange[]
  /** What another application would do. */
  readonly writer: StudyStore
  /** The other application dies. */
  readonly die: () => void
  readonly database: string
}

const watched = async (): Promise<Watched> => {
  const clock = new ManualClock()
  const library = emptyLibrary(undefined, clock)
  const made = await createTiny(library)
  await made.close()
  const lock = takeWriterLock(join(made.folder, 'writer.lock'))
  if (lock === null) throw new Error('nobody else has the lock')
  const database = join(made.folder, 'study.sqlite')
  const writer = StudyStore.open(database, clock)
  const watching = await library.open(made.id)
  const changes: StudyChange[] = []
  watching.subscribe((change) => changes.push(change))
  onTestFinished(async () => {
    await watching.close()
    writer.close()
    lock.release()
  })
  return {
    clock,
    watching,
    changes,
    writer,
    database,
    die: () => {
      lock.release()
    },
  }
}

const states = (changes: readonly StudyChange[]): string[] => changes.map(({ summary }) => summary.state.kind)

describe('a study that another application writes to', () => {
  it('shows its state within a second, and nothing when nothing changes', async () => {
    const { clock, writer, changes } = await watched()
    clock.advance(5000)
    expect(changes).toEqual([])
    writer.stateChanged({ kind: 'running' }, 10)
    clock.advance(999)
    expect(changes).toEqual([])
    clock.advance(1)
    expect(states(changes)).toEqual(['running'])
  })

  it('is shown as interrupted when that application dies', async () => {
    const { clock, writer, changes, watching, die } = await watched()
    writer.stateChanged({ kind: 'running' }, 10)
    clock.advance(1000)
    die()
    clock.advance(3000)
    expect(states(changes)).toEqual(['running', 'interrupted'])
    expect(watching.snapshot().summary.state).toEqual({ kind: 'interrupted' })
  })

  it('says that the other application confirms, as long as it lives', async () => {
    const { clock, writer, changes, watching, die } = await watched()
    writer.asked(waitingTrial(0))
    const runs = [{ trial: 0, seed: 1, outcome: null }]
    writer.confirmationBegun({ id: 1, startedAtMs: 0, state: 'running', message: null, runs })
    clock.advance(1000)
    expect(watching.snapshot().summary.confirming).toBe(true)
    die()
    clock.advance(1000)
    expect(changes.map(({ summary }) => summary.confirming)).toEqual([true, false])
    expect(watching.confirmations().map(({ state }) => state)).toEqual(['stopped'])
  })

  it('is shown in error while its database cannot be read, and as it is when it can again', async () => {
    const { clock, changes, database } = await watched()
    const connection = new Database(database)
    onTestFinished(() => {
      connection.close()
    })
    connection.exec("UPDATE study SET state = 'finished'")
    clock.advance(2000)
    expect(states(changes)).toEqual(['error'])
    expect(changes[0]?.summary.state).toHaveProperty('message', expect.stringContaining(`${database} is damaged`))
    connection.exec("UPDATE study SET state_reason = 'trial-budget', state_message = 'all done'")
    clock.advance(1000)
    expect(states(changes)).toEqual(['error', 'finished'])
  })
})
