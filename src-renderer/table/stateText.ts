import { shareText } from '../../src-core/checkpoint/checkpointHead.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'

/** What the table says of where a trial stands, in little room. @param word of its state */
export const stateText = ({ annotation, resumesAt }: TrialRow, word: string): string => {
  if (annotation.excluded) return annotation.damage === undefined ? 'Excluded' : 'Damaged'
  return resumesAt === undefined ? word : `${word}, ${shareText(resumesAt)}`
}
