/** Entry of the thread that diagnoses a study. Composes, nothing else. */
import { readFileSync } from 'node:fs'
import type { DiagnosisQuestions } from '../src-core/contracts/diagnosis.ts'
import { diagnose } from '../src-core/diagnostics/diagnosis.ts'
import { ObservationRows } from '../src-core/diagnostics/observationRows.ts'
import { surrogatesOf } from '../src-core/diagnostics/surrogateModels.ts'
import { answerRequests } from './host/threadAnswers.ts'
import { instantiateNumericKernel } from './optimiser/numericKernel.ts'

const kernel = instantiateNumericKernel(readFileSync(new URL('../kernels/numeric.wasm', import.meta.url)))

answerRequests<DiagnosisQuestions>({
  diagnose({ definition, seen, rows, settings }) {
    const observations = new ObservationRows(definition).observations(rows)
    return diagnose(definition, { ...seen, observations }, surrogatesOf(definition, observations, kernel), settings)
  },
})
