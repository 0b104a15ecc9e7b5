import { describe, expect, it } from 'vitest'
import { leaveOneOutErrors } from '../../../src-core/diagnostics/calibration.ts'
import { surrogatesOf } from '../../../src-core/diagnostics/surrogateModels.ts'
import type { FinishedTrial } from '../../../src-core/trial/trial.ts'
import { unitFromConfiguration } from '../../../src-core/space/space.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { knownDefinition, knownOutcome, knownSpace, knownTrials, observationsOf } from './knownTrials.ts'

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
