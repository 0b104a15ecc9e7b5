/** How well the landscape predicts evaluations that its forests have not seen. */
import { deriveSeed } from '../../src-core/random/seed.ts'
import { randomConfiguration } from '../../src-core/optimiser/random.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import type { LoggedEvaluation } from './evaluationLog.ts'
import { createLandscape, type Landscape, landscapeConstraints, spread } from './landscape.ts'
import { isFeasible } from './problem.ts'
import { determination, rankCorrelation } from './statistics.ts'

const folds = 5

export interface Fit {
  readonly output: string
  /** Over all rows, and over the random initial design only, which an optimiser's path does not favour. */
  readonly all: Agreement
  readonly initial: Agreement
}

interface Agreement {
  /** R^2 of held-out predictions; of constraints on the scale that they are fitted on. */
  readonly determination: number
  readonly rankCorrelation: number
}

interface Pair {
  readonly actual: number
  readonly predicted: number
  readonly initial: boolean
}

/** Five-fold cross-validation by row number. */
export const crossValidate = (
  log: readonly LoggedEvaluation[],
): {
  readonly fits: readonly Fit[]
  /** Share of the rows whose feasibility is predicted. */
  readonly feasibility: number
} => {
  const held = log.map((row, index) => ({ row, fold: index % folds }))
  const landscapes = Array.from({ length: folds }, (_, fold) =>
    createLandscape(held.filter((one) => one.fold !== fold).map(({ row }) => row)),
  )
  const predictions = held.map(({ row, fold }) => ({ row, ...predicted(landscapes[fold], row.configuration) }))
  const fitOf = (output: string, actual: (row: LoggedEvaluation) => number, column: number): Fit => {
    const pairs = predictions.map(({ row, values }) => ({
      actual: actual(row),
      predicted: values[column] ?? NaN,
      initial: row.initial,
    }))
    return { output, all: agreement(pairs), initial: agreement(pairs.filter(({ initial }) => initial)) }
  }
  const agreeing = predictions.filter(({ row, feasible }) => row.constraints.every((value) => value <= 0) === feasible)
  return {
    fits: [
      fitOf('accuracy', ({ accuracy }) => accuracy, 0),
      ...landscapeConstraints.map((name, index) =>
        fitOf(name, ({ constraints }) => spread(constraints[index] ?? NaN), index + 1),
      ),
    ],
    feasibility: agreeing.length / log.length,
  }
}

const predicted = (landscape: Landscape | undefined, configuration: Configuration) => {
  const evaluation = landscape?.evaluate(configuration).evaluation
  if (evaluation?.kind !== 'measured') throw new Error('a landscape fails nowhere')
  const constraints = evaluation.constraints.map(({ value }) => spread(value))
  return { values: [evaluation.objective, ...constraints], feasible: isFeasible(evaluation) }
}

const agreement = (pairs: readonly Pair[]): Agreement => {
  const actual = pairs.map((pair) => pair.actual)
  const predicted = pairs.map((pair) => pair.predicted)
  return {
    determination: determination(actual, predicted),
    rankCorrelation: rankCorrelation(actual, predicted),
  }
}

/** Share of feasible points among `points` random ones. */
export const randomFeasibleShare = ({ space, evaluate }: Landscape, points: number): number => {
  const feasible = Array.from({ length: points }, (_, index) =>
    isFeasible(evaluate(randomConfiguration(space, deriveSeed(1, 'random share', index))).evaluation),
  )
  return feasible.filter(Boolean).length / points
}
