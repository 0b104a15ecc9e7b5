/** How fast networks of a study were trained for a moment, as `measureSpeed` found. */
import { z } from 'zod'
import { configurationSchema } from '../space/parameter.ts'
import type { StudyDefinition } from './definition.ts'
import { layeredSchema } from './networkSchema.ts'

/** What was measured: a network of this number of neurons, a layered one, or networks that evolved for a moment. */
const measuredSubjectSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('diehl-cook'), mapSize: z.int().min(1) }),
  z.strictObject({ type: z.literal('layered'), network: layeredSchema, hyperparameters: configurationSchema }),
  z.strictObject({
    type: z.literal('neuroprocessor'),
    /** Name of the dataset, or the task: those of another one say nothing. */
    dataset: z.string(),
    hyperparameters: configurationSchema,
    /** Of a dataset with more samples each network was shown only so many; a control task was played as often as in a trial. */
    samplesAtMost: z.int().min(1),
  }),
])
export type MeasuredSubject = z.infer<typeof measuredSubjectSchema>

export const measuredSpeedSchema = z.strictObject({
  /** What it was measured on. */
  device: z.string(),
  /** Of the processor. */
  cores: z.int().min(1),
  /** GPUs that are set up; their speed is not measured. */
  gpus: z.array(z.string()),
  networks: z
    .array(
      z.strictObject({
        subject: measuredSubjectSchema,
        /** Of a training sample; of each network that was judged, where networks evolve. */
        trainMsPerSample: z.number().gt(0),
        /** Of a sample of the test, or of an episode. */
        testMsPerSample: z.number().gt(0),
        /** Training samples, or networks judged, that this was measured on. */
        samples: z.int().min(1),
      }),
    )
    .min(1),
})
export type MeasuredSpeed = z.infer<typeof measuredSpeedSchema>

/**
 * What of a definition decides how fast its networks are, beside their hyperparameters: a speed that was measured with another
 * says nothing of this one. Of how many samples there are only networks that evolve are up to; layers are scaled by their work.
 */
export const speedBasis = ({
  dataset,
  encoding,
  network,
  training,
}: Pick<StudyDefinition, 'dataset' | 'encoding' | 'network' | 'training'>): string => {
  const { trainSamples, testSamples, ...source } = dataset
  const samples = network.type === 'neuroprocessor' ? [trainSamples, testSamples] : []
  return JSON.stringify([source, samples, encoding, network.type === 'layered' ? network.type : network, training])
}
