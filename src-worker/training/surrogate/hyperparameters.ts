import { z } from 'zod'
import type { Loss } from '../../../src-core/layered/losses.ts'
import type { Configuration } from '../../../src-core/space/parameter.ts'

/** What training reads of the table in src-core/study/layeredHyperparameters.ts; what networks are built of is not here. */
const hyperparametersSchema = z
  .object({
    epochs: z.int().min(1),
    batchSize: z.int().min(1),
    loss: z.enum(['rate', 'max', 'cross-entropy']),
    learningRate: z.number().min(0),
    /** Absent where decays are fixed, or have lava-dl's gradient. */
    decayLearningRateFactor: z.number().min(0).optional(),
    firstMomentDecay: z.number().min(0).lt(1),
    secondMomentDecay: z.number().min(0).lt(1),
    weightDecay: z.number().min(0),
    sparsityPenalty: z.number().min(0),
    /** Absent with the losses that have none. */
    trueRate: z.number().optional(),
    falseRate: z.number().optional(),
  })
  .transform(({ loss, trueRate, falseRate, ...rest }, context) => {
    if (loss !== 'rate') return { ...rest, loss: { type: loss } satisfies Loss }
    if (trueRate !== undefined && falseRate !== undefined) return { ...rest, loss: { type: loss, trueRate, falseRate } }
    context.addIssue({ code: 'custom', message: 'the loss rate needs trueRate and falseRate' })
    return z.NEVER
  })
export type SurrogateHyperparameters = z.infer<typeof hyperparametersSchema>

/** @throws {z.ZodError} when one is missing or of another type: the host merges and checks them */
export const decodeHyperparameters = (configuration: Configuration): SurrogateHyperparameters =>
  hyperparametersSchema.parse(configuration)
