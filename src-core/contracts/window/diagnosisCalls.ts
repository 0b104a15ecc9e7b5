/** What models make of a study, and what its optimiser said. */
import { z } from 'zod'
import { searchRecordSchema } from '../../diagnostics/searchRecord.ts'
import { modelMapSchema, modelMapSettingsSchema, modelReportSchema } from '../../diagnostics/studyModels.ts'
import { triedRuleSchema } from '../../stopping/replayTable.ts'
import { readonlySchema } from '../../values/deepReadonly.ts'
import { fitProgressSchema } from '../studyModels.ts'
import { stopReplaySchema } from '../stopReplay.ts'
import { studyId } from './common.ts'

export const diagnosisEvents = {
  /** How far the models of a study are fitted that `modelStudy` asked for. */
  modelsFitting: z.strictObject({ folder: z.string(), progress: fitProgressSchema }),
} as const

/** Error of those that model: study-nothing-to-diagnose. */
export const diagnosisCalls = {
  /** Models all finished trials, which takes seconds, and reports. Asked again before anything has finished, it is as quick as any call. */
  modelStudy: { request: studyId, response: readonlySchema(modelReportSchema) },
  /** The latest models of a study over two of its hyperparameters; it is modelled first where it never was. */
  mapModels: {
    request: studyId.extend({ settings: modelMapSettingsSchema }),
    response: readonlySchema(modelMapSchema),
  },
  /** What the optimiser said of the trials from number `from` on, a part of them; `next`: the number to go on with. */
  readSearch: {
    request: studyId.extend({ from: z.int().min(0) }),
    response: z.strictObject({
      record: readonlySchema(searchRecordSchema),
      next: z.int().min(0),
      complete: z.boolean(),
    }),
  },
  /** What another silence rule would have made of the study, by the spike counts that were stored. */
  replayStopRule: {
    request: studyId.extend({ rule: triedRuleSchema, sweep: z.string().nullable() }),
    response: readonlySchema(stopReplaySchema),
  },
} as const
