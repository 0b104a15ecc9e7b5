import { describe, expect, it } from 'vitest'
import type { FitProgress } from '../../../src-core/contracts/studyModels.ts'
import { leaveOneOutErrors } from '../../../src-core/diagnostics/calibration.ts'
import { surrogatesOf } from '../../../src-core/diagnostics/surrogateModels.ts'
import type { FinishedTrial } from '../../../src-core/trial/trial.ts'
import { unitFromConfiguration } from '../../../src-core/space/space.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { knownDefinition, knownOutcome, knownSpace, knownTrials, observationsOf, replicated } from './knownTrials.ts'

const trials = knownTrials(knownSpace, 80, knownOutcome)
const seen = trials.slice(0, 60)
const unseen = trials.slice(60)
const modelsOf = (trials: readonly FinishedTrial[]) =>
  surrogatesOf(knownDefinition, observationsOf(knownDefinition, trials), numericKernel())
const models = modelsOf(seen)
const points = Float64Array.from(
  unseen.flatMap(({ configuration }) => unitFromConfiguration(knownSpace, configuration)),
)

const named = (name: string) => {
  const model = models.find((one) => one.name === name)
  if (!model) throw new Error(`no model ${name}`)
  return model
}

describe('models of finished trials', () => {
  it('say how far they are fitted', () => {
    const told: FitProgress[] = []
    const few = observationsOf(knownDefinition, seen.slice(0, 8))
    surrogatesOf(knownDefinition, few, numericKernel(), (progress) => told.push(progress))
    expect(told).toEqual([
      { fitted: 0, of: 2, output: 'objective' },
      { fitted: 1, of: 2, output: 'silence:excitatory' },
      { fitted: 2, of: 2, output: null },
    ])
  })

  it('are one for the objective and one for each constraint, with a lengthscale for each parameter', () => {
    expect(models.map(({ name }) => name)).toEqual(['objective', 'silence:excitatory'])
    expect(models.map(({ lengthscales }) => lengthscales.length)).toEqual([5, 5])
    expect(models.map(({ leaveOneOut }) => leaveOneOut.observed.length)).toEqual([60, 60])
    expect(models.map(({ threshold }) => threshold === null)).toEqual([true, false])
  })

  it('predict a smooth function well, and the order of trials that they have not seen', () => {
    for (const { leaveOneOut } of models) expect(leaveOneOutErrors(leaveOneOut).q2).toBeGreaterThan(0.95)
    const { mean } = named('objective').predict(points)
    const truth = unseen.map(({ configuration }) => knownOutcome(configuration).objective)
    const byMean = [...mean.keys()].sort((a, b) => (mean[a] ?? 0) - (mean[b] ?? 0))
    const sorted = byMean.map((index) => truth[index] ?? NaN)
    for (const [index, value] of sorted.entries()) expect(value).toBeGreaterThan((sorted[index - 1] ?? -1) - 0.03)
  })

  it('trust means of replicates as far as their standard errors say', () => {
    // One trial is far off; it is believed where it is sure, and not where it is not.
    const odd = seen.map((trial, number) =>
      number === 7 && trial.state === 'complete'
        ? { ...trial, measurement: { ...trial.measurement, objective: trial.measurement.objective + 0.4 } }
        : trial,
    )
    const at = Float64Array.from(unitFromConfiguration(knownSpace, odd[7]?.configuration ?? {}))
    const predicted = (spread: (trial: number) => number): number => {
      const repeated = replicated(odd, spread)
      const observations = observationsOf({ ...knownDefinition, replicates: 3 }, repeated)
      const [model] = surrogatesOf(knownDefinition, observations, numericKernel())
      return model?.toNative?.(model.predict(at).mean[0] ?? NaN) ?? NaN
    }
    const truth = knownOutcome(odd[7]?.configuration ?? {}).objective
    const sure = predicted(() => 1e-4)
    const unsure = predicted((number) => (number === 7 ? 2 : 1e-4))
    expect(Math.abs(unsure - truth)).toBeLessThan(0.1)
    expect(sure - truth).toBeGreaterThan(2 * Math.abs(unsure - truth))
  })

  it('have zero of a constraint at the threshold', () => {
    const { predict, threshold } = named('silence:excitatory')
    const { mean, variance } = predict(points)
    for (const [row, { configuration }] of unseen.entries()) {
      const { silence } = knownOutcome(configuration)
      const margin = (threshold ?? NaN) - (mean[row] ?? NaN)
      if (Math.abs(margin) > 3 * Math.sqrt(variance[row] ?? NaN)) expect(Math.sign(margin)).toBe(-Math.sign(silence))
    }
  })

  it('draw functions round their mean, the same for the same seed', () => {
    const { predict, sample } = named('objective')
    if (!sample) throw new Error('no functions are drawn')
    const { mean, variance } = predict(points)
    expect(sample(3, points)).toEqual(sample(3, points))
    const drawn = Array.from({ length: 64 }, (_, seed) => sample(seed, points))
    for (const [row, expected] of mean.entries()) {
      const average = drawn.reduce((sum, values) => sum + (values[row] ?? NaN), 0) / drawn.length
      expect(Math.abs(average - expected)).toBeLessThan(4 * Math.sqrt((variance[row] ?? NaN) / drawn.length) + 1e-3)
    }
  })

  it('do not depend on the order of the trials, and model failing where a trial failed', () => {
    const again = modelsOf([...seen].reverse())
    expect(again.map(({ lengthscales }) => lengthscales)).toEqual(models.map(({ lengthscales }) => lengthscales))
    const failing = knownTrials(knownSpace, 40, (configuration) =>
      Number(configuration['noise']) > 0.7 ? 'failed' : knownOutcome(configuration),
    )
    const withFailure = modelsOf(failing)
    expect(withFailure.map(({ name }) => name)).toEqual(['objective', 'silence:excitatory', 'failure'])
    expect(withFailure.map(({ leaveOneOut }) => leaveOneOut.observed.length === 40)).toEqual([false, false, true])
  })

  it('are none without trials', () => {
    expect(modelsOf([])).toEqual([])
  })
})
