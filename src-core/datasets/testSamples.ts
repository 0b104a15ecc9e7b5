import { isShippedTable } from './catalogue.ts'
import type { StudyDefinition } from '../study/definition.ts'

/** Where a dataset that has no samples to test on takes them from: what to do, in a sentence. */
export const whereTestsAre = ({ name, file }: StudyDefinition['dataset']): string =>
  file === undefined
    ? isShippedTable(name)
      ? 'A table that comes with Spiketune has none: share a copy of it out over two files, and name these with the dataset csv.'
      : 'Add them to the folder of the dataset.'
    : `Name the file that has them in \`dataset.testFile\`${name === 'npz' ? ', or add x_test and y_test to the file' : ''}.`

/** Whether the definition alone shows that there are none: a table has all of its rows to train on. */
export const hasNoTests = ({ name, testFile }: StudyDefinition['dataset']): boolean =>
  isShippedTable(name) || (name === 'csv' && testFile === undefined)
