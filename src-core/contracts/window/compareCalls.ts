/** Several studies side by side. */
import { z } from 'zod'
import { comparedImportanceSchema } from '../../studyComparison/comparedImportance.ts'
import { fewestStudies, mostStudies, studyComparisonSchema } from '../../studyComparison/comparison.ts'
import { studyId } from './common.ts'

/** A study to be compared. `group`: what a caller calls its group; null: it is grouped by its definition. */
const comparedSchema = studyId.extend({ group: z.string().max(200).nullable() })
export type ComparedStudyName = Readonly<z.infer<typeof comparedSchema>>

export const compareCalls = {
  /**
   * Reads studies, without opening them, and puts them side by side: curves in few numbers, not their trials. What cannot be read is named
   * in the answer. Asked again, only what was written to since is read again.
   */
  compareStudies: {
    request: z.strictObject({ studies: z.array(comparedSchema).min(fewestStudies).max(mostStudies) }),
    response: studyComparisonSchema,
  },
  /** Models one of them, which takes seconds. */
  importanceOfStudy: { request: studyId, response: comparedImportanceSchema },
} as const
