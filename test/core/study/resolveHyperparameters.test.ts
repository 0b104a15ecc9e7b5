import { describe, expect, it } from 'vitest'
import { hyperparameterNames, hyperparameters } from '../../../src-core/study/hyperparameters.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'

const choices = ['all', 'log', 'svm']
const space = {
  decoder: { type: 'categorical', choices },
  decoderRegularisation: {
    type: 'real',
    low: 0.1,
    high: 10,
    sampler: 'log-uniform',
    when: { decoder: ['log', 'svm'] },
  },
  mapSize: { type: 'integer', low: 10, high: 100, sampler: 'uniform', when: { decoder: ['all'] } },
} as const

describe('resolveHyperparameters', () => {
  it('gives the defaults where nothing is searched or fixed, without what has no meaning', () => {
    const resolved = resolveHyperparameters({ space: {}, fixed: {} }, {})
    expect(Object.keys(resolved)).toEqual(hyperparameterNames.filter((name) => name !== 'decoderRegularisation'))
    for (const [name, value] of Object.entries(resolved)) {
      expect(value).toBe(hyperparameters[name as keyof typeof hyperparameters].default)
    }
  })

  it('prefers the configuration to the fixed values, and those to the defaults', () => {
    const resolved = resolveHyperparameters(
      { space, fixed: { epochs: 3, tauTraceMs: 25 } },
      { decoder: 'all', mapSize: 64 },
    )
    expect(resolved).toMatchObject({ decoder: 'all', mapSize: 64, epochs: 3, tauTraceMs: 25, resetExcitatoryMv: -60 })
    expect(resolved).not.toHaveProperty('decoderRegularisation')
  })

  it('keeps what has a meaning with the chosen decoder', () => {
    const searched = resolveHyperparameters({ space, fixed: {} }, { decoder: 'svm', decoderRegularisation: 4 })
    expect(searched).toMatchObject({ decoder: 'svm', decoderRegularisation: 4, mapSize: 100 })
    const fixed = { decoder: 'log', decoderRegularisation: 0.5 }
    expect(resolveHyperparameters({ space: {}, fixed }, {})).toMatchObject(fixed)
    expect(resolveHyperparameters({ space: {}, fixed: { decoder: 'log' } }, {})).toMatchObject({
      decoderRegularisation: 1,
    })
  })

  it('gives a searched hyperparameter that does not apply its default', () => {
    const stray = { decoder: 'svm', decoderRegularisation: 4, mapSize: 64 }
    expect(resolveHyperparameters({ space, fixed: {} }, stray)).toMatchObject({ mapSize: 100 })
  })

  it('refuses a configuration of another study', () => {
    expect(() => resolveHyperparameters({ space, fixed: {} }, { epochs: 2 })).toThrow('does not search epochs')
  })
})

describe('hyperparameters', () => {
  it('have defaults within their bounds and choices, and conditions on choices that exist', () => {
    for (const name of hyperparameterNames) {
      const hyperparameter = hyperparameters[name]
      if (hyperparameter.kind === 'categorical') {
        expect(hyperparameter.choices).toContain(hyperparameter.default)
        continue
      }
      expect(hyperparameter.default).toBeGreaterThanOrEqual(hyperparameter.minimum)
      expect(hyperparameter.default).toBeLessThanOrEqual(hyperparameter.maximum)
      if (hyperparameter.kind === 'integer') expect(hyperparameter.default % 1).toBe(0)
      for (const choice of hyperparameter.appliesWhen?.decoder ?? []) {
        expect(hyperparameters.decoder.choices).toContain(choice)
      }
    }
  })
})
