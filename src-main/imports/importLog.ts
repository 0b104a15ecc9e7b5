/** An evaluation log, or a network in TENNLab's form, as a study of a library: from the file to the tables. */
import { basename } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { ImportProgress } from '../../src-core/contracts/window/importCalls.ts'
import type { LoggedStudy } from '../../src-core/evaluationLog/evaluationLog.ts'
import { studyOfNetwork } from '../../src-core/tennlab/studyOfNetwork.ts'
import { definitionToYaml } from '../../src-core/study/definitionToYaml.ts'
import { fillStudyFolder } from '../library/makeStudyFolder.ts'
import { systemClock } from '../scheduler/clock.ts'
import type { ImportWatch, ImportWords } from '../studies/studyService.ts'
import { networkTextIn, readImported } from './readImported.ts'
import { readLog } from './readLogFile.ts'

export interface LogImport {
  /** Empty, in the library. */
  readonly folder: string
  readonly file: string
  readonly words: ImportWords
  readonly applicationVersion: string
}

/** What came of an import. */
export interface ImportedLog {
  /** Of the study. */
  readonly name: string
  readonly notes: readonly string[]
}

/** As often as an eye follows. */
const progressEveryMs = 100

/**
 * Fills an empty folder of a library with the study of a log, or of a network: what a file is shows in what it holds.
 * @throws SpiketuneError log-not-found, log-invalid, log-accuracy-unclear, network-invalid, network-dataset-unclear
 */
export const importLog = async (request: LogImport, { progress }: ImportWatch = {}): Promise<ImportedLog> => {
  const { folder, file, words, applicationVersion } = request
  let toldAtMs = performance.now()
  const tell = (phase: ImportProgress['phase'], share: number): void => {
    if (progress === undefined || performance.now() - toldAtMs < progressEveryMs) return
    toldAtMs = performance.now()
    progress({ phase, share })
  }
  const bytes = await readImported(file)
  const text = networkTextIn(bytes, file)
  if (text !== null) {
    const { definition, notes } = studyOfNetwork(text, basename(file), words.dataset ?? null)
    const source = definitionToYaml(definition)
    const name = await fillStudyFolder(folder, { definition, source, applicationVersion, clock: systemClock })
    return { name, notes }
  }
  const log = await readLog(bytes, file, words.accuracy ?? null, (share) => tell('reading', share))
  const stored = (done: number): void => tell('storing', done / log.trials.length)
  return { name: await fillWithPast(folder, log, applicationVersion, stored), notes: log.notes }
}

/** Fills an empty folder of a library with a study of trials that were made elsewhere. @returns its name */
export const fillWithPast = (
  folder: string,
  { definition, trials }: LoggedStudy,
  applicationVersion: string,
  progress?: (done: number) => void,
): Promise<string> => {
  const { log } = definition
  const state =
    log === undefined
      ? ({
          kind: 'finished',
          reason: 'trial-budget',
          detail: `all ${trials.length} trials of the budget are done`,
        } as const)
      : ({ kind: 'finished', reason: 'imported', detail: `${trials.length} evaluations of ${log.file}` } as const)
  const past = { trials, state, ...(progress === undefined ? {} : { progress }) }
  const source = definitionToYaml(definition)
  return fillStudyFolder(folder, { definition, source, applicationVersion, clock: systemClock, past })
}
