/** What is modelled of the told trials: the objective, each constraint, and failing, which is a constraint itself. */
import { compressed, constraintTransform, copula, standardise } from '../../gaussianProcess/transforms.ts'
import { isFeasible, type Observation } from './observation.ts'
import type { ScboSettings } from './settings.ts'

export const objectiveName = 'objective'
export const failureName = 'failure'

/** The observations of one output, for its model: each output has rows of its own. */
export interface OutputData {
  readonly name: string
  /** Indices of the observations that have a value. */
  readonly rows: readonly number[]
  readonly targets: Float64Array
  /** What is known of the noise of each target, as a variance; left out where nothing is. */
  readonly knownNoise?: Float64Array
  /** The target that stands for zero of a constraint; null for the objective. */
  readonly threshold: number | null
}

/** The outputs that have values, the objective first. */
export const outputsOf = (
  observations: readonly Observation[],
  constraintNames: readonly string[],
  settings: ScboSettings,
): OutputData[] => {
  const outputs: OutputData[] = []
  const objective = present(observations, ({ objective }) => objective)
  if (objective.rows.length > 0) {
    const transform = { copula, standardise, compressed }[settings.objectiveTransform]
    const transformed = transform(objective.values)
    const noise = knownNoise(observations, objective, transformed.errorOf, ({ objective }) => objective)
    outputs.push({ name: objectiveName, rows: objective.rows, targets: transformed.targets, ...noise, threshold: null })
  }
  for (const [index, name] of constraintNames.entries()) {
    const { rows, values } = present(observations, ({ constraints }) => constraints[index] ?? null)
    if (rows.length === 0) continue
    const { targets, apply, errorOf } = constraintTransform(values, settings.constraintTransform)
    const noise = knownNoise(observations, { rows, values }, errorOf, ({ constraints }) => constraints[index] ?? null)
    outputs.push({ name, rows, targets, ...noise, threshold: apply(0) })
  }
  const failure = present(observations, ({ failed }) => (failed === null ? null : failed ? 1 : -1))
  if (failure.values.includes(1)) {
    outputs.push({ name: failureName, rows: failure.rows, targets: Float64Array.from(failure.values), threshold: 0 })
  }
  return outputs
}

/** Variances of targets by the standard errors of the means that they stand for; a trial of one training has none. */
const knownNoise = (
  observations: readonly Observation[],
  { rows, values }: { readonly rows: readonly number[]; readonly values: readonly number[] },
  errorOf: (value: number, standardError: number) => number,
  pick: (errors: NonNullable<Observation['standardErrors']>) => number | null,
): Pick<OutputData, 'knownNoise'> => {
  const errors = rows.map((row) => {
    const known = observations[row]?.standardErrors
    return known === undefined ? null : pick(known)
  })
  if (errors.every((error) => error === null)) return {}
  return {
    knownNoise: Float64Array.from(errors, (error, index) =>
      error === null ? 0 : errorOf(values[index] ?? NaN, error) ** 2,
    ),
  }
}

const present = (observations: readonly Observation[], valueOf: (observation: Observation) => number | null) => {
  const rows: number[] = []
  const values: number[] = []
  for (const [row, observation] of observations.entries()) {
    const value = valueOf(observation)
    if (value === null) continue
    rows.push(row)
    values.push(value)
  }
  return { rows, values }
}

/**
 * Which of the observations a fit of hyperparameters sees: all, or half of them the most recent, which lie where the
 * search is, and half the best of the others.
 */
export const fitRows = (observations: readonly Observation[], most: number): readonly Observation[] => {
  if (observations.length <= most) return observations
  const recent = observations.length - Math.floor(most / 2)
  const best = ranked(observations.slice(0, recent), most - Math.floor(most / 2))
  return observations.filter((observation, index) => index >= recent || best.has(observation))
}

/**
 * Which of the observations the models see: all, or a quarter the best, a quarter the most recent, and else the nearest to
 * the centre.
 */
export const modelRows = (
  observations: readonly Observation[],
  centre: readonly number[],
  most: number,
): readonly Observation[] => {
  if (observations.length <= most) return observations
  const quarter = Math.floor(most / 4)
  const kept = new Set([...ranked(observations, quarter), ...observations.slice(observations.length - quarter)])
  const others = observations
    .filter((observation) => !kept.has(observation))
    .map((observation) => ({ observation, distance: squaredDistance(observation.point, centre) }))
    .sort((a, b) => a.distance - b.distance || a.observation.trial - b.observation.trial)
  for (const { observation } of others.slice(0, most - kept.size)) kept.add(observation)
  return observations.filter((observation) => kept.has(observation))
}

/** The best: feasible ones by their objective, then the others by their violation. */
const ranked = (observations: readonly Observation[], count: number): Set<Observation> => {
  const order = (a: Observation, b: Observation): number => {
    if (isFeasible(a) && isFeasible(b)) return (b.objective ?? -Infinity) - (a.objective ?? -Infinity)
    // Infinity - Infinity is no order.
    return a.violation === b.violation ? a.trial - b.trial : a.violation - b.violation
  }
  return new Set([...observations].sort(order).slice(0, count))
}

const squaredDistance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0)
