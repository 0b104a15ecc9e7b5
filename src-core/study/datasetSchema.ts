/** What a study says of the samples that it trains and tests on. */
import { z } from 'zod'

export const datasetSchema = z.strictObject({
  name: z.enum(['mnist', 'fashion-mnist', 'idx', 'elsewhere']).meta({
    description:
      'mnist comes with Spiketune; fashion-mnist with the Debian package dataset-fashion-mnist; idx: files in `folder`; elsewhere: what a `log` was measured on',
  }),
  folder: z.string().min(1).optional().meta({ description: 'Folder of the four IDX files, plain or gzip' }),
  trainFraction: z.number().gt(0).lt(1).default(0.8).meta({ description: 'Share of the training images to train on' }),
  trainSamples: z.int().min(1).optional().meta({ description: 'At most so many training images' }),
  testSamples: z.int().min(1).optional().meta({ description: 'At most so many images to measure the objective on' }),
})
