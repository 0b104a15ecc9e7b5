import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { DiagnosisRequest } from '../../src-core/contracts/diagnosis.ts'
import { bestOf, type DiagnosisSettings, fewestDiagnosedTrials } from '../../src-core/diagnostics/diagnosis.ts'
import { ObservationRows } from '../../src-core/diagnostics/observationRows.ts'
import { trustRegionHistory, type TrustRegionHistory } from '../../src-core/diagnostics/trustRegionHistory.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { betterOf, isMeasured, type MeasuredRow } from '../../src-core/progress/best.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'
import type { StudyReading } from '../studies/studyReading.ts'

/** What of a diagnosis needs models, and what does not. */
export interface DiagnosisWork {
  readonly request: DiagnosisRequest
  readonly trustRegion: TrustRegionHistory
}

/**
 * What a diagnosis of the study needs, read from storage; of the trials only numbers are kept.
 * @throws {SpiketuneError} when the study searches nothing, has too few measured trials, or not these parameters
 */
export const diagnosisWork = (study: StudyReading, settings: DiagnosisSettings): DiagnosisWork => {
  const { definition, id } = study
  const names = Object.keys(definition.space)
  if (names.length === 0) {
    throw new SpiketuneError(
      'study-nothing-to-diagnose',
      `The study "${id}" searches no hyperparameters: there is nothing to model.`,
    )
  }
  checkMap(names, id, settings)
  const encoder = new ObservationRows(definition)
  const rows: DiagnosisRequest['rows'][number][] = []
  let [trials, measured] = [0, 0]
  let best: MeasuredRow | null = null
  const clearUp = createClearUp()
  const seen = function* (): Generator<FinishedTrial, void> {
    for (const part of study.countedParts()) {
      rows.push(encoder.encode(part))
      trials += part.length
      for (const trial of part) {
        const row = toTrialRow(trial)
        if (isMeasured(row)) measured++
        best = betterOf(best, row)
      }
      yield* part
      if (trials % clearedAfter < part.length) clearUp()
    }
    clearUp()
  }
  const trustRegion = trustRegionHistory(seen())
  if (measured < fewestDiagnosedTrials) {
    throw new SpiketuneError(
      'study-nothing-to-diagnose',
      `The study "${id}" has ${measured} measured trials; models need at least ${fewestDiagnosedTrials}. Let it run on.`,
    )
  }
  return { request: { definition, seen: { trials, best: bestOf(best) }, rows, settings }, trustRegion }
}

/** Trials read after which what is left of them is cleared up. */
const clearedAfter = 20_000

/**
 * Left alone, the engine clears up after 100,000 trials when the heap has grown to three times what is kept, and keeps the room:
 * the models need that memory next. Only a thorough clearing gives it back.
 */
const createClearUp = (): (() => void) => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return () => {
    if (typeof collect === 'function') Reflect.apply(collect, undefined, [])
  }
}

/** @throws {SpiketuneError} when the study does not search the parameters of the map, or they are the same */
export const checkMap = (names: readonly string[], id: string, { map }: Pick<DiagnosisSettings, 'map'>): void => {
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
