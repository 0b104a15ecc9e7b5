/**
 * Minimisation within bounds by a projected limited-memory quasi-Newton method (Nocedal & Wright, Numerical Optimization,
 * 2nd ed. 2006, algorithm 7.4; Bertsekas 1982 for the projection): the two-loop recursion on the variables that are free
 * at the present point, a step along the projected path, Armijo's rule.
 */

/** A value and its gradient; a value that is not finite is refused by the line search. */
export interface Evaluation {
  readonly value: number
  readonly gradient: Float64Array
}

interface Minimum {
  readonly point: Float64Array
  readonly value: number
  readonly evaluations: number
}

interface MinimiserSettings {
  readonly lower: ArrayLike<number>
  readonly upper: ArrayLike<number>
  readonly mostEvaluations: number
  /** Ends when no free component of the gradient is larger. */
  readonly gradientTolerance: number
  /** Ends when a step lowers the value by less than this share of it. */
  readonly valueTolerance: number
}

interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly curvature: number
}

const memory = 10
const sufficientDecrease = 1e-4

/**
 * Minimises `evaluate`, one evaluation a step.
 * @param start is moved into the bounds
 * @returns the best point seen; its value is infinite when no evaluation was finite
 */
export const minimise = function* (
  evaluate: (point: Float64Array) => Evaluation,
  start: ArrayLike<number>,
  settings: MinimiserSettings,
): Generator<void, Minimum> {
  const clamp = (point: Float64Array): Float64Array => clamped(point, settings)
  let point = clamp(Float64Array.from(start))
  let current = evaluate(point)
  let evaluations = 1
  yield
  let pairs: Pair[] = []
  while (evaluations < settings.mostEvaluations && Number.isFinite(current.value)) {
    const free = freeVariables(point, current.gradient, settings)
    if (largest(current.gradient, free) <= settings.gradientTolerance) break
    const direction = descent(current.gradient, free, pairs)
    let length = pairs.length === 0 ? Math.min(1, 1 / largest(current.gradient, free)) : 1
    let next: { point: Float64Array; evaluation: Evaluation } | null = null
    while (evaluations < settings.mostEvaluations && length > 1e-12) {
      const candidate = clamp(combination(point, length, direction))
      const evaluation = evaluate(candidate)
      evaluations++
      yield
      const predicted = dot(current.gradient, difference(candidate, point))
      if (evaluation.value <= current.value + sufficientDecrease * predicted && predicted < 0) {
        next = { point: candidate, evaluation }
        break
      }
      length *= Number.isFinite(evaluation.value) ? shorter(current.value, predicted, evaluation.value) : 0.1
    }
    if (next === null) {
      // The remembered curvature misleads: once more down the gradient, else this is as low as it gets.
      if (pairs.length === 0) break
      pairs = []
      continue
    }
    pairs = remembered(pairs, difference(next.point, point), difference(next.evaluation.gradient, current.gradient))
    const gain = current.value - next.evaluation.value
    point = next.point
    current = next.evaluation
    if (gain <= settings.valueTolerance * Math.max(1, Math.abs(current.value))) break
  }
  return { point, value: Number.isFinite(current.value) ? current.value : Infinity, evaluations }
}

/** The factor that leads to the minimum of the parabola through what is known along the step. */
const shorter = (value: number, slope: number, found: number): number => {
  const best = -slope / (2 * (found - value - slope))
  return Math.min(0.5, Math.max(0.1, Number.isFinite(best) ? best : 0.5))
}

const freeVariables = (point: Float64Array, gradient: Float64Array, { lower, upper }: MinimiserSettings): boolean[] =>
  Array.from(point, (value, index) => {
    const slope = gradient[index] ?? 0
    return !((value <= (lower[index] ?? 0) && slope > 0) || (value >= (upper[index] ?? 0) && slope < 0))
  })

/** The quasi-Newton direction in the free variables, zero in the others; down the gradient where it would not descend. */
const descent = (gradient: Float64Array, free: readonly boolean[], pairs: readonly Pair[]): Float64Array => {
  const masked = gradient.map((slope, index) => (free[index] ? slope : 0))
  const direction = masked.map((slope) => -slope)
  const factors: number[] = []
  for (const { step, change, curvature } of [...pairs].reverse()) {
    const factor = dot(step, direction) / curvature
    factors.push(factor)
    addTo(direction, -factor, change)
  }
  const last = pairs.at(-1)
  if (last) scale(direction, last.curvature / dot(last.change, last.change))
  for (const { step, change, curvature } of pairs) {
    const factor = factors.pop() ?? 0
    addTo(direction, factor - dot(change, direction) / curvature, step)
  }
  for (let index = 0; index < direction.length; index++) if (!free[index]) direction[index] = 0
  return dot(direction, masked) < 0 ? direction : masked.map((slope) => -slope)
}

const remembered = (pairs: readonly Pair[], step: Float64Array, change: Float64Array): Pair[] => {
  const curvature = dot(step, change)
  if (!(curvature > 1e-10 * Math.sqrt(dot(step, step) * dot(change, change)))) return [...pairs]
  return [...pairs.slice(1 - memory), { step, change, curvature }]
}

const clamped = (point: Float64Array, { lower, upper }: MinimiserSettings): Float64Array =>
  point.map((value, index) => Math.min(upper[index] ?? Infinity, Math.max(lower[index] ?? -Infinity, value)))

const largest = (gradient: Float64Array, free: readonly boolean[]): number =>
  gradient.reduce((most, slope, index) => (free[index] ? Math.max(most, Math.abs(slope)) : most), 0)

const combination = (point: Float64Array, factor: number, direction: Float64Array): Float64Array =>
  point.map((value, index) => value + factor * (direction[index] ?? 0))

const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, index) => value - (b[index] ?? 0))

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)

const addTo = (target: Float64Array, factor: number, source: Float64Array): void => {
  for (let index = 0; index < target.length; index++) {
    target[index] = (target[index] ?? 0) + factor * (source[index] ?? 0)
  }
}

const scale = (target: Float64Array, factor: number): void => {
  for (let index = 0; index < target.length; index++) target[index] = (target[index] ?? 0) * factor
}
