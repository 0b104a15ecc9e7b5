import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { resumesText } from '../../src-core/progress/resumesText.ts'
import { capitalised } from '../../src-core/study/studyWords.ts'

/** What the table says of where a trial stands. @param word of its state */
export const stateText = ({ annotation, resumesAt }: TrialRow, word: string): string => {
  if (annotation.excluded) return annotation.damage === undefined ? 'Excluded' : 'Damaged'
  return resumesAt === undefined ? word : capitalised(resumesText(resumesAt))
}
