/** What a person says of a study, checked before it is stored. */
import { isDeepStrictEqual } from 'node:util'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { ownLineProblem } from '../../src-core/library/logBook.ts'
import { changedLabels, type LabelChange, labelProblem, type StudyLabels } from '../../src-core/library/studyLabels.ts'

/** @throws {SpiketuneError} labels-invalid */
const refuse = (problem: string | null): void => {
  if (problem !== null) throw new SpiketuneError('labels-invalid', problem)
}

/**
 * The labels after a change, and what of them has changed; null: nothing has.
 * @throws {SpiketuneError} labels-invalid
 */
export const labelsAfter = (
  before: StudyLabels,
  change: LabelChange,
): { readonly labels: StudyLabels; readonly said: Partial<StudyLabels> | null } => {
  refuse(labelProblem(change))
  const labels = changedLabels(before, change)
  const changed = Object.entries(labels).filter(
    ([key, value]) => !isDeepStrictEqual(value, before[key as keyof StudyLabels]),
  )
  return { labels, said: changed.length === 0 ? null : Object.fromEntries(changed) }
}

/** @throws {SpiketuneError} labels-invalid */
export const checkOwnLine = (text: string): void => {
  refuse(ownLineProblem(text))
}
