import { describe, expect, it } from 'vitest'
import { pressureVessel, speedReducer, string, weldedBeam } from '../../bench/scbo/designProblems.ts'
import { isFeasible, type Minimisation, problemOf } from '../../bench/scbo/problem.ts'
import { ackley, problems, withFailures } from '../../bench/scbo/problems.ts'
import { createGenerator } from '../../src-core/random/generator.ts'
import { randomConfiguration } from '../../src-core/optimiser/random.ts'
import { trialNumber } from '../../src-core/trial/trial.ts'

/** Minimisers found by sequential quadratic programming from 600 random points each (the vessel's over all sizes of plate). */
const minimisers: readonly {
  readonly of: Minimisation
  readonly at: readonly number[]
  readonly value: number
  /** So far the constraints may be exceeded by rounding of the point. */
  readonly slack: number
}[] = [
  { of: ackley, at: Array.from({ length: 10 }, () => 0), value: 0, slack: 0 },
  { of: string, at: [0.05168906, 0.35671767, 11.28896985], value: 0.0126652328, slack: 1e-6 },
  {
    of: pressureVessel,
    at: [0.7812499999, 0.4062499999, 40.479274611, 197.789347591],
    value: 5633.95024,
    slack: 1e-2,
  },
  { of: weldedBeam, at: [0.168, 4.06708477, 10, 0.168], value: 1.5870775, slack: 1e-3 },
  { of: speedReducer, at: [3.5, 0.7, 17, 7.3, 7.8, 3.35021467, 5.28668323], value: 2996.3481634, slack: 1e-8 },
]

describe('the test problems', () => {
  it.each(minimisers)('$of.name has its published minimum where it should be', ({ of, at, value, slack }) => {
    expect(of.value(at)).toBeCloseTo(value, 3 + Math.max(0, Math.ceil(-Math.log10(Math.max(value, 1e-3)))))
    expect(Math.max(...of.constraints(at))).toBeLessThanOrEqual(slack)
    expect(Math.abs(of.value(at) - of.minimum)).toBeLessThanOrEqual(1e-4 * Math.max(1, of.minimum))
  })

  it.each(minimisers)('no feasible neighbour of the minimiser of $of.name is better, seed 1', ({ of, at, value }) => {
    const generator = createGenerator(1)
    let feasible = 0
    for (let draw = 0; draw < 20_000; draw++) {
      const reach = 10 ** (-4 * generator.next())
      const x = of.bounds.map(([low, high], index) => {
        const moved = (at[index] ?? NaN) + reach * (high - low) * (generator.next() - 0.5)
        return Math.min(high, Math.max(low, moved))
      })
      if (of.constraints(x).some((constraint) => constraint > 0)) continue
      feasible++
      expect(of.value(x)).toBeGreaterThanOrEqual(value * (1 - 1e-6))
    }
    expect(feasible).toBeGreaterThan(100)
  })

  it('gives every evaluation the constraints that it promises, at random points', () => {
    for (const problem of problems) {
      for (let seed = 0; seed < 50; seed++) {
        const evaluation = problem.evaluate(randomConfiguration(problem.space, seed), trialNumber(seed), 1)
        if (evaluation.kind === 'failed') continue
        expect(Number.isFinite(evaluation.objective)).toBe(true)
        expect(evaluation.constraints.map(({ name }) => name)).toEqual(problem.constraintNames)
        expect(isFeasible(evaluation)).toBe(evaluation.constraints.every(({ value }) => value <= 0))
      }
    }
  })

  it('is maximised: the objective is the negative of the published function', () => {
    const origin = Object.fromEntries(ackley.bounds.map((_, index) => [`x${index + 1}`, 1]))
    const evaluation = problemOf(ackley).evaluate(origin, trialNumber(0), 0)
    expect(evaluation).toMatchObject({ kind: 'measured', constraints: [{ value: 10 }, { value: Math.sqrt(10) - 5 }] })
    expect(evaluation.kind === 'measured' && evaluation.objective).toBeCloseTo(20 * Math.exp(-0.2) - 20, 12)
  })

  it('fails a tenth of the evaluations, by number and seed and nothing else', () => {
    const failing = withFailures(problemOf(ackley), 0.1)
    const failures = (seed: number, point: number) =>
      Array.from({ length: 2000 }, (_, number) => {
        const evaluation = failing.evaluate(randomConfiguration(failing.space, point), trialNumber(number), seed)
        return evaluation.kind === 'failed'
      })
    const first = failures(1, 1)
    expect(first.filter(Boolean).length).toBeGreaterThan(160)
    expect(first.filter(Boolean).length).toBeLessThan(240)
    expect(failures(1, 2)).toEqual(first)
    expect(failures(2, 1)).not.toEqual(first)
  })
})
