import { bestTrial, isFeasible, isMeasured } from './best.ts'
import type { TrialRow } from './readModel.ts'

/** Phases of an optimiser's explanations in which its points do not follow from trials. */
const designPhases: readonly unknown[] = ['initial', 'startup']

/**
 * Whether an optimiser asked for a trial before it knew anything: true of its initial design, false of what it asked for
 * later, designs of later trust regions among it; null where it has no such design.
 */
export function isInitialDesign({ phase, life }: Readonly<Record<string, unknown>>): boolean | null {
  if (typeof phase !== 'string') return null
  return designPhases.includes(phase) && (life ?? 0) === 0
}

/** What a part of a study's trials came to. Shares are of its finished trials, 0 to 1. */
export interface DesignPart {
  readonly finished: number
  readonly feasibleShare: number
  readonly stoppedShare: number
  /** Best feasible trial; while there is none, null. */
  readonly best: { readonly number: number; readonly objective: number } | null
}

/** What an optimiser gained over the points that it began with, which a random search would have tried as well. */
export interface InitialDesignReport {
  readonly initial: DesignPart
  readonly after: DesignPart
}

/** The report over all finished rows; null where the optimiser has no initial design. */
export function initialDesignReport(rows: Iterable<TrialRow>): InitialDesignReport | null {
  const initial: TrialRow[] = []
  const after: TrialRow[] = []
  for (const row of rows) {
    if (row.state === 'waiting' || row.state === 'running' || row.initialDesign === null) continue
    if (row.initialDesign) initial.push(row)
    else after.push(row)
  }
  return initial.length === 0 ? null : { initial: partOf(initial), after: partOf(after) }
}

function partOf(rows: readonly TrialRow[]): DesignPart {
  const feasible = rows.filter((row) => isMeasured(row) && isFeasible(row))
  const stopped = rows.filter(({ state }) => state === 'stopped')
  const best = bestTrial(feasible)
  return {
    finished: rows.length,
    feasibleShare: shareOf(feasible.length, rows.length),
    stoppedShare: shareOf(stopped.length, rows.length),
    best: best && { number: best.number, objective: best.objective },
  }
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
