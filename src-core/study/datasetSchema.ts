/** What a study says of the samples that it trains and tests on. */
import { z } from 'zod'

export const datasetSchema = z.strictObject({
  name: z
    .enum(['mnist', 'fashion-mnist', 'idx', 'nmnist', 'dvs-gesture', 'shd', 'ssc', 'csv', 'npz', 'elsewhere'])
    .meta({
      description:
        'mnist comes with Spiketune; fashion-mnist with the Debian package dataset-fashion-mnist; idx, nmnist, dvs-gesture, shd and ssc: files in `folder`; csv and npz: `file`; elsewhere: what a `log` was measured on',
    }),
  folder: z.string().min(1).optional().meta({ description: 'Folder of the files of the dataset' }),
  file: z.string().min(1).optional().meta({ description: 'The table (csv) or the arrays (npz)' }),
  testFile: z.string().min(1).optional().meta({ description: 'Table or arrays to test on; csv, npz' }),
  labelColumn: z.string().min(1).optional().meta({ description: 'csv: column of the class; default: the last' }),
  trainFraction: z.number().gt(0).lte(1).default(0.8).meta({
    description: 'Share of the training samples to train on; 1, so all of them, with objective.split: test',
  }),
  trainSamples: z.int().min(1).optional().meta({ description: 'How many training samples to use at most' }),
  testSamples: z.int().min(1).optional().meta({ description: 'How many samples to measure the objective on, at most' }),
})
