import type { ModelSpace } from '../../space/modelSpace.ts'
import { standardErrorsOf } from '../../trial/standardErrors.ts'
import type { FinishedTrial } from '../../trial/trial.ts'
import type { ScboExplanation } from './explanation.ts'

/** A told trial as the models see it. */
export interface Observation {
  readonly trial: number
  /** Where it is in the unit cube, snapped to what it stands for. */
  readonly point: readonly number[]
  /** Null where it was not measured, or is no finite number. */
  readonly objective: number | null
  /** One for each constraint of the study; null as above. */
  readonly constraints: readonly (number | null)[]
  /** Whether its network could not be trained or gave no finite accuracy; null when nobody knows: it was cancelled. */
  readonly failed: boolean | null
  /** Sum of the positive parts of the constraints; infinite when it failed or a constraint is not known. */
  readonly violation: number
  /** Of the means of a trial's replicates, null where one is no finite number; left out of a single training. */
  readonly standardErrors?:
    { readonly objective: number | null; readonly constraints: readonly (number | null)[] } | undefined
}

/** With why it was asked for; null when somebody else did. */
export interface AskedObservation extends Observation {
  readonly explanation: ScboExplanation | null
}

export const isFeasible = ({ violation }: Observation): boolean => violation === 0

/** Reads a told trial. Constraints without a value count as violated: nothing is feasible that was not seen to be. */
export const observationOf = (space: ModelSpace, names: readonly string[], trial: FinishedTrial): Observation => {
  const base = { trial: trial.number, point: Array.from(space.pointOf(trial.configuration)) }
  if (trial.state === 'failed') {
    const failed = trial.failure.reason === 'cancelled' ? null : true
    return { ...base, objective: null, constraints: names.map(() => null), failed, violation: Infinity }
  }
  const { objective, constraints } = trial.measurement
  const errors = standardErrorsOf(trial.measurement)
  const values = names.map((name) => constraints.find((constraint) => constraint.name === name)?.value ?? NaN)
  const finite = Number.isFinite(objective)
  const total = values.reduce((sum, value) => sum + (Number.isNaN(value) ? Infinity : Math.max(0, value)), 0)
  return {
    ...base,
    objective: finite ? objective : null,
    constraints: values.map(finiteOrNull),
    failed: !finite,
    violation: finite ? total : Infinity,
    ...(errors !== null && {
      standardErrors: {
        objective: finiteOrNull(errors.objective),
        constraints: names.map((name) =>
          finiteOrNull(errors.constraints[constraints.findIndex((constraint) => constraint.name === name)]),
        ),
      },
    }),
  }
}

const finiteOrNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null

/** Whether `a` is the better incumbent: feasible before not, then the objective, or the smaller violation. */
export const isBetter = (a: Observation, b: Observation): boolean => {
  if (isFeasible(a) !== isFeasible(b)) return isFeasible(a)
  return isFeasible(a) ? (a.objective ?? -Infinity) > (b.objective ?? -Infinity) : a.violation < b.violation
}
