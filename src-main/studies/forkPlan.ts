import type { ForkPlan } from '../../src-core/contracts/window/controlCalls.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { takeover, whyNotComparable } from '../../src-core/study/fork.ts'
import type { Fork, OpenStudy } from './studyService.ts'

/** What a fork of `study` with this definition takes over. */
export const planFork = (
  study: OpenStudy,
  definition: StudyDefinition,
): { readonly plan: ForkPlan; readonly fork: Fork } => {
  const reasons = whyNotComparable(study.definition, definition)
  if (reasons.length > 0) {
    return { plan: { comparable: false, reasons, copied: 0, left: [] }, fork: { study, copies: [] } }
  }
  const { copies, left } = takeover(study.definition, definition, study.snapshot().trials)
  return { plan: { comparable: true, reasons, copied: copies.length, left: [...left] }, fork: { study, copies } }
}

/** @throws {SpiketuneError} fork-not-comparable */
export const checkComparable = ({ comparable, reasons }: ForkPlan): void => {
  if (comparable) return
  throw new SpiketuneError(
    'fork-not-comparable',
    `The results of the two studies cannot be compared:\n${reasons.join('\n')}\nFork without the trials, or keep these as they are.`,
  )
}
