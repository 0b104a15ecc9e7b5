/**
 * A stand-in for training: regression forests fitted to the published evaluations of experiment 1, one for the accuracy and
 * one for each constraint. Deterministic; the forest averages away the noise between networks of the same configuration.
 */
import type { Configuration, SearchSpace } from '../../src-core/space/parameter.ts'
import { unitFromConfiguration } from '../../src-core/space/space.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import { type LoggedEvaluation, loggedSpace } from './evaluationLog.ts'
import { Forest, type ForestSettings } from './forest.ts'
import type { Evaluation } from './problem.ts'

export const landscapeConstraints = ['silence:excitatory', 'silence:inhibitory'] as const

export const landscapeOutputs = ['accuracy', ...landscapeConstraints] as const
export type LandscapeOutput = (typeof landscapeOutputs)[number]

const settings: ForestSettings = { trees: 200, features: 18, splitAt: 4 }

/**
 * Stopping cuts constraints off just above zero, where a mean over networks would hide them: trees average them on this
 * scale, on which what is slightly violated is as far from zero as what is far from violated.
 */
const constraintUnit = 0.0005
export const spread = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value) / constraintUnit)
export const gathered = (value: number): number => Math.sign(value) * constraintUnit * Math.expm1(Math.abs(value))

/** The figure of a logged evaluation that a forest is fitted to. */
export const figureOf: Readonly<Record<LandscapeOutput, (evaluation: LoggedEvaluation) => number>> = {
  accuracy: ({ accuracy }) => accuracy,
  'silence:excitatory': ({ constraints }) => spread(constraints[0]),
  'silence:inhibitory': ({ constraints }) => spread(constraints[1]),
}

export interface Landscape {
  readonly space: SearchSpace
  evaluate(configuration: Configuration): { readonly evaluation: Evaluation; readonly durationMs: number }
}

export const fitOutput = (log: readonly LoggedEvaluation[], output: LandscapeOutput): Forest => {
  const points = log.map(({ configuration }) => unitFromConfiguration(loggedSpace, configuration))
  return Forest.fit(points, log.map(figureOf[output]), settings, deriveSeed(1, output))
}

/** The landscape of a log; an evaluation takes as long as the nearest logged one that was stopped, or was not, like it. */
export const createLandscape = (log: readonly LoggedEvaluation[]): Landscape => {
  const accuracy = fitOutput(log, 'accuracy')
  const constraints = landscapeConstraints.map((name) => ({ name, forest: fitOutput(log, name) }))
  const rows = log.map(({ configuration, constraints, durationMs }) => ({
    point: unitFromConfiguration(loggedSpace, configuration),
    feasible: constraints.every((value) => value <= 0),
    durationMs,
  }))
  return {
    space: loggedSpace,
    evaluate: (configuration) => {
      const point = unitFromConfiguration(loggedSpace, configuration)
      const values = constraints.map(({ name, forest }) => ({ name, value: gathered(forest.predict(point)) }))
      const feasible = values.every(({ value }) => value <= 0)
      return {
        evaluation: { kind: 'measured', objective: accuracy.predict(point), constraints: values },
        durationMs: nearest(
          rows.filter((row) => row.feasible === feasible),
          point,
        ),
      }
    },
  }
}

const nearest = (
  rows: readonly { readonly point: readonly number[]; readonly durationMs: number }[],
  point: readonly number[],
): number => {
  let least = Infinity
  let durationMs = NaN
  for (const row of rows) {
    const distance = row.point.reduce((sum, value, index) => sum + (value - (point[index] ?? NaN)) ** 2, 0)
    if (distance < least) {
      least = distance
      durationMs = row.durationMs
    }
  }
  return durationMs
}
