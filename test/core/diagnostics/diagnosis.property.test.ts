import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelsDiagnosisSchema } from './diagnosisSchema.ts'
import { diagnose } from '../../../src-core/diagnostics/diagnosis.ts'
import { surrogatesOf } from '../../../src-core/diagnostics/surrogateModels.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { arbitrarySpace } from '../space/arbitrarySpace.ts'
import { knownDefinition, knownTrials, observationsOf, seenOf } from './knownTrials.ts'

const little = { points: 32, resamples: 8, draws: 2, drawnPoints: 16 }

const measured = fc.record({
  objective: fc.oneof(fc.constant(0.5), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(-1e300, 1e300)),
  silence: fc.oneof(fc.constant(-0.1), fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1e300, 0, 1e300)),
})
const outcomes = fc.oneof(
  fc.array(measured, { minLength: 1, maxLength: 12 }),
  fc.array(fc.oneof(measured, fc.constant('failed' as const)), { minLength: 1, maxLength: 12 }),
  fc.array(fc.constant('failed' as const), { minLength: 1, maxLength: 4 }),
)

describe('a diagnosis of whatever was found in whatever space', () => {
  it('is always one that can be read, seed 21', () => {
    fc.assert(
      fc.property(arbitrarySpace, outcomes, fc.boolean(), (space, list, average) => {
        let next = 0
        const trials = knownTrials(space, list.length, () => list[next++] ?? 'failed')
        const definition = { ...knownDefinition, space }
        const observations = observationsOf(definition, trials)
        const surrogates = surrogatesOf(definition, observations, numericKernel())
        const settings = { map: null, average, resolution: 3 }
        const diagnosis = diagnose(definition, { ...seenOf(trials), observations }, surrogates, {
          ...settings,
          effort: little,
        })
        expect(modelsDiagnosisSchema.safeParse(diagnosis).error).toBeUndefined()
        for (const { parameters, variance } of diagnosis.importance) {
          expect(parameters).toHaveLength(Object.keys(space).length)
          if (variance > 0) for (const { total } of parameters) expect(total.value).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 200, seed: 21 },
    )
  })
})
