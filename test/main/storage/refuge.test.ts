import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createRefuge } from '../../../src-main/studies/rescueFolder.ts'
import { studyPaths, type StudyPaths } from '../../../src-main/files/studyFolder.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { openedStore, storeClock, storeFile, waitingTrial } from './tinyStore.ts'

const made = (library = temporaryFolder(), id = 'a-1'): StudyPaths => {
  const paths = studyPaths(join(library, id))
  mkdirSync(paths.networks, { recursive: true })
  storeFile(paths.database)
  return paths
}

const opened = (paths: StudyPaths, places: string[] = []): StudyStore =>
  openedStore(
    paths.database,
    createRefuge(paths, () => places),
  )

/** What a study that is opened anew holds. */
const numbersIn = (folder: string): number[] => {
  const store = StudyStore.open(studyPaths(folder).database, storeClock)
  try {
    return store.trials().map(({ number }) => number)
  } finally {
    store.close()
  }
}

const remove = (path: string): void => {
  rmSync(path, { recursive: true })
}
const losses: Readonly<Record<string, (paths: StudyPaths) => void>> = {
  'is deleted': ({ folder }) => {
    remove(folder)
  },
  'is moved away': ({ folder }) => {
    renameSync(folder, `${folder}-elsewhere`)
  },
  'is replaced by another': ({ folder }) => {
    const other = made(temporaryFolder())
    remove(folder)
    renameSync(other.folder, folder)
  },
  'loses its database': ({ database }) => {
    remove(database)
  },
  'loses what was committed last': ({ database }) => {
    remove(`${database}-wal`)
  },
}

describe('a study whose folder, while it is open,', () => {
  it.each(Object.entries(losses))('%s, goes on in a copy with all that was stored', (_, lose) => {
    const paths = made()
    const store = opened(paths)
    const told: string[] = []
    store.onMoved(({ code, message }) => told.push(`${code}: ${message}`))
    store.asked(waitingTrial(0))
    store.asked(waitingTrial(1))
    lose(paths)
    expect(store.rescuedTo).toBeNull()
    store.asked(waitingTrial(2))
    const copy = `${paths.folder}-rescued`
    expect(store.rescuedTo).toBe(copy)
    expect(told).toEqual([
      `study-gone: The folder ${paths.folder} is no longer that of the study: it was deleted, moved, unmounted or replaced while the study was open. What it held is in ${copy} now.`,
    ])
    // How it ends is stored in the copy, too.
    store.stateChanged({ kind: 'error', message: 'gone', reason: 'study-gone' }, 10)
    expect(told).toHaveLength(1)
    expect(store.trials()).toHaveLength(3)
    expect(numbersIn(copy)).toEqual([0, 1, 2])
    expect(readdirSync(dirname(copy)).filter((name) => name.startsWith('.new-'))).toEqual([])
  })

  it('loses its library too, goes to the first place that takes it', () => {
    const library = join(temporaryFolder(), 'library')
    const paths = made(library)
    const [taken, full] = [temporaryFolder(), join(temporaryFolder(), 'a file')]
    writeFileSync(full, '')
    const store = opened(paths, [join(full, 'rescued'), taken])
    store.asked(waitingTrial(0))
    remove(library)
    // As where a disk was mounted.
    mkdirSync(library)
    store.asked(waitingTrial(1))
    expect(store.rescuedTo).toBe(join(taken, 'a-1-rescued'))
    expect(readdirSync(library)).toEqual([])
    expect(numbersIn(join(taken, 'a-1-rescued'))).toEqual([0, 1])
  })

  it('is gone, and there is no place for a copy, says so, and still knows what was stored', () => {
    const library = join(temporaryFolder(), 'library')
    const store = opened(made(library))
    store.asked(waitingTrial(0))
    remove(library)
    expect(() => {
      store.asked(waitingTrial(1))
    }).toThrow(expect.objectContaining({ code: 'study-gone', message: expect.stringMatching(/No copy/) as string }))
    expect(store.trials().map(({ number }) => number)).toEqual([0])
  })

  it('takes nothing more once it was given up', () => {
    const paths = made()
    const store = opened(paths)
    store.onMoved((gone) => {
      store.seal(gone)
    })
    store.asked(waitingTrial(0))
    remove(paths.folder)
    store.asked(waitingTrial(1))
    expect(() => {
      store.asked(waitingTrial(2))
    }).toThrow(expect.objectContaining({ code: 'study-gone' }))
    expect(numbersIn(`${paths.folder}-rescued`)).toEqual([0, 1])
  })

  it('is gone, is not taken for one in which nothing happens', () => {
    const paths = made()
    const store = StudyStore.openReadOnly(paths.database, storeClock)
    onTestFinished(() => {
      store.close()
    })
    store.version()
    remove(paths.folder)
    expect(() => store.version()).toThrow(expect.objectContaining({ code: 'study-gone' }))
  })
})

describe('another study in the place of one that is open', () => {
  it('keeps its last commits when that one is closed', () => {
    const paths = made()
    const store = opened(paths)
    store.asked(waitingTrial(0))
    const other = made(temporaryFolder())
    const open = opened(other)
    open.asked(waitingTrial(7))
    // As a killed application leaves it: what was committed last lies beside the database.
    const copy = join(temporaryFolder(), 'copy')
    cpSync(other.folder, copy, { recursive: true })
    renameSync(paths.folder, `${paths.folder}-elsewhere`)
    renameSync(copy, paths.folder)
    expect(existsSync(`${paths.database}-wal`)).toBe(true)
    store.close()
    expect(numbersIn(paths.folder)).toEqual([7])
    expect(numbersIn(`${paths.folder}-elsewhere`)).toEqual([0])
  })
})
