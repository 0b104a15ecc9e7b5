import type { StudyState } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'

/** How much of its budget a study has used. */
interface Usage {
  /** Trials of the optimiser, whatever became of them, but for those that a person left out. */
  readonly asked: number
  /** Why the optimiser has nothing left to ask for; null while it has. */
  readonly exhausted: string | null
  readonly elapsedMs: number
}

/** `finished` when no further trial may be asked for, else `running`. */
export const stateByBudget = ({ trials, wallTimeMinutes }: StudyDefinition['budget'], usage: Usage): StudyState => {
  if (trials !== undefined && usage.asked >= trials) {
    return { kind: 'finished', reason: 'trial-budget', detail: `all ${trials} trials of the budget are done` }
  }
  if (usage.exhausted !== null) return { kind: 'finished', reason: 'space-exhausted', detail: usage.exhausted }
  if (wallTimeMinutes !== undefined && usage.elapsedMs >= wallTimeMinutes * 60_000) {
    return { kind: 'finished', reason: 'time-budget', detail: `the ${wallTimeMinutes} minutes of the budget are over` }
  }
  return { kind: 'running' }
}
