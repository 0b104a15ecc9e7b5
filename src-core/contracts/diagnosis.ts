/** What is asked of a thread that diagnoses a study. */
import type { DiagnosisSettings, ModelsDiagnosis, SeenTrials } from '../diagnostics/diagnosis.ts'
import type { StudyDefinition } from '../study/definition.ts'

export interface DiagnosisRequest {
  readonly definition: StudyDefinition
  readonly seen: SeenTrials
  /** Rows of these trials, by `ObservationRows`. */
  readonly rows: readonly Float64Array<ArrayBuffer>[]
  readonly settings: DiagnosisSettings
}

/** What the thread of a diagnosis is asked. */
export interface DiagnosisQuestions {
  diagnose: { request: DiagnosisRequest; response: ModelsDiagnosis }
}
