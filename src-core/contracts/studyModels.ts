/**
 * The contract between the application and the thread that models one study for the window. The thread is told of finished
 * trials once each, and keeps its models until it is asked for newer ones.
 */
import { z } from 'zod'
import type { SeenTrials } from '../diagnostics/diagnosis.ts'
import type { ModelMap, ModelMapSettings, ModelReport } from '../diagnostics/studyModels.ts'

/** How far the models of a study are fitted. */
export const fitProgressSchema = z.strictObject({
  fitted: z.int().min(0),
  of: z.int().min(0),
  /** The output that is fitted now; null: all are, and the report is made of them. */
  output: z.string().nullable(),
})
export type FitProgress = z.infer<typeof fitProgressSchema>

/** What is said of a report before it is there. */
export interface ModelsStreams {
  readonly fitting: FitProgress
}

/** Of the trials that are counted. */
interface Counted {
  /** Trials that are left out of the models. */
  readonly excluded: readonly number[]
  /** The best of the others. */
  readonly best: SeenTrials['best']
}

/** What the thread of a study's models is asked. */
export interface ModelsQuestions {
  /** Told: rows of finished trials, by `ObservationRows`. */
  add: { request: Float64Array<ArrayBuffer>; response: null }
  /** Models all trials, and reports. */
  report: { request: Counted; response: ModelReport }
  /** A map by the models that there are; without any all trials are modelled first. */
  map: { request: Counted & { readonly settings: ModelMapSettings }; response: ModelMap }
}
