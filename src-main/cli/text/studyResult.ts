import type { Confirmation } from '../../../src-core/confirmation/confirmation.ts'
import { bestTrials, type MeasuredRow } from '../../../src-core/progress/best.ts'
import { initialDesignReport, type InitialDesignReport } from '../../../src-core/progress/initialDesign.ts'
import type { ConstraintInfo, StudySummary, TrialRow } from '../../../src-core/progress/readModel.ts'
import { compareWithProvenance, type Reproduction } from '../../../src-core/progress/reproduction.ts'
import { silenceReport, type SilenceReport } from '../../../src-core/progress/silenceReport.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import type { FailureReason } from '../../../src-core/trial/measurement.ts'
import type { OpenStudy } from '../../studies/studyService.ts'

/** What a study came to so far. */
export interface StudyResult {
  readonly summary: StudySummary
  readonly definition: StudyDefinition
  readonly constraints: readonly ConstraintInfo[]
  /** All measured trials, best first. */
  readonly ranked: readonly MeasuredRow[]
  /** Null where the optimiser has no initial design. */
  readonly initialDesign: InitialDesignReport | null
  readonly silence: SilenceReport
  /** Failed trials by reason, most first, each with the number of one of them. */
  readonly failures: readonly { readonly reason: FailureReason; readonly trials: number; readonly example: number }[]
  /** Measured trials whose networks could not be kept, the last first. */
  readonly withoutNetwork: readonly TrialRow[]
  /** Waiting trials that have a checkpoint, and how far that is. */
  readonly resuming: readonly { readonly number: number; readonly resumesAt: number }[]
  readonly reproduction: Reproduction
  /** The latest; null: nothing was confirmed. */
  readonly confirmation: Confirmation | null
}

export const readResult = (study: OpenStudy): StudyResult => {
  const { summary, constraints, trials } = study.snapshot()
  const failures = new Map<FailureReason, { trials: number; example: number }>()
  for (const { number, failure } of trials) {
    if (failure === null) continue
    const known = failures.get(failure.reason)
    failures.set(failure.reason, { trials: (known?.trials ?? 0) + 1, example: known?.example ?? number })
  }
  const { provenance } = study.definition
  return {
    summary,
    definition: study.definition,
    constraints,
    ranked: bestTrials(trials, trials.length),
    initialDesign: initialDesignReport(trials),
    silence: silenceReport(trials),
    failures: [...failures].map(([reason, rest]) => ({ reason, ...rest })).sort((a, b) => b.trials - a.trials),
    withoutNetwork: trials.filter(({ networkProblem }) => networkProblem !== undefined).reverse(),
    resuming: trials.flatMap(({ number, resumesAt }) => (resumesAt === undefined ? [] : [{ number, resumesAt }])),
    confirmation: study.confirmations()[0] ?? null,
    // A study of an exported configuration has one trial, number 0.
    reproduction: compareWithProvenance(provenance, provenance === undefined ? null : study.trial(0)),
  }
}
