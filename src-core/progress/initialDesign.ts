import { z } from 'zod'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import { compareTrials, isCandidate, isFeasible, isMeasured, type MeasuredRow } from './best.ts'
import { hasEnded, type TrialRow } from './readModel.ts'

/** Phases of an optimiser's explanations in which its points do not follow from trials. */
const designPhases: readonly unknown[] = ['initial', 'startup']

/**
 * Whether an optimiser asked for a trial before it knew anything: true of its initial design, false of what it asked for
 * later, designs of later trust regions among it; null where it has no such design.
 */
export const isInitialDesign = ({ phase, life }: Readonly<Record<string, unknown>>): boolean | null => {
  if (typeof phase !== 'string') return null
  return designPhases.includes(phase) && (life ?? 0) === 0
}

/** What a part of a study's trials came to. Shares are of its finished trials, 0 to 1. */
const designPartSchema = z.strictObject({
  finished: z.int(),
  feasibleShare: z.number(),
  stoppedShare: z.number(),
  /** Best feasible trial; while there is none, null. */
  best: z.strictObject({ number: z.int(), objective: z.number() }).nullable(),
})
export type DesignPart = DeepReadonly<z.infer<typeof designPartSchema>>

/** What an optimiser gained over the points that it began with, which a random search would have tried as well. */
export const initialDesignReportSchema = z.strictObject({ initial: designPartSchema, after: designPartSchema })
export type InitialDesignReport = DeepReadonly<z.infer<typeof initialDesignReportSchema>>

/** The report over all finished rows; null where the optimiser has no initial design. */
export const initialDesignReport = (rows: Iterable<TrialRow>): InitialDesignReport | null => {
  const [initial, after] = [emptyPart(), emptyPart()]
  for (const row of rows) {
    if (!hasEnded(row) || row.initialDesign === null) continue
    add(row.initialDesign ? initial : after, row)
  }
  return initial.finished === 0 ? null : { initial: partOf(initial), after: partOf(after) }
}

/** Counts of a part while its rows go by: of a large study they are never held together. */
interface PartCounts {
  finished: number
  feasible: number
  stopped: number
  best: MeasuredRow | null
}

const emptyPart = (): PartCounts => ({ finished: 0, feasible: 0, stopped: 0, best: null })

const add = (part: PartCounts, row: TrialRow): void => {
  part.finished += 1
  if (row.state === 'stopped') part.stopped += 1
  if (!isMeasured(row) || !isFeasible(row)) return
  part.feasible += 1
  if (isCandidate(row) && (part.best === null || compareTrials(row, part.best) < 0)) part.best = row
}

const partOf = ({ finished, feasible, stopped, best }: PartCounts): DesignPart => ({
  finished,
  feasibleShare: shareOf(feasible, finished),
  stoppedShare: shareOf(stopped, finished),
  best: best && { number: best.number, objective: best.objective },
})

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
