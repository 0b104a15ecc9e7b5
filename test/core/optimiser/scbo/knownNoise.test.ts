import { describe, expect, it } from 'vitest'
import { ScboModels } from '../../../../src-core/optimiser/scbo/models.ts'
import { observationOf } from '../../../../src-core/optimiser/scbo/observation.ts'
import { outputsOf } from '../../../../src-core/optimiser/scbo/outputs.ts'
import { scboSettings } from '../../../../src-core/optimiser/scbo/settings.ts'
import { afterTelling, firstState } from '../../../../src-core/optimiser/scbo/state.ts'
import { ModelSpace } from '../../../../src-core/space/modelSpace.ts'
import { numericKernel } from '../../../support/numericKernel.ts'
import { knownOutcome, knownSpace, knownTrials, replicated } from '../../diagnostics/knownTrials.ts'

const space = new ModelSpace(knownSpace)
const names = ['silence:excitatory']
const settings = scboSettings(space.dimensions, { initial: 6, candidates: 50, features: 32 })
const setup = { space, constraintNames: names, settings }
const trials = replicated(knownTrials(knownSpace, 24, knownOutcome), (number) => 0.01 * (1 + (number % 5)))

describe('known noise of means of replicates', () => {
  const observations = trials.map((trial) => observationOf(space, names, trial))

  it('is the standard error in the scale of each output, as a variance', () => {
    const outputs = outputsOf(observations, names, { ...settings, objectiveTransform: 'standardise' })
    const [objective] = outputs
    const values = observations.map((one) => one.objective ?? NaN)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
    for (const [row, noise] of [...(objective?.knownNoise ?? [])].entries()) {
      expect(noise).toBeCloseTo((0.01 * (1 + (row % 5))) ** 2 / 3 / variance, 10)
    }
    expect(outputs.map(({ knownNoise }) => knownNoise?.length)).toEqual([24, 24])
  })

  it('is none of trials of one training', () => {
    const plain = knownTrials(knownSpace, 24, knownOutcome).map((trial) => observationOf(space, names, trial))
    expect(outputsOf(plain, names, settings).every((output) => !('knownNoise' in output))).toBe(true)
  })

  it('makes the same models whether they were there before or not', () => {
    const told = (count: number) =>
      trials.slice(0, count).reduce((state, trial) => afterTelling(state, trial, setup), firstState)
    const built = (models: ScboModels, count: number) => {
      const state = told(count)
      const due = state.activeFit
      if (due === null) throw new Error('a fit is due')
      const centre = observations[0]?.point ?? []
      const query = space.encodeAll(observations.slice(0, 5).map(({ point }) => point))
      return models
        .build(state, due, models.fitted(state, due), centre)
        .map(({ process }) => [process.predict(query), process.noiseOf(3)])
    }
    const kept = new ScboModels(numericKernel(), setup)
    built(kept, 20)
    expect(built(kept, 24)).toEqual(built(new ScboModels(numericKernel(), setup), 24))
  })
})
