import type { StudyDefinition } from '../study/definition.ts'

/** Where a dataset that has no samples to test on takes them from: what to do, in a sentence. */
export const whereTestsAre = ({ name, file }: StudyDefinition['dataset']): string =>
  file === undefined
    ? 'Add them to the folder of the dataset.'
    : `Name the file that has them in \`dataset.testFile\`${name === 'npz' ? ', or add x_test and y_test to the file' : ''}.`

/** Whether the definition alone shows that there are none: a table has all of its rows to train on. */
export const hasNoTests = ({ name, testFile }: StudyDefinition['dataset']): boolean =>
  name === 'csv' && testFile === undefined
