import { describe, expect, it } from 'vitest'
import { encodingOfTrial, presentationOf } from '../../../src-core/encoding/presentation.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import {
  diehlCookHyperparameterNames,
  diehlCookHyperparameters,
} from '../../../src-core/study/diehlCookHyperparameters.ts'
import { encodingSchema } from '../../../src-core/study/encodingSchema.ts'
import { namePublishedAs } from '../../../src-core/study/hyperparameter.ts'
import { hyperparametersOf } from '../../../src-core/study/hyperparameters.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'

const network = { type: 'diehl-cook', oneSpike: 'random', inhibition: 'all', lateral: 'inhibiting' } as const
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
    const resolved = resolveHyperparameters({ network, space: {}, fixed: {} }, {})
    expect(Object.keys(resolved)).toEqual(
      diehlCookHyperparameterNames.filter((name) => name !== 'decoderRegularisation'),
    )
    for (const [name, value] of Object.entries(resolved)) {
      expect(value).toBe(diehlCookHyperparameters[name as keyof typeof diehlCookHyperparameters].default)
    }
  })

  it('prefers the configuration to the fixed values, and those to the defaults', () => {
    const resolved = resolveHyperparameters(
      { network, space, fixed: { epochs: 3, tauTraceMs: 25 } },
      { decoder: 'all', mapSize: 64 },
    )
    expect(resolved).toMatchObject({ decoder: 'all', mapSize: 64, epochs: 3, tauTraceMs: 25, resetExcitatoryMv: -60 })
    expect(resolved).not.toHaveProperty('decoderRegularisation')
  })

  it('keeps what has a meaning with the chosen decoder', () => {
    const searched = resolveHyperparameters({ network, space, fixed: {} }, { decoder: 'svm', decoderRegularisation: 4 })
    expect(searched).toMatchObject({ decoder: 'svm', decoderRegularisation: 4, mapSize: 100 })
    const fixed = { decoder: 'log', decoderRegularisation: 0.5 }
    expect(resolveHyperparameters({ network, space: {}, fixed }, {})).toMatchObject(fixed)
    expect(resolveHyperparameters({ network, space: {}, fixed: { decoder: 'log' } }, {})).toMatchObject({
      decoderRegularisation: 1,
    })
  })

  it('gives a searched hyperparameter that does not apply its default', () => {
    const stray = { decoder: 'svm', decoderRegularisation: 4, mapSize: 64 }
    expect(resolveHyperparameters({ network, space, fixed: {} }, stray)).toMatchObject({ mapSize: 100 })
  })

  it('refuses a configuration of another study', () => {
    expect(() => resolveHyperparameters({ network, space, fixed: {} }, { epochs: 2 })).toThrow('does not search epochs')
  })
})

describe('hyperparameters', () => {
  it('have defaults within their bounds and choices, and conditions on choices that exist', () => {
    for (const name of diehlCookHyperparameterNames) {
      const hyperparameter = diehlCookHyperparameters[name]
      if (hyperparameter.kind === 'categorical') {
        expect(hyperparameter.choices).toContain(hyperparameter.default)
        continue
      }
      expect(hyperparameter.default).toBeGreaterThanOrEqual(hyperparameter.minimum)
      expect(hyperparameter.default).toBeLessThanOrEqual(hyperparameter.maximum)
      if (hyperparameter.kind === 'integer') expect(hyperparameter.default % 1).toBe(0)
      for (const choice of hyperparameter.appliesWhen?.decoder ?? []) {
        expect(diehlCookHyperparameters.decoder.choices).toContain(choice)
      }
    }
  })
})

describe('the hyperparameters of a layered network', () => {
  const { network: layered } = decodeDefinition(
    `version: 2
name: layers
dataset: { name: mnist }
network:
  type: layered
  layers:
    - { name: conv1, type: conv, dropout: true }
    - { name: pool1, type: pool }
    - { name: wide, type: dense, neuron: lif }
    - { name: output, type: dense, neuron: cuba }
training: { algorithm: surrogate-gradient }`,
    'a.yaml',
  )
  const names = Object.keys(hyperparametersOf(layered))

  it('are those of the network, of the shapes of all layers but the last, and neuron values of each', () => {
    expect(names).toEqual(expect.arrayContaining(['loss', 'threshold', 'dropout', 'conv1.filters', 'conv1.kernel']))
    expect(names).toEqual(expect.arrayContaining(['pool1.weight', 'wide.neurons', 'conv1.dropout', 'output.threshold']))
    for (const name of ['output.neurons', 'wide.dropout', 'wide.currentDecay', 'output.thresholdStep', 'mapSize']) {
      expect(names).not.toContain(name)
    }
  })

  it('are published by the number of the convolution', () => {
    expect(namePublishedAs(hyperparametersOf(layered), 'c1_filters')).toBe('conv1.filters')
    expect(namePublishedAs(hyperparametersOf(layered), 'c1_k')).toBe('conv1.kernel')
    expect(namePublishedAs(hyperparametersOf(layered), 'threshold')).toBe('threshold')
  })

  it('leave out the values of single layers that nobody gave, and what has no meaning', () => {
    const space = { 'conv1.threshold': { type: 'real', low: 1, high: 2, sampler: 'uniform' } } as const
    const resolved = resolveHyperparameters(
      { network: layered, space, fixed: { loss: 'max', threshold: 3 } },
      { 'conv1.threshold': 1.5 },
    )
    expect(resolved).toMatchObject({ threshold: 3, 'conv1.threshold': 1.5, 'conv1.filters': 16, loss: 'max' })
    expect(Object.keys(resolved)).not.toContain('output.threshold')
    expect(Object.keys(resolved)).not.toContain('trueRate')
  })

  it('show a sample for the steps of the encoding, unless a trial has its own', () => {
    expect(resolveHyperparameters({ network: layered, space: {}, fixed: {} }, {})).not.toHaveProperty('steps')
    const own = resolveHyperparameters({ network: layered, space: {}, fixed: { steps: 12 } }, {})
    expect(own).toMatchObject({ steps: 12, trainShare: 1 })
    const binning = encodingSchema.parse({ type: 'binning', windowMs: 300, steps: 30 })
    expect(presentationOf(encodingOfTrial(binning, own))).toEqual({ steps: 12, dtMs: 25 })
    expect(encodingOfTrial(binning, {})).toBe(binning)
  })
})
