import { z } from 'zod'
import type { Loss } from '../../../src-core/layered/losses.ts'
import type { Configuration } from '../../../src-core/space/parameter.ts'
import { valuesSchema } from '../../../src-core/study/hyperparameter.ts'
import { surrogateHyperparameters } from '../../../src-core/study/layeredHyperparameters.ts'

/**
 * What training reads of its table; what networks are built of is not here, nor what they are shown. Where decays are fixed, or
 * have lava-dl's gradient, there is no factor of their learning rate.
 */
const hyperparametersSchema = valuesSchema(surrogateHyperparameters)
  .omit({ trainShare: true, steps: true })
  .partial({ decayLearningRateFactor: true })
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
