import { describe, expect, it } from 'vitest'
import { createOptimiser } from '../../../src-core/optimiser/create.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { whyImpossible } from '../../../src-core/space/impossibility.ts'
import { impossibilitiesIn } from '../../../src-core/study/impossibilitiesIn.ts'
import { datasetSchema } from '../../../src-core/study/datasetSchema.ts'
import { networkSchema } from '../../../src-core/study/networkSchema.ts'
import { trainingSchema } from '../../../src-core/study/trainingSchema.ts'
import { trialNumber } from '../../../src-core/trial/trial.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import { finishedTrial, run, waitingTrial } from './contract.ts'

const space: SearchSpace = { norm: { type: 'real', low: 1, high: 2, sampler: 'uniform' } }
const seeds = { optimiser: 3, split: 1 }
const silence = { stopEarly: true, interval: 1, layers: [] }
const constraints: [] = []
const kind = {
  network: networkSchema.parse({ type: 'diehl-cook' }),
  training: trainingSchema.parse({ algorithm: 'post-pre' }),
  dataset: datasetSchema.parse({ name: 'mnist' }),
  fixed: {},
}

describe('createOptimiser', () => {
  it.each([
    { type: 'random' },
    { type: 'sobol' },
    { type: 'grid', points: 5, parameters: {} },
    { type: 'tpe', startup: 10, candidates: 24 },
    { type: 'scbo' },
  ] as const)('creates what the study asks for: $type', (settings) => {
    const { asked } = run(
      createOptimiser({ ...kind, space, optimiser: settings, seeds, silence, constraints }, numericKernel),
      3,
      1,
    )
    expect(asked).toHaveLength(3)
    const optimiser = createOptimiser(
      { ...kind, space, optimiser: settings, seeds, silence, constraints },
      numericKernel,
    )
    const answer = optimiser.ask(optimiser.initial, trialNumber(0), [])
    expect(answer).toMatchObject({ kind: 'candidate', explanation: { optimiser: settings.type } })
  })

  it('repeats the network of a study without a space, with the seed of each trial', () => {
    const optimiser = createOptimiser(
      { ...kind, space: {}, optimiser: { type: 'sobol' }, seeds, silence, constraints },
      numericKernel,
    )
    expect(run(optimiser, 5, 2).asked).toEqual([{}, {}, {}, {}, {}])
  })

  it('tries it once when all trials have one seed', () => {
    const optimiser = createOptimiser(
      { ...kind, space: {}, optimiser: { type: 'sobol' }, seeds: { ...seeds, network: 4 }, silence, constraints },
      numericKernel,
    )
    expect(run(optimiser, 5, 1)).toMatchObject({ asked: [{}], last: { kind: 'exhausted' } })
    expect(optimiser.ask(optimiser.initial, trialNumber(1), [waitingTrial(0, {})]).kind).toBe('exhausted')
    const told = optimiser.tell(optimiser.initial, finishedTrial(0, {}, 0))
    expect(optimiser.ask(told, trialNumber(1), []).kind).toBe('exhausted')
  })

  it('never asks for a network that cannot be, whatever chooses', () => {
    const evolved: SearchSpace = {
      code: { type: 'categorical', choices: ['flip-flop', 'bins', 'argyle'] },
      neuronsPerInput: { type: 'integer', low: 1, high: 4, sampler: 'uniform' },
      maxSpikes: { type: 'integer', low: 4, high: 8, sampler: 'uniform' },
      crossoverRate: { type: 'real', low: 0.1, high: 0.9, sampler: 'uniform' },
    }
    const { crossoverRate: _, ...finite } = evolved
    const study = {
      ...kind,
      training: trainingSchema.parse({ algorithm: 'eons' }),
      network: networkSchema.parse({ type: 'neuroprocessor' }),
      fixed: { intervalSteps: 4, runSteps: 21, mergeRate: 0.4 },
    }
    for (const [searched, settings] of [
      [evolved, { type: 'random' }],
      [finite, { type: 'sobol' }],
      [finite, { type: 'grid', points: 5, parameters: {} }],
      [evolved, { type: 'tpe', startup: 4, candidates: 24 }],
      [evolved, { type: 'ei', initial: 4 }],
      [evolved, { type: 'scbo', initial: 4 }],
    ] as const) {
      const definition = { ...study, space: searched, optimiser: settings, seeds, silence, constraints }
      const { asked, last } = run(createOptimiser(definition, numericKernel), 30, 2)
      const rules = impossibilitiesIn(definition)
      expect(
        asked.map((one) => whyImpossible(rules, one)),
        settings.type,
      ).toEqual(asked.map(() => undefined))
      // 2 even numbers of neurons, 4, and 3; of spikes every 4 steps 4, 5 and 6 fit a run of 21.
      if (searched === finite) {
        expect([asked.length, last]).toMatchObject([27, { kind: 'exhausted' }])
      }
    }
  })
})
