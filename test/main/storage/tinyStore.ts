import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { trialNumber, type WaitingTrial } from '../../../src-core/trial/trial.ts'
import type { Refuge } from '../../../src-main/storage/refuge.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { ManualClock } from '../scheduler/manualClock.ts'

/** Of all stores of a file of tests. */
export const storeClock = new ManualClock()

export const newStudy = {
  name: 'a',
  definition: 'version: 2',
  source: '# as it was given\nversion: 1',
  applicationVersion: '0.1.0',
}

/** The database of a study without a trial. */
export const storeFile = (file = join(temporaryFolder(), 'study.sqlite')): string => {
  StudyStore.create(file, newStudy, storeClock)
  return file
}

/** Open until the test has ended. */
export const openedStore = (file = storeFile(), refuge?: Refuge): StudyStore => {
  const store = StudyStore.open(file, storeClock, refuge)
  onTestFinished(() => {
    store.close()
  })
  return store
}

export const waitingTrial = (number: number, differing: Partial<WaitingTrial> = {}): WaitingTrial => ({
  state: 'waiting',
  number: trialNumber(number),
  configuration: { mapSize: 10 },
  seed: 1,
  explanation: {},
  attempt: 0,
  createdAtMs: 1,
  ...differing,
})
