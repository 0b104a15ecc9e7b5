import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { noAnnotation } from '../../src-core/progress/readModel.ts'
import { copyOf } from '../../src-core/trial/origin.ts'
import type { Clock } from '../scheduler/clock.ts'
import { StudyStore } from '../storage/studyStore.ts'
import type { Fork } from '../studies/studyService.ts'
import { networkFileName, studyPaths } from './studyFolder.ts'
import type { StudyPaths } from './studyFolder.ts'

/** Trials in one transaction; between two of them others have their turn. */
const trialsAtOnce = 100

/**
 * Copies trials with everything that was measured, their kept networks and what people say of them, into a study that has
 * none. They are numbered anew in their order, and told in the order in which they were.
 */
export async function copyTrials(paths: StudyPaths, { study, copies }: Fork, clock: Clock): Promise<void> {
  const source = studyPaths(study.folder)
  const wanted = new Set(copies.map(({ number }) => number))
  const toldOrder = new Map(
    study
      .toldOrder()
      .filter((number) => wanted.has(number))
      .map((number, index) => [number, index]),
  )
  const rows = new Map(study.snapshot().trials.map((row) => [row.number, row]))
  const taken = copies.map(({ number: from, configuration }, number) => {
    const { networkFile = null, annotation = noAnnotation } = rows.get(from) ?? {}
    const explanation = copyOf(study.id, from)
    return {
      from,
      number,
      toldOrder: toldOrder.get(from) ?? number,
      configuration,
      explanation,
      networkFile,
      annotation,
    }
  })
  const store = StudyStore.open(paths.database, clock)
  try {
    store.attachSource(source.database)
    for (let first = 0; first < taken.length; first += trialsAtOnce) {
      store.take(
        taken.slice(first, first + trialsAtOnce).map((trial) => ({
          ...trial,
          annotation: trial.annotation === noAnnotation ? null : trial.annotation,
          networkFile: copyNetwork(source, paths, trial.networkFile, trial.number),
        })),
      )
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    store.close()
  }
}

/** The file of the copy; null without a network, or if it was just given up. */
function copyNetwork(source: StudyPaths, paths: StudyPaths, file: string | null, number: number): string | null {
  if (file === null) return null
  const copy = networkFileName(number)
  try {
    copyFileSync(join(source.networks, file), join(paths.networks, copy))
    return copy
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return null
  }
}
