import { describe, expect, it } from 'vitest'
import { finish } from '../../../src-core/gaussianProcess/fit.ts'
import { type Evaluation, minimise } from '../../../src-core/linearAlgebra/boundedMinimiser.ts'

const settings = {
  lower: [-10, -10, -10, -10],
  upper: [10, 10, 10, 10],
  mostEvaluations: 400,
  gradientTolerance: 1e-8,
  valueTolerance: 0,
}

/** Rosenbrock's function of many variables; its minimum is 0 at (1, ..., 1). */
const rosenbrock = (point: Float64Array): Evaluation => {
  const gradient = new Float64Array(point.length)
  let value = 0
  for (let index = 0; index + 1 < point.length; index++) {
    const x = point[index] ?? NaN
    const valley = (point[index + 1] ?? NaN) - x * x
    value += 100 * valley * valley + (1 - x) ** 2
    gradient[index] = (gradient[index] ?? 0) - 400 * x * valley - 2 * (1 - x)
    gradient[index + 1] = (gradient[index + 1] ?? 0) + 200 * valley
  }
  return { value, gradient }
}

describe('minimise', () => {
  it('finds the end of the valley of Rosenbrock', () => {
    const { point, value } = finish(minimise(rosenbrock, [-1.2, 1, -1.2, 1], settings))
    expect(value).toBeLessThan(1e-12)
    for (const x of point) expect(x).toBeCloseTo(1, 5)
  })

  it('stays at a bound where the minimum lies beyond, and moves along it', () => {
    // With x <= 1/2 the minimum of (1 - x)^2 + 100 (y - x^2)^2 is at (1/2, 1/4).
    const bounded = { ...settings, lower: [-2, -2], upper: [0.5, 2] }
    const { point, value } = finish(minimise(rosenbrock, [-1, -1.5], bounded))
    expect(point[0]).toBe(0.5)
    expect(point[1]).toBeCloseTo(0.25, 6)
    expect(value).toBeCloseTo(0.25, 10)
  })

  it('moves a start outside into the bounds', () => {
    const seen: number[] = []
    const parabola = (point: Float64Array): Evaluation => {
      seen.push(...point)
      return { value: (point[0] ?? 0) ** 2, gradient: point.map((x) => 2 * x) }
    }
    finish(minimise(parabola, [99], { ...settings, lower: [2], upper: [5] }))
    expect(seen[0]).toBe(5)
    expect(Math.min(...seen)).toBe(2)
    expect(Math.max(...seen)).toBe(5)
  })

  it('turns back from where the value is not finite', () => {
    const barrier = (point: Float64Array): Evaluation => {
      const x = point[0] ?? NaN
      return x > 1 ? { value: NaN, gradient: point.map(() => NaN) } : { value: -x, gradient: point.map(() => -1) }
    }
    const { point } = finish(minimise(barrier, [-9], settings))
    expect(point[0]).toBeGreaterThan(0.9)
    expect(point[0]).toBeLessThanOrEqual(1)
  })

  it('has an infinite value where nothing is finite', () => {
    const nothing = (point: Float64Array): Evaluation => ({ value: NaN, gradient: point })
    expect(finish(minimise(nothing, [1], settings))).toEqual({
      point: Float64Array.of(1),
      value: Infinity,
      evaluations: 1,
    })
  })

  it('takes one evaluation a step, and no more than it may', () => {
    let evaluations = 0
    const counting = (point: Float64Array): Evaluation => {
      evaluations++
      return rosenbrock(point)
    }
    const steps = minimise(counting, [-1.2, 1], { ...settings, mostEvaluations: 7 })
    let count = 0
    while (steps.next().done !== true) count++
    expect(evaluations).toBe(7)
    expect(count).toBe(7)
  })
})
