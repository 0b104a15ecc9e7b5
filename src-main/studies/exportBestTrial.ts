import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import { exportBest } from '../exports/exportBest.ts'
import type { StudyPaths } from '../files/studyFolder.ts'
import type { DefinitionDecoder } from './definitionDecoder.ts'
import type { ExportedFiles } from './studyService.ts'

export interface ExportSource {
  readonly id: string
  readonly paths: StudyPaths
  readonly definition: StudyDefinition
  readonly applicationVersion: string
  readonly best: StudySummary['best']
  readonly decode: DefinitionDecoder
  /** @throws SpiketuneError trial-damaged */
  trial(number: number): Trial | null
}

/** Exports the best trial of a study. @throws SpiketuneError study-nothing-to-export */
export const exportBestTrial = (source: ExportSource, folder: string): Promise<ExportedFiles> =>
  exportMeasured(source, source.best?.number ?? null, folder)

/** Exports a trial of a study. @throws SpiketuneError study-nothing-to-export, trial-damaged */
export const exportMeasured = (source: ExportSource, number: number | null, folder: string): Promise<ExportedFiles> => {
  const trial = number === null ? null : source.trial(number)
  if (trial?.state !== 'complete' && trial?.state !== 'stopped') {
    throw new SpiketuneError(
      'study-nothing-to-export',
      number === null
        ? `No trial of ${source.id} has been measured yet. Let the study run until the first trial is done, then export again.`
        : `Trial ${number} of ${source.id} has not been measured: there is nothing to export. Choose one that is complete or stopped.`,
    )
  }
  const { networkFile, networkSha256 } = trial.measurement
  const networkPath = networkFile === null ? null : join(source.paths.networks, networkFile)
  return exportBest({
    definition: source.definition,
    trial,
    // A file that somebody has removed keeps nobody from the configuration, which makes it again.
    networkPath: networkPath !== null && existsSync(networkPath) ? networkPath : null,
    networkSha256,
    studyId: source.id,
    folder,
    applicationVersion: source.applicationVersion,
    decode: source.decode,
  })
}
