/** What a study says of the samples that it trains and tests on. */
import { z } from 'zod'

const sampleNames = ['mnist', 'fashion-mnist', 'idx', 'nmnist', 'dvs-gesture', 'shd', 'ssc', 'csv', 'npz'] as const
/** Tables that come with Spiketune. */
export const tableNames = ['iris', 'wine', 'breast-cancer', 'digits'] as const
/** Tasks that a network learns by acting, in place of samples. */
export const controlNames = ['cart-pole', 'mountain-car'] as const

export const datasetSchema = z.strictObject({
  name: z.enum([...sampleNames, ...tableNames, ...controlNames, 'elsewhere']).meta({
    description:
      'mnist, iris, wine, breast-cancer and digits come with Spiketune; fashion-mnist with the Debian package dataset-fashion-mnist; idx, nmnist, dvs-gesture, shd and ssc: files in `folder`; csv and npz: `file`; cart-pole and mountain-car: control tasks of networks that evolve; elsewhere: what a `log` was measured on',
  }),
  folder: z.string().min(1).optional().meta({ description: 'Folder of the files of the dataset' }),
  file: z.string().min(1).optional().meta({ description: 'The table (csv) or the arrays (npz)' }),
  testFile: z.string().min(1).optional().meta({ description: 'Table or arrays to test on; csv, npz' }),
  labelColumn: z.string().min(1).optional().meta({ description: 'csv: column of the class; default: the last' }),
  level: z.enum(['easy', 'medium', 'hard', 'hardest']).optional().meta({
    description:
      'cart-pole: easy, the default: all is seen, left or right; medium: or nothing done; hard: only positions are seen; hardest: without doing nothing',
  }),
  episodes: z.int().min(1).max(100_000).optional().meta({
    description: 'Control tasks: how often a network plays, each time from another start; default: 5',
  }),
  maximumSteps: z.int().min(2).max(1_000_000).optional().meta({
    description: 'Control tasks: steps after which an episode ends; default: that of the task',
  }),
  trainFraction: z.number().gt(0).lte(1).default(0.8).meta({
    description: 'Share of the training samples to train on; 1, so all of them, with objective.split: test',
  }),
  trainSamples: z.int().min(1).optional().meta({ description: 'How many training samples to use at most' }),
  testSamples: z.int().min(1).optional().meta({ description: 'How many samples to measure the objective on, at most' }),
})
