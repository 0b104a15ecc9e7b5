import type { DiagnosisRequest } from '../../src-core/contracts/diagnosis.ts'
import { fewestDiagnosedTrials } from '../../src-core/diagnostics/diagnosis.ts'
import type { DiagnosisSettings } from '../../src-core/diagnostics/diagnosis.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { slimFinished } from '../../src-core/optimiser/slimTrial.ts'
import { isMeasured } from '../../src-core/progress/best.ts'
import type { OpenStudy } from '../studies/studyService.ts'

/**
 * What a diagnosis of the study needs, read from storage.
 * @throws {SpiketuneError} when the study searches nothing, has too few measured trials, or not these parameters
 */
export function diagnosisRequest(study: OpenStudy, settings: DiagnosisSettings): DiagnosisRequest {
  const { definition, id } = study
  const names = Object.keys(definition.space)
  if (names.length === 0) {
    throw new SpiketuneError(
      'study-nothing-to-diagnose',
      `The study "${id}" searches no hyperparameters: there is nothing to model.`,
    )
  }
  checkMap(names, id, settings)
  const rows = study.snapshot().trials
  const excluded = new Set(rows.filter(({ annotation }) => annotation.excluded).map(({ number }) => number))
  const measured = rows.filter((row) => isMeasured(row) && !excluded.has(row.number)).length
  if (measured < fewestDiagnosedTrials) {
    throw new SpiketuneError(
      'study-nothing-to-diagnose',
      `The study "${id}" has ${measured} measured trials; models need at least ${fewestDiagnosedTrials}. Let it run on.`,
    )
  }
  const trials = study
    .finished(0, rows.length, false)
    .filter(({ number }) => !excluded.has(number))
    .map(slimFinished)
  return { definition, trials, settings }
}

/** @throws {SpiketuneError} when the study does not search the parameters of the map, or they are the same */
export function checkMap(names: readonly string[], id: string, { map }: Pick<DiagnosisSettings, 'map'>): void {
  if (map === null) return
  for (const name of [map.x, map.y]) {
    if (names.includes(name)) continue
    throw new SpiketuneError(
      'parameter-not-found',
      `The study "${id}" does not search "${name}". It searches ${names.join(', ')}.`,
    )
  }
  if (map.x === map.y) {
    throw new SpiketuneError('parameter-not-found', `A map needs two different hyperparameters, not "${map.x}" twice.`)
  }
}
