import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { noAnnotation } from '../../src-core/progress/readModel.ts'
import { copyOf } from '../../src-core/trial/origin.ts'
import type { Clock } from '../scheduler/clock.ts'
import { StudyStore } from '../storage/studyStore.ts'
import type { TakenTrial } from '../storage/takeTrials.ts'
import type { Fork } from '../studies/studyService.ts'
import { isFileError, isFullDisk } from '../files/fileErrors.ts'
import { networkFileName, studyPaths, type StudyPaths } from '../files/studyFolder.ts'

/** Trials in one transaction; between two of them others have their turn. */
const trialsAtOnce = 100

/**
 * Copies trials with everything that was measured, their kept networks and what people say of them, into a study that has
 * none. They are numbered anew in their order, and told in the order in which they were.
 */
export const copyTrials = async (paths: StudyPaths, { study, copies }: Fork, clock: Clock): Promise<void> => {
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
    const { networkFile = null, networkProblem, annotation = noAnnotation } = rows.get(from) ?? {}
    const explanation = copyOf(study.id, from)
    return {
      from,
      number,
      toldOrder: toldOrder.get(from) ?? number,
      configuration,
      explanation,
      networkFile,
      networkProblem,
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
          ...copiedNetwork(source, paths, trial),
        })),
      )
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    store.close()
  }
}

type Kept = Pick<TakenTrial, 'networkFile' | 'networkProblem'>

/** The file of the copy; none without a network, or if it was just given up. What cannot be copied does not keep the trial back. */
const copiedNetwork = (
  source: StudyPaths,
  paths: StudyPaths,
  { networkFile, networkProblem, number }: Kept & Pick<TakenTrial, 'number'>,
): Kept => {
  if (networkFile === null) return { networkFile, networkProblem }
  const copy = networkFileName(number)
  try {
    copyFileSync(join(source.networks, networkFile), join(paths.networks, copy))
    return { networkFile: copy, networkProblem: undefined }
  } catch (error) {
    if (!isFileError(error) || isFullDisk(error)) throw error
    rmSync(join(paths.networks, copy), { force: true })
    return {
      networkFile: null,
      networkProblem: error.code === 'ENOENT' ? undefined : `It could not be copied: ${error.message}`,
    }
  }
}
