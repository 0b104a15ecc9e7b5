import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyOf } from '../../src-core/trial/origin.ts'
import { isFinished, trialNumber } from '../../src-core/trial/trial.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'
import { noAnnotation } from '../../src-core/progress/readModel.ts'
import type { Takeover } from '../../src-core/study/fork.ts'
import type { Clock } from '../scheduler/clock.ts'
import { StudyStore } from '../storage/studyStore.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { networkFileName, studyPaths } from './studyFolder.ts'
import type { StudyPaths } from './studyFolder.ts'

/** A study, and which of its trials another one takes over. */
export interface Fork {
  readonly study: OpenStudy
  readonly copies: Takeover['copies']
}

/** Trials in one transaction; between two of them others have their turn. */
const trialsAtOnce = 50

/**
 * Copies trials with everything that was measured, their kept networks and what people say of them, into a study that has
 * none. They are numbered anew in their order, and told in the order in which they were.
 */
export async function copyTrials(paths: StudyPaths, { study, copies }: Fork, clock: Clock): Promise<void> {
  const wanted = new Set(copies.map(({ number }) => number))
  const order = new Map(
    study
      .toldOrder()
      .filter((number) => wanted.has(number))
      .map((number, index) => [number, index]),
  )
  const annotations = new Map(study.snapshot().trials.map(({ number, annotation }) => [number, annotation]))
  const store = StudyStore.open(paths.database, clock)
  try {
    for (let first = 0; first < copies.length; first += trialsAtOnce) {
      const batch = copies.slice(first, first + trialsAtOnce).flatMap(({ number, configuration }, index) => {
        const trial = study.trial(number)
        const toldOrder = order.get(number)
        if (trial === null || !isFinished(trial) || toldOrder === undefined) return []
        const copy = { ...trial, number: trialNumber(first + index), configuration, toldOrder }
        const annotation = annotations.get(number) ?? noAnnotation
        return [{ trial: withNetwork({ ...copy, explanation: copyOf(study.id, number) }, study, paths), annotation }]
      })
      store.copied(batch)
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    store.close()
  }
}

/** The trial with a network of its own; without one, if the other was just given up. */
function withNetwork(trial: FinishedTrial, study: OpenStudy, paths: StudyPaths): FinishedTrial {
  if (trial.state === 'failed' || trial.measurement.networkFile === null) return trial
  const file = networkFileName(trial.number)
  const from = join(studyPaths(study.folder).networks, trial.measurement.networkFile)
  try {
    copyFileSync(from, join(paths.networks, file))
    return { ...trial, measurement: { ...trial.measurement, networkFile: file } }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return { ...trial, measurement: { ...trial.measurement, networkFile: null } }
  }
}
