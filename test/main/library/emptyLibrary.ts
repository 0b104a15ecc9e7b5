import { join } from 'node:path'
import { stringify } from 'yaml'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { keeperHere, type StudyKeeper } from '../../../src-main/integrity/keeperThread.ts'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import type { Clock } from '../../../src-main/scheduler/clock.ts'
import { createOptimiserThreadHost } from '../../../src-main/scheduler/optimiserThread.ts'
import type { OpenStudy, StudyLibrary } from '../../../src-main/studies/studyService.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { tinyStudy } from '../cli/spiketune.ts'
import { ManualClock } from '../scheduler/manualClock.ts'

const worker = new URL('../../../out/main/worker.js', import.meta.url)
const optimiser = new URL('../../../out/main/optimiser.js', import.meta.url)

/** A library for tests in which no worker is ever started. */
export const emptyLibrary = (
  folder = join(temporaryFolder(), 'library'),
  clock: Clock = new ManualClock(),
  cacheFolder?: string,
  keeper: StudyKeeper = keeperHere,
): StudyLibrary =>
  createStudyLibrary({
    folder,
    clock,
    workerHost: createChildProcessHost(worker),
    optimiserHost: createOptimiserThreadHost(optimiser),
    keeper,
    applicationVersion: '0.1.0',
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
  })

export const listed = async (library: StudyLibrary): Promise<StudySummary[]> => {
  const summaries: StudySummary[] = []
  for await (const summary of library.list()) summaries.push(summary)
  return summaries
}

export const createTiny = (
  library: StudyLibrary,
  settings: Parameters<typeof tinyStudy>[0] = {},
): Promise<OpenStudy> => {
  const source = stringify(tinyStudy(settings))
  return library.create(decodeDefinition(source, 'tiny.yaml'), source)
}
