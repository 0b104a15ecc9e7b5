import { join } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import { exportBest } from '../exports/exportBest.ts'
import type { StudyPaths } from '../library/studyFolder.ts'
import type { ExportedFiles } from './studyService.ts'

export interface ExportSource {
  readonly id: string
  readonly paths: StudyPaths
  readonly definition: StudyDefinition
  readonly applicationVersion: string
  readonly best: StudySummary['best']
  trial(number: number): Trial | null
}

/** Exports the best trial of a study. @throws SpiketuneError study-nothing-to-export */
export function exportBestTrial(source: ExportSource, folder: string): Promise<ExportedFiles> {
  const trial = source.best === null ? null : source.trial(source.best.number)
  if (trial?.state !== 'complete' && trial?.state !== 'stopped') {
    throw new SpiketuneError(
      'study-nothing-to-export',
      `No trial of ${source.id} has been measured yet. Let the study run until the first trial is done, then export again.`,
    )
  }
  const { networkFile } = trial.measurement
  return exportBest({
    definition: source.definition,
    trial,
    networkPath: networkFile === null ? null : join(source.paths.networks, networkFile),
    studyId: source.id,
    folder,
    applicationVersion: source.applicationVersion,
  })
}
