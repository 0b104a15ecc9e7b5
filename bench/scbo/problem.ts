import type { Configuration, RealParameter, SearchSpace } from '../../src-core/space/parameter.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import type { ConstraintValue } from '../../src-core/trial/measurement.ts'
import type { TrialNumber } from '../../src-core/trial/trial.ts'

/** What an evaluation came to: the objective is maximised, `constraint <= 0` is feasible. */
export type Evaluation =
  | { readonly kind: 'measured'; readonly objective: number; readonly constraints: readonly ConstraintValue[] }
  | { readonly kind: 'failed' }

/** A function to optimise, with the budget that peers are compared by. Published as a minimisation. */
export interface Problem {
  readonly name: string
  readonly title: string
  readonly space: SearchSpace
  readonly constraintNames: readonly string[]
  /** The least feasible value of the published function, the negative of the objective. */
  readonly minimum: number
  readonly trials: number
  /** Points asked for before any of them is told. */
  readonly batch: number
  /** Size of the initial design. */
  readonly initial: number
  /** Same arguments, same evaluation. */
  evaluate(configuration: Configuration, number: TrialNumber, seed: Seed): Evaluation
}

/** A function of real numbers to be minimised, as the literature has it. */
export interface Minimisation {
  readonly name: string
  readonly title: string
  readonly bounds: readonly (readonly [low: number, high: number])[]
  readonly minimum: number
  readonly trials: number
  readonly batch: number
  readonly initial: number
  readonly constraintNames: readonly string[]
  value(x: readonly number[]): number
  /** One value for each constraint, feasible when `<= 0`. */
  constraints(x: readonly number[]): readonly number[]
}

/** The problem of a minimisation over x1, x2, ..., each uniform between its bounds. */
export const problemOf = ({ bounds, value, constraints, constraintNames, ...rest }: Minimisation): Problem => {
  const space = Object.fromEntries(
    bounds.map(([low, high], index): [string, RealParameter] => [
      `x${index + 1}`,
      { type: 'real', low, high, sampler: 'uniform' },
    ]),
  )
  return {
    ...rest,
    space,
    constraintNames,
    evaluate: (configuration) => {
      const x = Object.keys(space).map((name) => Number(configuration[name]))
      const values = constraints(x)
      return {
        kind: 'measured',
        objective: -value(x),
        constraints: constraintNames.map((name, index) => ({ name, value: values[index] ?? NaN })),
      }
    },
  }
}

/** Whether an evaluation was measured and no constraint is violated. */
export const isFeasible = (evaluation: Evaluation): boolean =>
  evaluation.kind === 'measured' && evaluation.constraints.every(({ value }) => value <= 0)
