/** What models make of a study, and what its optimiser said. */
import { z } from 'zod'
import type { SearchRecord } from '../../diagnostics/searchRecord.ts'
import { fitSchema } from '../../optimiser/scbo/explanation.ts'
import { askedSchema } from '../diagnosis.ts'
import { stopReplaySchema, triedRuleSchema } from '../stopReplay.ts'
import { modelMapSchema, modelMapSettingsSchema, modelReportSchema } from '../studyModels.ts'
import { studyId } from './common.ts'

const searchRecordSchema: z.ZodType<SearchRecord> = z.strictObject({
  asked: z.array(askedSchema),
  fittedAt: z.array(z.int().min(0).nullable()),
  fits: z.array(fitSchema),
  without: z.int().min(0),
})

/** Error of those that model: study-nothing-to-diagnose. */
export const diagnosisCalls = {
  /** Models all finished trials, which takes seconds, and reports. Asked again before anything has finished, it is as quick as any call. */
  modelStudy: { request: studyId, response: modelReportSchema },
  /** The latest models of a study over two of its hyperparameters; it is modelled first where it never was. */
  mapModels: { request: studyId.extend({ settings: modelMapSettingsSchema }), response: modelMapSchema },
  /** What the optimiser said of the trials from number `from` on, a part of them; `next`: the number to go on with. */
  readSearch: {
    request: studyId.extend({ from: z.int().min(0) }),
    response: z.strictObject({ record: searchRecordSchema, next: z.int().min(0), complete: z.boolean() }),
  },
  /** What another silence rule would have made of the study, by the spike counts that were stored. */
  replayStopRule: {
    request: studyId.extend({ rule: triedRuleSchema, sweep: z.string().nullable() }),
    response: stopReplaySchema,
  },
} as const
