/** Learning curves of many trials at once. */
import { z } from 'zod'
import { studyId } from './common.ts'

/** More curves than that cannot be told apart. */
export const curvesAtMost = 500

/** What was seen of one trial at each look at its spike counts, in arrays of one entry a look. */
export const learningCurveSchema = z.strictObject({
  number: z.int().min(0),
  epoch: z.instanceof(Uint16Array),
  /** Samples of the epoch shown so far. */
  sample: z.instanceof(Uint32Array),
  /** NaN before the first labels. */
  trainAccuracy: z.instanceof(Float32Array),
  /** Of each watched layer, in the definition's order: non-spiking samples of the epoch so far. */
  nonSpiking: z.array(z.instanceof(Uint32Array)),
})
export type LearningCurve = z.infer<typeof learningCurveSchema>

export const curveCalls = {
  /** The stored curves of finished trials, and of running ones what is seen so far, by rising number; trials that have none are left out. */
  learningCurves: {
    request: studyId.extend({ numbers: z.array(z.int().min(0)).max(curvesAtMost) }),
    response: z.array(learningCurveSchema),
  },
} as const
