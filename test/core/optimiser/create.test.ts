import { describe, expect, it } from 'vitest'
import { createOptimiser } from '../../../src-core/optimiser/create.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { trialNumber } from '../../../src-core/trial/trial.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { finishedTrial, run, waitingTrial } from './contract.ts'

const space: SearchSpace = { norm: { type: 'real', low: 1, high: 2, sampler: 'uniform' } }
const seeds = { optimiser: 3, split: 1 }
const silence = { stopEarly: true, interval: 1, layers: [] }
const constraints: [] = []

describe('createOptimiser', () => {
  it.each([
    { type: 'random' },
    { type: 'sobol' },
    { type: 'grid', points: 5, parameters: {} },
    { type: 'tpe', startup: 10, candidates: 24 },
    { type: 'scbo' },
  ] as const)('creates what the study asks for: $type', (settings) => {
    const { asked } = run(
      createOptimiser({ space, optimiser: settings, seeds, silence, constraints }, numericKernel),
      3,
      1,
    )
    expect(asked).toHaveLength(3)
    const optimiser = createOptimiser({ space, optimiser: settings, seeds, silence, constraints }, numericKernel)
    const answer = optimiser.ask(optimiser.initial, trialNumber(0), [])
    expect(answer).toMatchObject({ kind: 'candidate', explanation: { optimiser: settings.type } })
  })

  it('repeats the network of a study without a space, with the seed of each trial', () => {
    const optimiser = createOptimiser(
      { space: {}, optimiser: { type: 'sobol' }, seeds, silence, constraints },
      numericKernel,
    )
    expect(run(optimiser, 5, 2).asked).toEqual([{}, {}, {}, {}, {}])
  })

  it('tries it once when all trials have one seed', () => {
    const optimiser = createOptimiser(
      { space: {}, optimiser: { type: 'sobol' }, seeds: { ...seeds, network: 4 }, silence, constraints },
      numericKernel,
    )
    expect(run(optimiser, 5, 1)).toMatchObject({ asked: [{}], last: { kind: 'exhausted' } })
    expect(optimiser.ask(optimiser.initial, trialNumber(1), [waitingTrial(0, {})]).kind).toBe('exhausted')
    const told = optimiser.tell(optimiser.initial, finishedTrial(0, {}, 0))
    expect(optimiser.ask(told, trialNumber(1), []).kind).toBe('exhausted')
  })
})
