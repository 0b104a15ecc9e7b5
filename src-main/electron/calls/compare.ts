import type { compareCalls } from '../../../src-core/contracts/window/compareCalls.ts'
import { StudyComparisons } from '../../studyComparison/studyComparisons.ts'
import { readImportance } from '../../studyComparison/readImportance.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createCompareCalls = ({ studies, diagnose }: CallParts): Handlers<typeof compareCalls> => {
  const read = (id: string) => studies.read(id)
  const comparisons = new StudyComparisons(read, (id) => studies.folderOf(id))
  return {
    compareStudies: ({ studies: named }) =>
      comparisons.compare({
        studies: named.map(({ id }) => id),
        groups: named.map(({ group }) => group),
      }),
    importanceOfStudy: ({ id }) => readImportance(read, diagnose, id),
  }
}
