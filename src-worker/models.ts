/** Entry of the thread that models one study for the window: its finished trials come once, reports and maps are asked for. */
import { readFileSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import type { FitProgress, ModelsQuestions, ModelsStreams } from '../src-core/contracts/studyModels.ts'
import type { SeenTrials } from '../src-core/diagnostics/diagnosis.ts'
import { ObservationRows } from '../src-core/diagnostics/observationRows.ts'
import { modelMap, modelReport } from '../src-core/diagnostics/studyModels.ts'
import type { Surrogate } from '../src-core/diagnostics/surrogateModel.ts'
import { surrogatesOf } from '../src-core/diagnostics/surrogateModels.ts'
import type { Observation } from '../src-core/optimiser/scbo/observation.ts'
import type { StudyDefinition } from '../src-core/study/definition.ts'
import { answerRequests } from './host/threadAnswers.ts'
import { instantiateNumericKernel } from './optimiser/numericKernel.ts'

const wasm = readFileSync(new URL('../kernels/numeric.wasm', import.meta.url))
const definition = workerData as StudyDefinition
const observationRows = new ObservationRows(definition)
const known: Float64Array[] = []
interface Modelled {
  readonly seen: SeenTrials
  readonly observations: readonly Observation[]
  readonly surrogates: readonly Surrogate[]
}
let modelled: Modelled | null = null

/** In a kernel of their own: its memory goes with the models. */
const fit = (
  excluded: readonly number[],
  best: SeenTrials['best'],
  fitting?: (progress: FitProgress) => void,
): Modelled => {
  const observations = observationRows.observations(known, new Set(excluded))
  const surrogates = surrogatesOf(definition, observations, instantiateNumericKernel(wasm), fitting)
  return { seen: { trials: observations.length, best }, observations, surrogates }
}

answerRequests<ModelsQuestions, ModelsStreams>({
  add(rows) {
    known.push(rows)
    return null
  },
  report({ excluded, best }, { stream }) {
    modelled = fit(excluded, best, (progress) => {
      stream('fitting', progress)
    })
    return modelReport(definition, modelled.observations, modelled.surrogates)
  },
  map({ excluded, best, settings }) {
    modelled ??= fit(excluded, best)
    return modelMap(definition, modelled.seen, modelled.surrogates, settings)
  },
})
